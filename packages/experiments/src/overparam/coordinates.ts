import { hypothesis, type Hypothesis } from '@nonconvex/optim/claims'
import { clopperPearson } from '@nonconvex/optim/statistics'
import {
  forward,
  initialWeights,
  trainSgd,
  type EngineName,
  type SgdOptions,
} from '@nonconvex/overparam'
import {
  coordinateData,
  coordinateFate,
  trainRelu,
  type CoordinateFate,
  type CoordinateRun,
} from '@nonconvex/overparam/relu'
import type { Stream } from '@nonconvex/tensor'

/** Initializations of one dimension and width on e_1 … e_d with labels +1. */
export interface CoordinateSetting {
  readonly d: number
  readonly k: number
  readonly eta: number
  /** 0 for ReLU */
  readonly alpha: number
  /**
   * mean of the entries of W₀, in units of their standard deviation; not 0 breaks the symmetry
   */
  readonly shift: number
}

/** Budget, in passes: a run without a leak that is not stuck ends long before. */
const PASSES = 10_000

/** Initialization number i, rows of norm about 1/√(2k). */
export function coordinateStart(s: CoordinateSetting, stream: Stream, i: number): Float64Array {
  const start = initialWeights({ kind: 'scaled', stream: stream.child('start', i) }, s.k, s.d)
  const by = s.shift / Math.sqrt(2 * s.k * s.d)
  return by === 0 ? start : start.map((value) => value + by)
}

const fateFrom = ({ k, d, eta }: CoordinateSetting, start: Float64Array): CoordinateFate =>
  coordinateFate({ k, d, eta, v: 1 / Math.sqrt(2 * k), start })

/** What follows from initialization number i, without training. */
export const fateOf = (s: CoordinateSetting, stream: Stream, i: number): CoordinateFate =>
  fateFrom(s, coordinateStart(s, stream, i))

/** The run from initialization number i, until it converges or provably never will. */
export function coordinateRun(
  s: CoordinateSetting,
  stream: Stream,
  i: number,
  engine: EngineName,
): CoordinateRun {
  const data = coordinateData(s.d)
  const start = coordinateStart(s, stream, i)
  const options: SgdOptions = {
    k: s.k,
    eta: s.eta,
    alpha: s.alpha,
    engine,
    maxSteps: PASSES * s.d,
    start,
    order: { kind: 'permutation', stream: stream.child('order', i) },
  }
  const run = s.alpha > 0 ? undefined : trainRelu(data, options)
  const outcome = run?.outcome ?? trainSgd(data, options)
  const outputs = forward(outcome.net, data.x)
  return {
    status: run?.status ?? outcome.status,
    updates: outcome.updates,
    fate: fateFrom(s, start),
    wrong: Array.from(outputs.keys()).filter((at) => !(outputs[at] > 0)),
  }
}

/**
 * What an initialization determines with certainty: dead coordinates, and how many updates suffice
 * for the others.
 */
export const initialHypotheses = (p: { readonly alpha: number }): readonly Hypothesis[] => [
  hypothesis('the leaky ReLU slope α is 0', p.alpha === 0, p.alpha),
]

/** The hypotheses of the failure probability. */
export const coordinateHypotheses = (p: {
  readonly alpha: number
  readonly shift: number
}): readonly Hypothesis[] => [
  ...initialHypotheses(p),
  hypothesis('the entries of W₀ are independent, symmetric and continuous', p.shift === 0, p.shift),
]

/** Two-sided, 99 %. */
const SIDE = 0.005

/** The interval of Clopper and Pearson for the probability of failure. */
export const intervalOf = (failed: number, runs: number) => ({
  low: 1 - clopperPearson(runs - failed, runs, SIDE),
  high: clopperPearson(failed, runs, SIDE),
})
