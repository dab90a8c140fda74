import { readable, counted } from '@nonconvex/optim/claims'
import {
  agnosticBound,
  clopperPearson,
  multisetBound,
  sequenceBound,
  subsetBound,
} from '@nonconvex/optim/statistics'
import { growthBound, leaveOneOutBound, marginBound, publishedBound } from './comparisons.js'
import type { Settled } from './guarantee-run.js'
import { blocksBound } from './stable-compression.js'

export type GuaranteeId =
  | 'sequence'
  | 'multiset'
  | 'subset'
  | 'blocks'
  | 'agnostic'
  | 'published'
  | 'growth'
  | 'held-out'
  | 'leave-one-out'
  | 'leave-one-out-theorem'
  | 'published-observed'
  | 'margin'
  | 'support-vectors'

/**
 * The kind of a guarantee: 'certificate' bounds this network's error with probability ≥ 1 − δ;
 * 'mean' bounds the mean error over samples; 'estimate' estimates such a bound; 'illustration' is a
 * formula evaluated outside its hypotheses; 'other-rule' bounds another classifier,
 * 'other-estimate' estimates the mean error of one.
 */
export type Promised =
  | 'certificate'
  | 'mean'
  | 'estimate'
  | 'illustration'
  | 'other-rule'
  | 'other-estimate'

/** A kind of guarantee: its statement, hypotheses and value. */
export interface Rule {
  readonly id: GuaranteeId
  readonly title: string
  readonly promise: Promised
  /** 'margin': y N(x) < 1, which includes the error y N(x) ≤ 0 */
  readonly event: 'margin' | 'error'
  /** whether another rule is never worse, so that this one is not a candidate for the best */
  readonly dominated?: boolean
  /** whether it is requested; default always */
  readonly wanted?: (run: Settled) => boolean
  /** whether a choice of settings on the sample needs no correction */
  readonly spared?: boolean
  /** the hypothesis that fails, if any */
  readonly unmet: (run: Settled) => string | undefined
  readonly bound: (run: Settled, delta: number) => number
  /** the quantity that makes the bound large */
  readonly cost: (run: Settled) => string
}

const standardised = (run: Settled): string | undefined =>
  run.preprocessing === 'standardise'
    ? 'the features were standardized by the sample itself'
    : undefined
const consistent = (run: Settled): string | undefined =>
  standardised(run) ??
  (run.errorsUnused > 0
    ? `${readable(run.errorsUnused)} of the unused examples end with y N(x) < 1`
    : undefined)
const leftAlone = (run: Settled): string | undefined =>
  standardised(run) ??
  (run.converged ? undefined : 'the run reached the step limit') ??
  (run.candidates > 1
    ? `the setting is one of ${readable(run.candidates)} selected on the sample`
    : undefined)

/**
 * The reason why a test set with training examples certifies nothing: these examples are not
 * independent of the network.
 */
function notHeldOut({ heldOut }: Settled): string | undefined {
  const { examples = 0, seen } = heldOut ?? {}
  if (examples === 0) return 'no example was held out'
  if (seen === undefined) return undefined
  const [test, train] = seen.lines
  return `${readable(seen.count)} of these ${counted(examples, 'example')} ${seen.count === 1 ? 'is a training example' : 'are training examples'}, too: line ${test} of the test file is line ${train} of the training file`
}

/** Says of which examples c consists where it is not only the updated ones. */
const countText = ({ distinct, preprocessing }: Settled): string =>
  preprocessing === 'scale'
    ? `c = ${readable(distinct - 1)} + 1 examples, the updated ones and the longest, which sets the scale,`
    : `c = ${readable(distinct)} updated examples`

const subsetCost = (run: Settled): string =>
  run.distinct === run.n
    ? 'every example was updated: none is left as a test'
    : `${countText(run)} against n − c = ${readable(run.n - run.distinct)} unused`
const updatesCost = (run: Settled): string =>
  run.distinct === run.n
    ? subsetCost(run)
    : `a list of U = ${readable(run.updates)} updates against n − c = ${readable(run.n - run.distinct)} unused examples`
const published = (run: Settled, updates: number, delta: number): number => {
  const { n, distinct, errorsUnused } = run
  const unusedError = errorsUnused > 0 ? errorsUnused / (n - distinct) : 0
  return publishedBound({ n, updates: Math.max(1, updates), delta, unusedError })
}
const publishedCost = (n: number, updates: number): string =>
  n < 2 * updates
    ? `it needs n ≥ 2M, and 2M = ${readable(2 * updates, 3)} against n = ${readable(n)}`
    : `8 M ln(n/δ) with M = ${readable(updates, 3)} against n = ${readable(n)}`

const compression = { promise: 'certificate', event: 'margin' } as const

