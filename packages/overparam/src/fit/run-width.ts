import type { Stream } from '@nonconvex/tensor'
import { boundSetting } from '../bounds/start.js'
import { ledger, type Ledger } from '../bounds/ledger.js'
import type { BoundSetting } from '../bounds/setting.js'
import { updateBounds, type UpdateBounds } from '../bounds/update-bounds.js'
import type { RunFacts } from '../claims/facts.js'
import type { Examples } from '../data/dataset.js'
import { forward } from '../network/forward.js'
import { hingeLoss } from '../network/loss.js'
import type { Net } from '../network/net.js'
import type { SgdOptions, SgdProgress } from '../sgd/options.js'
import type { SgdOutcome, SgdStatus } from '../sgd/outcome.js'
import { initialWeights } from '../sgd/initial-weights.js'
import { trainSgdAsync } from '../sgd/train-sgd.js'

/** The number of errors (y N ≤ 0), of examples with y N < 1, and of all examples. */
export interface ErrorCount {
  readonly examples: number
  readonly errors: number
  readonly margins: number
}

/** A run of one width on the data, with its results. */
export interface WidthRun {
  readonly k: number
  readonly status: SgdStatus
  readonly message: string
  /** its budget */
  readonly maxSteps: number
  readonly updates: number
  readonly distinct: number
  readonly steps: number
  /** mean hinge loss on the training examples, by a fresh forward pass */
  readonly loss: number
  readonly train: ErrorCount
  readonly test?: ErrorCount
  /** number of examples that were never updated and end with y N < 1 */
  readonly errorsUnused: number
  /** absent without a separator */
  readonly bounds?: UpdateBounds
  readonly ledger?: Ledger
}

/** A run together with the data that further checks need. */
export interface Trained {
  readonly run: WidthRun
  readonly net: Net
  readonly options: SgdOptions
  readonly outcome: SgdOutcome
  readonly facts: RunFacts
  /** [n] N(x) on the training examples, and on the test examples */
  readonly outputs: Float64Array
  readonly testOutputs?: Float64Array
}

/**
 * The learning rate and leaky ReLU slope of every fit, which suit rows of norm about 1.
 */
export const ETA = 10
export const ALPHA = 0.1

/**
 * The maximum number of epochs of a run that is known to converge within reach, and of a run that
 * may not converge.
 */
const PASSES = { known: 10_000, unknown: 100 }
/**
 * The smallest step limit of a run that is known to converge, and the largest of a run that may not
 * converge.
 */
const MOST_STEPS = 1e7

/**
 * The number of step budgets between which the sample decides: one if a separator with a bound
 * within reach is known, the other if not.
 */
export const BUDGETS = 2

/**
 * A bound is out of reach if it exceeds the visits of the budget by this factor. Runs converge far
 * below their bounds, on digits after about 1/600 of them (see `ledger`), and not every visit is an
 * update.
 */
const FAR = 1000

/** A step budget, and whether it is the smaller one because of the bound on the updates. */
export interface Budget {
  readonly maxSteps: number
  readonly outOfReach: boolean
}

/**
 * The budget of a run: one of two, each a function of n alone. With a bound on the updates within
 * reach, 10,000 n, at least 10^7; (2n − 1)(B + 1) visits would suffice, with a new order in every
 * pass. Without a bound, or with one of more than 1000 times as many updates, 100 n, at most 10^7,
 * but at least two passes.
 *
 * @param bound - B; undefined without a separator
 */
export function budgetOf(n: number, bound: number | undefined): Budget {
  const most = Math.max(PASSES.known * n, MOST_STEPS)
  if (bound !== undefined && bound <= FAR * most) return { maxSteps: most, outOfReach: false }
  const least = Math.min(PASSES.unknown * n, Math.max(MOST_STEPS, 2 * n))
  return { maxSteps: least, outOfReach: bound !== undefined }
}

export function countErrors(outputs: Float64Array, y: Float64Array): ErrorCount {
  let [errors, margins] = [0, 0]
  outputs.forEach((output, i) => {
    if (!(y[i] * output > 0)) errors++
    if (!(y[i] * output >= 1)) margins++
  })
  return { examples: y.length, errors, margins }
}

