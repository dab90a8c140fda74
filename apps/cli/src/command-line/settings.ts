import { defined } from '../defined.js'
import { commandText } from './declaration.js'
import { runCommand } from './experiment-commands.js'
import type { Experiment, ParamValues } from '@nonconvex/experiments'
import { badInput } from '../exit.js'
import type { Json } from '@nonconvex/optim/claims'

export type PresetName = 'quick' | 'full'

/** Reads `--set name=value` flags. The experiment's schema checks names and values. */
export function settings(flags: readonly string[]): { [name: string]: string } {
  const values = new Map<string, string>()
  for (const flag of flags) {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(flag) ?? []
    if (name === undefined)
      throw badInput('flag-value', `--set ${flag}: expected name=value, as in --set k=5`)
    if (values.has(name))
      throw badInput('flag-repeated', `--set ${flag}: parameter ${name} is given twice`)
    values.set(name, value)
  }
  // also a name like __proto__ is a field, which the schema refuses
  return Object.fromEntries(values)
}

/** The values of a run: a preset, or the defaults, and what `--set` changes. */
export function chosenParams(
  experiment: Experiment,
  preset: PresetName | undefined,
  changes: { readonly [name: string]: unknown },
): ParamValues {
  const base = preset === undefined ? {} : experiment.presets[preset]
  for (const [name, param] of Object.entries(experiment.params.fields))
    if (param.kind === 'file' && changes[name] === '')
      throw badInput(
        'flag-value',
        `parameter ${name}: expected a path, got nothing; leave ${name} out to run without a file`,
      )
  return experiment.params.parse({ ...base, ...changes })
}

/**
 * The shortest command that makes this run again: the nearest preset and the parameters that
 * differ.
 */
export function commandOf(
  experiment: Experiment,
  params: ParamValues,
  seed: number,
  program = 'nonconvex',
): string {
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
  return commandText(
    runCommand,
    [experiment.id],
    defined({
      preset: shortest.preset,
      set: shortest.changed.map((name) => `${name}=${valueText(params[name])}`),
      seed,
    }),
    program,
  )
}

/** A parameter's value as `--set` takes it: '10', 'true', '1,10,100'. */
export function valueText(value: Json, between = ','): string {
  if (Array.isArray(value)) return value.map((item: Json) => valueText(item)).join(between)
  return typeof value === 'string' ? value : JSON.stringify(value)
}