export const rules: readonly Rule[] = [
  {
    ...compression,
    id: 'blocks',
    title: 'Compression bound: updated examples, in blocks',
    unmet: consistent,
    bound: (run, delta) => blocksBound({ ...run, delta }).eps,
    cost: subsetCost,
  },
  {
    ...compression,
    id: 'subset',
    title: 'Compression bound: updated examples',
    dominated: true,
    unmet: consistent,
    bound: (run, delta) => subsetBound({ ...run, delta }),
    cost: subsetCost,
  },
  {
    ...compression,
    id: 'multiset',
    title: 'Compression bound: updated examples and the order of updates',
    wanted: ({ networks }) => networks === 1,
    dominated: true,
    unmet: consistent,
    bound: (run, delta) => multisetBound({ ...run, delta }),
    cost: updatesCost,
  },
  {
    ...compression,
    id: 'sequence',
    title: 'Compression bound: sequence of updates',
    wanted: ({ networks }) => networks === 1,
    unmet: consistent,
    bound: (run, delta) => sequenceBound({ ...run, delta }),
    cost: updatesCost,
  },
  {
    ...compression,
    id: 'agnostic',
    title: 'Compression bound: updated examples, errors allowed',
    unmet: standardised,
    bound: (run, delta) => agnosticBound({ ...run, delta }),
    cost: subsetCost,
  },
  {
    ...compression,
    id: 'published',
    title: 'Published bound, with the update bound of the theorem',
    wanted: (run) => run.theoremUpdates !== undefined,
    unmet: standardised,
    bound: (run, delta) => published(run, run.theoremUpdates ?? Infinity, delta),
    cost: (run) => publishedCost(run.n, run.theoremUpdates ?? Infinity),
  },
  {
    id: 'growth',
    title: 'Growth function of the network',
    promise: 'certificate',
    event: 'error',
    wanted: (run) => run.network !== undefined,
    unmet: consistentOnAll,
    bound: (run, delta) => (run.network ? growthBound({ ...run.network, n: run.n, delta }) : 1),
    cost: ({ n, network: { k, d } = { k: 0, d: 0 } }) =>
      `2kd = ${readable(2 * k * d)} weights against n = ${readable(n)}${2 * k * d >= n ? ': enough to give them any labels' : ''}`,
  },
  {
    id: 'held-out',
    title: 'Held-out examples',
    promise: 'certificate',
    event: 'error',
    wanted: (run) => run.heldOut !== undefined,
    unmet: notHeldOut,
    // looked at once, after every choice
    spared: true,
    bound: ({ heldOut }, delta) =>
      heldOut ? clopperPearson(heldOut.errors, heldOut.examples, delta) : 1,
    cost: ({ heldOut: { errors, examples } = { errors: 0, examples: 0 } }) =>
      `${counted(errors, 'error')} on ${counted(examples, 'held-out example')}`,
  },
  {
    id: 'leave-one-out',
    title: 'Leave-one-out bound, with the c of this run',
    promise: 'estimate',
    event: 'margin',
    unmet: leftAlone,
    bound: (run) => leaveOneOutBound(run.distinct, run.n),
    cost: subsetCost,
  },
  {
    id: 'leave-one-out-theorem',
    title: 'Leave-one-out bound, with the update bound of the theorem',
    promise: 'mean',
    event: 'margin',
    wanted: (run) => run.theoremUpdates !== undefined,
    unmet: leftAlone,
    bound: (run) => leaveOneOutBound(run.theoremUpdates ?? Infinity, run.n),
    cost: (run) =>
      `B = ${readable(run.theoremUpdates ?? Infinity, 3)} updates against n + 1 = ${readable(run.n + 1)}`,
  },
  {
    id: 'published-observed',
    title: 'Published bound, with the U of this run',
    wanted: ({ networks }) => networks === 1,
    promise: 'illustration',
    event: 'margin',
    unmet: standardised,
    bound: (run, delta) => published(run, run.updates, delta),
    cost: (run) => publishedCost(run.n, run.updates),
  },
  {
    id: 'margin',
    title: 'Max-margin separator',
    promise: 'other-rule',
    event: 'error',
    wanted: (run) => run.margin !== undefined,
    unmet: standardised,
    bound: (run, delta) => (run.margin ? marginBound({ ...run.margin, n: run.n, delta }) : 1),
    cost: ({ n, margin: { radius, wStarNorm } = { radius: 0, wStarNorm: 0 } }) =>
      `2R‖w*‖ = ${readable(2 * radius * wStarNorm, 3)} against √n = ${readable(Math.sqrt(n), 3)}`,
  },
  {
    // deleting an example that is no support vector leaves the separator as it is, and right on it
    id: 'support-vectors',
    title: 'Max-margin separator, leave-one-out bound',
    promise: 'other-estimate',
    event: 'error',
    wanted: (run) => run.supportVectors !== undefined,
    unmet: standardised,
    bound: ({ n, supportVectors = n }) => leaveOneOutBound(supportVectors, n),
    cost: ({ n, supportVectors = n }) =>
      `${readable(supportVectors)} support vectors against n + 1 = ${readable(n + 1)}`,
  },
]

/** The reason why the growth function does not apply: the network errs on a training example. */
function consistentOnAll(run: Settled): string | undefined {
  return standardised(run) ?? (run.converged ? undefined : 'the run reached the step limit')
}