/**
 * The options with which a fit trains its network of width k: η = 10, α = 0.1, initial rows of norm
 * about 1/√(2k), and a new random order in every pass.
 *
 * @param stream - of the fit; initialization and order are drawn from children named after k
 * @param d - features of the network, the constant included
 * @throws RangeError unless k and d are positive integers
 *
 * @example
 * import { widthOptions } from '@nonconvex/overparam/fit'
 * import { stream } from '@nonconvex/tensor'
 * const { alpha, eta, start } = widthOptions(stream(1).child('fit'), 5, 3)
 * console.log(alpha, eta, start.length) // → 0.1 10 30
 */
export function widthOptions(stream: Stream, k: number, d: number): WidthOptions {
  const draws = stream.child('width', k)
  return {
    k,
    start: initialWeights({ kind: 'scaled', stream: draws.child('start') }, k, d),
    v: 1 / Math.sqrt(2 * k),
    eta: ETA,
    alpha: ALPHA,
    order: { kind: 'permutation', stream: draws.child('order') },
  }
}

/** Options of a run without its budget. */
export type WidthOptions = SgdOptions & Required<Pick<SgdOptions, 'v' | 'eta' | 'alpha'>>

/**
 * Trains a network of width k from initial rows of norm about 1/√(2k), in a new random order in
 * every pass, and measures the run.
 *
 * @param stream - of the fit; initialization and order are drawn from children named after k
 */
export async function runWidth(
  data: Examples,
  k: number,
  given: {
    readonly stream: Stream
    readonly maxSteps: number | undefined
    readonly wStar: Float64Array | undefined
    readonly test: Examples | undefined
    readonly threads: 1 | 2
    readonly signal?: AbortSignal
    readonly watch?: (progress: SgdProgress) => void
    /** called after the last visit */
    readonly trained?: () => void
    /** called before the first visit if the bound is the reason for the smaller budget */
    readonly outOfReach?: (found: { readonly bound: number; readonly maxSteps: number }) => void
  },
): Promise<Trained> {
  const { wStar, test, signal, watch } = given
  const drawn = widthOptions(given.stream, k, data.x.cols)
  const { v, alpha } = drawn
  const before = { k, d: data.x.cols, v, alpha, weights: drawn.start }
  const setting = wStar && boundSetting(before, data, wStar, ETA)
  const bounds = setting && updateBounds(setting)
  const own = budgetOf(data.y.length, bounds?.best)
  const maxSteps = given.maxSteps ?? own.maxSteps
  if (given.maxSteps === undefined && own.outOfReach && bounds)
    given.outOfReach?.({ bound: bounds.best, maxSteps })
  const options: SgdOptions = { ...drawn, maxSteps, ...(wStar && { trace: { wStar } }) }
  const outcome = await trainSgdAsync(data, {
    ...options,
    threads: given.threads,
    ...(signal && { signal }),
    ...(watch && { watch }),
  })
  signal?.throwIfAborted()
  given.trained?.()
  const { net } = outcome
  const outputs = forward(net, data.x)
  const updated = new Set(outcome.sequence)
  let errorsUnused = 0
  outputs.forEach((output, i) => {
    if (!updated.has(i) && !(data.y[i] * output >= 1)) errorsUnused++
  })
  const testOutputs = test && forward(net, test.x)
  const losses = setting && ledgerOf(setting, data, wStar, outcome)
  const run: WidthRun = {
    k,
    status: outcome.status,
    message: outcome.message,
    maxSteps,
    updates: outcome.updates,
    distinct: outcome.distinct,
    steps: outcome.steps,
    loss: hingeLoss(outputs, data.y),
    train: countErrors(outputs, data.y),
    ...(test && testOutputs && { test: countErrors(testOutputs, test.y) }),
    errorsUnused,
    ...(bounds && { bounds }),
    ...(losses && { ledger: losses }),
  }
  const facts: RunFacts = {
    name: `k = ${k}`,
    k,
    group: 'data',
    status: outcome.status,
    updates: outcome.updates,
    loss: run.loss,
    ...(bounds && setting && { bounds, setting }),
    ...(outcome.trace && { rooms: outcome.trace.rooms }),
  }
  return { run, net, options, outcome, facts, outputs, ...(testOutputs && { testOutputs }) }
}

function ledgerOf(
  setting: BoundSetting,
  data: Examples,
  wStar: Float64Array,
  outcome: SgdOutcome,
): Ledger | undefined {
  const finite = outcome.updates > 0 && outcome.status !== 'not-finite'
  return finite ? ledger(setting, data, wStar, outcome) : undefined
}
