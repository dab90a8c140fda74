import {
  boundSetting,
  cauchySchwarz,
  errorRate,
  forward,
  globalMinimum,
  hingeLoss,
  hingeRate,
  ledger,
  lowerLine,
  normEnvelope,
  radius,
  theoremHypotheses,
  updateBounds,
  updateIdentities,
  publishedBounded,
  updatesBounded,
  type BoundSetting,
  type Examples,
  type Ledger,
  type RunFacts,
  type Separable,
  type SgdOptions,
  type SgdOutcome,
  type SgdStatus,
  type SmallestRoom,
  type TheoremFacts,
  type UpdateBounds,
} from '@nonconvex/overparam'
import { pack, type Packed } from '../../result/packed.js'

/** An interface as plain data: the same fields, assignable to Json. */
type Plain<T> = { readonly [K in keyof T]: T[K] }

/** The potentials along a run, thinned: F and S after update `t`. */
export type Curve = {
  readonly t: Plain<Packed>
  readonly f: Plain<Packed>
  readonly s: Plain<Packed>
}

/**
 * Measurements of one run, which follow from data, initialization, order, separator and updates.
 */
export type Measured = {
  readonly k: number
  readonly alpha: number
  readonly status: SgdStatus
  readonly separable: Separable
  readonly updates: number
  readonly steps: number
  readonly lastUpdate: number
  readonly distinct: number
  /** mean hinge loss and 0-1 error over the training set, by a fresh forward pass */
  readonly loss: number
  readonly trainError: number
  /** largest row, and min y w*·x where a separator is known */
  readonly radius: number
  readonly gamma: number | null
  readonly setting: Plain<BoundSetting> | null
  readonly bounds: Plain<UpdateBounds> | null
  readonly rooms: readonly Plain<SmallestRoom>[]
  readonly curve: Curve | null
  /** the looseness of each step of the proof; null without bounds or updates */
  readonly ledger: Plain<Ledger> | null
  /** examples never updated that end with y N(x) < 1 */
  readonly shortUnused: number
  /** test examples */
  readonly tested: number
  readonly testError: number | null
  /** fraction of test examples with positive hinge loss */
  readonly testHinge: number | null
}

/** A run with its name in statements. */
export interface NamedRun {
  readonly name: string
  /** data set: bounds are compared within one */
  readonly group: string
  readonly measured: Measured
}

/** A run with its data and evidence. */
export interface Trained {
  readonly data: Examples
  readonly test?: Examples
  readonly options: SgdOptions
  readonly outcome: SgdOutcome
  readonly separable: Separable
  /** any separator; absent if none is known */
  readonly wStar?: Float64Array
}

/** Points of the curve: enough for a figure. */
const POINTS = 120

/** The numbers of a run that `conclude` reads. */
export function measuredOf(trained: Trained): Measured {
  const { data, test, options, outcome, wStar } = trained
  const { net } = outcome
  const outputs = forward(net, data.x)
  const tested = test && test.y.length > 0 ? forward(net, test.x) : undefined
  const before = { ...net, weights: options.start }
  const setting = wStar ? boundSetting(before, data, wStar, options.eta ?? 10) : null
  const bounds = setting && net.alpha > 0 && setting.gamma > 0 ? updateBounds(setting) : null
  return {
    k: net.k,
    alpha: net.alpha,
    status: outcome.status,
    separable: trained.separable,
    updates: outcome.updates,
    steps: outcome.steps,
    lastUpdate: outcome.lastUpdate,
    distinct: outcome.distinct,
    loss: hingeLoss(outputs, data.y),
    trainError: errorRate(outputs, data.y),
    radius: setting ? setting.radius : radius(data),
    gamma: setting ? setting.gamma : null,
    setting,
    bounds,
    rooms: outcome.trace?.rooms ?? [],
    curve: curveOf(outcome),
    ledger: wStar && bounds && setting ? ledgerOf(setting, data, wStar, outcome) : null,
    shortUnused: shortUnused(outputs, data, outcome.sequence),
    tested: tested?.length ?? 0,
    testError: test && tested ? errorRate(tested, test.y) : null,
    testHinge: test && tested ? hingeRate(tested, test.y) : null,
  }
}

/** Examples never updated that end with y N(x) < 1. */
export function shortUnused(
  outputs: Float64Array,
  { y }: Examples,
  sequence: Iterable<number>,
): number {
  const updated = new Set(sequence)
  return outputs.reduce(
    (sum, output, i) => sum + (!(y[i] * output >= 1) && !updated.has(i) ? 1 : 0),
    0,
  )
}

function ledgerOf(
  setting: BoundSetting,
  data: Examples,
  wStar: Float64Array,
  outcome: SgdOutcome,
): Plain<Ledger> | null {
  const finite = outcome.updates > 0 && outcome.status !== 'not-finite'
  return finite ? ledger(setting, data, wStar, outcome) : null
}

function curveOf({ trace, updates }: SgdOutcome): Curve | null {
  if (!trace) return null
  const last = Math.min(updates, POINTS)
  const t = Int32Array.from({ length: last + 1 }, (_, i) => Math.round((i * updates) / (last || 1)))
  const at = (values: Float64Array): Packed => pack(Float64Array.from(t, (i) => values[i]))
  return { t: pack(t), f: at(trace.f), s: at(trace.s) }
}

/** The facts of the run for the claims. */
function runFacts({ name, group, measured: m }: NamedRun): RunFacts {
  return {
    name,
    group,
    k: m.k,
    status: m.status,
    updates: m.updates,
    loss: m.loss,
    ...(m.bounds && m.setting && { bounds: m.bounds, setting: m.setting }),
    rooms: m.rooms,
  }
}

/** What is known over all data sets: the weakest of the answers. */
function weakest(runs: readonly NamedRun[]): Separable {
  const answers = runs.map((run) => run.measured.separable)
  if (answers.includes('no')) return 'no'
  return answers.length === 0 || answers.includes('unknown') ? 'unknown' : 'yes'
}

/** The runs so far, and the hypotheses of the theorem as found. */
export function factsOf(runs: readonly NamedRun[], alpha: number): TheoremFacts {
  // γ/‖w*‖: the margin of the unit separator
  const gammas = runs.flatMap(({ measured: { setting } }) =>
    setting ? [setting.gamma / setting.wStarNorm] : [],
  )
  return {
    runs: runs.map(runFacts),
    hypotheses: theoremHypotheses({
      separable: weakest(runs),
      ...(gammas.length > 0 && { gamma: Math.min(...gammas) }),
      alpha,
    }),
  }
}

/** The theorem and every line of its proof, in the order of the report. */
export const theorem = [
  updatesBounded,
  publishedBounded,
  globalMinimum,
  lowerLine,
  normEnvelope,
  cauchySchwarz,
  updateIdentities,
]
