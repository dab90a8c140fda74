import type { Experiment, ParamValues } from '@nonconvex/experiments'
import { sameParams } from './form.js'

/** What a run took. */
export interface Cost {
  readonly cells: number
  readonly seconds: number
}

/**
 * Seconds that a run will take: those of the presets as their experiment states them, else in
 * proportion to the cells of the last run here, or of the quick preset.
 */
export function estimate(experiment: Experiment, params: ParamValues, last?: Cost): number {
  const { presets, expectedSeconds } = experiment
  const preset = (['quick', 'full'] as const).find((name) =>
    sameParams(experiment, params, experiment.params.parse({ ...presets[name] })),
  )
  if (!last && preset) return expectedSeconds[preset]
  const cost = last ?? {
    cells: experiment.cells(experiment.params.parse({ ...presets.quick })).length,
    seconds: expectedSeconds.quick,
  }
  return (cost.seconds * experiment.cells(params).length) / Math.max(1, cost.cells)
}

/** Seconds left of a run whose cells take the same time each; before the first, as estimated. */
export function secondsLeft(
  elapsed: number,
  done: number,
  total: number,
  expected: number,
): number {
  return done === 0 ? Math.max(0, expected - elapsed) : (elapsed * (total - done)) / done
}
