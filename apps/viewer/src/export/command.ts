import type { Experiment, ParamValues } from '@nonconvex/experiments'
import { changedParams } from '../state/address.js'

/** The command that remakes a run: 'nonconvex run overparam/updates --set k=100 --seed 7'. */
export function commandOf(experiment: Experiment, params: ParamValues, seed: number): string {
  const settings = changedParams(experiment, params).map(([name, text]) => `${name}=${text}`)
  const set = settings.length > 0 ? ['--set', ...settings.map(quoted)] : []
  return ['nonconvex run', experiment.id, ...set, '--seed', String(seed)].join(' ')
}

/** As a shell reads it. */
function quoted(text: string): string {
  return /^[\w.,:+=/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
