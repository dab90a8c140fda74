import { stream } from '@nonconvex/tensor'
import {
  boundSetting,
  forward,
  hingeLoss,
  potentialMonitors,
  separability,
  initialWeights,
  theoremHypotheses,
  trainSgd,
  updateBounds,
  type BoundSetting,
  type Dataset,
  type RunFacts,
  type SgdOptions,
  type SgdOutcome,
  type TheoremFacts,
} from '../src/index.js'
import { dataset, separableData } from './problems.js'

/** A small data set and its separator, of which the cases here train runs. */
export const { data, u: wStar }: { data: Dataset; u: Float64Array } = separableData({
  n: 40,
  d: 6,
  gamma: 0.05,
  size: 1,
  seed: 11,
})
const hypotheses = theoremHypotheses({ separable: 'yes', gamma: 0.05, alpha: 0.1 })

export interface Case {
  readonly k?: number
  readonly v?: number
  readonly alpha?: number
  readonly maxSteps?: number
  readonly set?: Dataset
  /** the setting that the theorem is given; default the true one */
  readonly changed?: (setting: BoundSetting) => BoundSetting
  /** which of the monitors watch, default all */
  readonly only?: number
}

/** What the bounds follow from. */
export const settingOf = ({ k = 3, v, alpha = 0.1, set = data }: Case): BoundSetting => {
  const weights = initialWeights({ kind: 'scaled', stream: stream(5) }, k, 6)
  const net = { k, d: 6, v: v ?? 1 / Math.sqrt(2 * k), alpha, weights }
  return boundSetting(net, set, wStar, 10)
}

/** A traced run. */
export function runOf(c: Case): SgdOutcome {
  const { k = 3, alpha = 0.1, maxSteps, changed = (b) => b, only, set = data } = c
  const monitors = potentialMonitors(changed(settingOf(c)))
  const options: SgdOptions = {
    k,
    alpha,
    start: initialWeights({ kind: 'scaled', stream: stream(5) }, k, 6),
    order: { kind: 'cyclic' },
    ...(c.v && { v: c.v }),
    ...(maxSteps && { maxSteps }),
    trace: { wStar, monitors: only === undefined ? monitors : [monitors[only]] },
  }
  return trainSgd(set, options)
}

/** A run as the verdicts see it. */
export function facts(c: Case, changes: Partial<RunFacts> = {}): RunFacts {
  const { k = 3, changed = (b) => b, set = data } = c
  const run = runOf(c)
  const setting = changed(settingOf(c))
  const bounded = setting.alpha > 0 && setting.gamma > 0
  return {
    name: `k = ${k}`,
    k,
    status: run.status,
    updates: run.updates,
    loss: hingeLoss(forward(run.net, set.x), set.y),
    ...(bounded && { bounds: updateBounds(setting), setting }),
    rooms: run.trace?.rooms ?? [],
    ...changes,
  }
}

/** Runs with nothing missing and all hypotheses met, unless changed. */
export const evidence = (
  runs: readonly RunFacts[],
  changes: Partial<TheoremFacts> = {},
): TheoremFacts => ({
  runs,

  hypotheses,
  ...changes,
})

/** Data that no vector separates. */
export const contradictory = dataset(
  [
    [1, 0, 0, 0, 0, 0],
    [1, 0, 0, 0, 0, 0],
  ],
  [1, -1],
)
/** Found on the contradictory data. */
export const notSeparable = theoremHypotheses({
  separable: separability(contradictory).kind === 'inseparable' ? 'no' : 'yes',
  gamma: settingOf({ set: contradictory }).gamma,
  alpha: 0.1,
})
export const relu = theoremHypotheses({ separable: 'yes', gamma: 0.05, alpha: 0 })
