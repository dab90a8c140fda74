import type { Experiment, ParamValues } from '@nonconvex/experiments'
import { changedParams } from '../state/address.js'

/**
 * The shortest command that remakes a run, from the defaults or a preset:
 * 'nonconvex run overparam/updates --set k=100 --seed 7'.
 */
export function commandOf(experiment: Experiment, params: ParamValues, seed: number): string {
  const { quick, full } = experiment.presets
  const from = (flags: string[], base: object) => [
    ...flags,
    ...changedParams(experiment, params, experiment.params.parse({ ...base })).map(
      ([name, text]) => `--set ${quoted(`${name}=${text}`)}`,
    ),
  ]
  const settings = [
    from([], {}),
    from(['--preset quick'], quick),
    from(['--preset full'], full),
  ].reduce((best, next) => (next.length < best.length ? next : best))
  return ['nonconvex run', experiment.id, ...settings, `--seed ${seed}`].join(' ')
}

/** As a shell reads it. */
function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}
