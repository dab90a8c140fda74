import type { Experiment, ParamValues } from '@nonconvex/experiments'
import { badInput } from '../exit.js'
import { valueText } from '../text/values.js'

export type PresetName = 'quick' | 'full'

/** Reads `--set name=value` flags. The experiment's schema checks names and values. */
export function settings(flags: readonly string[]): { [name: string]: string } {
  const values: { [name: string]: string } = {}
  for (const flag of flags) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(flag) ?? []
    if (name === undefined) throw badInput(`--set ${flag}: expected name=value, as in --set k=5`)
    if (Object.hasOwn(values, name))
      throw badInput(`--set ${flag}: parameter ${name} is given twice`)
    values[name] = value
  }
  return values
}

/** The values of a run: a preset, or the defaults, and what `--set` changes. */
export function chosenParams(
  experiment: Experiment,
  preset: PresetName | undefined,
  changes: { readonly [name: string]: unknown },
): ParamValues {
  const base = preset === undefined ? {} : experiment.presets[preset]
  return experiment.params.parse({ ...base, ...changes })
}

/** A word of a command line, quoted where a shell needs it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`

/**
 * The shortest command that makes this run again: the nearest preset and the parameters that
 * differ.
 */
export function commandOf(experiment: Experiment, params: ParamValues, seed: number): string {
  const bases = [undefined, 'quick', 'full'] as const
  const candidates = bases.map((preset) => {
    const base = chosenParams(experiment, preset, {})
    const changed = Object.keys(params).filter(
      (name) => JSON.stringify(params[name]) !== JSON.stringify(base[name]),
    )
    return { preset, changed }
  })
  const shortest = candidates.reduce((best, next) =>
    next.changed.length < best.changed.length ? next : best,
  )
  return [
    'nonconvex run',
    experiment.id,
    ...(shortest.preset === undefined ? [] : [`--preset ${shortest.preset}`]),
    ...shortest.changed.map((name) => `--set ${shellWord(`${name}=${valueText(params[name])}`)}`),
    `--seed ${seed}`,
  ].join(' ')
}
