import { claim, counted, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, atMost, interval, least, low, most } from '../by-interval.js'

const talk = 'An invariant architecture needs fewer examples'
const task = 'counting neighbors of the own class on random graphs'

/** Accuracy on test graphs by the number of training graphs. */
export interface AccuracyFacts {
  readonly graphs: number
  readonly accuracy: number
  /** standard error over test graphs */
  readonly error: number
}

const meanOf = ({ accuracy, error }: AccuracyFacts): MeanWithError => ({
  mean: accuracy,
  error,
})

/** Accuracy that counts as solved, and training graphs from which on it is required. */
const [SOLVED, ENOUGH] = [0.97, 1000]

/** Graphs processed in training, with repetitions, from which on accuracy is required. */
const SEEN = 10_000

/** What the program makes true: test graphs are new draws. */
const independentTest = hypothesis(
  'test graphs are drawn independently of the training graphs',
  'by construction',
)

const trainedEnough = (seen: number): Hypothesis =>
  hypothesis(
    `at least ${readable(SEEN)} graphs processed in training (steps × batch size)`,
    seen >= SEEN,
    seen,
  )

/**
 * Every network with the most training graphs labels 97 % of all nodes correctly, by its 95 % interval.
 *
 * @param seen - graphs that each network processed in training: steps times batch size; inapplicable
 *   below 10,000
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countingExact } from '@nonconvex/structured/batch'
 * const local = [{ graphs: 1000, accuracy: 0.999, error: 0.001 }]
 * console.log(verdictOn(countingExact, { local, seen: 100_000 }).status) // → holds
 */
export const countingExact = claim(
  'structured/counting-exact',
  'The invariant network in the per-node form learns to count each node’s neighbors of the same class',
  'statistical',
  { talk, ours: task },
  ({ local, seen }: { readonly local: readonly AccuracyFacts[]; readonly seen: number }) => {
    const top = Math.max(0, ...local.map(({ graphs }) => graphs))
    const there = local.filter(({ graphs }) => graphs === top).map(meanOf)
    return {
      statement: `accuracy at least ${interval(least(there))} with ${readable(top)} training graphs (required: ${SOLVED})`,
      ...atLeast(there, SOLVED),
      hypotheses: [
        hypothesis(`at least ${readable(ENOUGH)} training graphs`, top >= ENOUGH, top),
        trainedEnough(seen),
        independentTest,
      ],
    }
  },
)

/**
 * No network of the theorem's form exceeds the ceiling of that form on the same graphs.
 *
 * @param ceiling - fraction of nodes that have the most frequent label of their class in their
 *   graph
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countingCeiling } from '@nonconvex/structured/batch'
 * console.log(verdictOn(countingCeiling, { literal: [{ graphs: 100, accuracy: 0.6, error: 0.01 }], ceiling: 0.81 }).status) // → holds
 */
export const countingCeiling = claim(
  'structured/counting-ceiling',
  'No network in the theorem’s form exceeds the accuracy of the best single label per node class and graph',
  'float64',
  { ours: 'the most frequent label of each class, on the test graphs themselves' },
  ({
    literal,
    ceiling,
  }: {
    readonly literal: readonly AccuracyFacts[]
    readonly ceiling: number
  }) => {
    const best = Math.max(0, ...literal.map(({ accuracy }) => accuracy))
    return {
      statement: `accuracy at most ${readable(best)} (ceiling ${readable(ceiling)})`,
      measured: best,
      relation: '<=',
      bound: ceiling,
      slack: 1e-12,
      inequality: 'structured/counting-ceiling-attained',
      ...(literal.length === 0 && { undecided: 'no network' }),
    }
  },
)

/**
 * A function in the theorem's form reaches the ceiling: the inner sum counts the neighbors of the own
 * class, the outer sum is the histogram of these counts by class, and a node gets the most frequent
 * count of its class.
 *
 * @param form - accuracy of this function on the test graphs
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countingCeilingAttained } from '@nonconvex/structured/batch'
 * const status = (form: number) => verdictOn(countingCeilingAttained, { form, ceiling: 0.81 }).status
 * console.log(status(0.81), status(0.8)) // → holds violated
 */
export const countingCeilingAttained = claim(
  'structured/counting-ceiling-attained',
  'Some function in the theorem’s form reaches the accuracy of the best single label per node class and graph',
  'float64',
  { ours: 'the sum over nodes is a histogram of counts by class' },
  ({ form, ceiling }: { readonly form: number; readonly ceiling: number }) => ({
    statement: `accuracy ${readable(form)} of the constructed function, ceiling ${readable(ceiling)}`,
    measured: form,
    relation: '==',
    bound: ceiling,
    ...(ceiling > 0 && { attains: form / ceiling }),
    // two quotients of integers
    slack: 1e-12,
  }),
)

/**
 * For each number of training graphs for which a tenth was tried as well, the invariant network
 * with the tenth is more accurate, by the 95 % interval of the difference.
 *
 * @param seen - as for `countingExact`
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { fewerGraphs } from '@nonconvex/structured/batch'
 * const [local, dense] = [0.99, 0.4].map((accuracy) => ({ accuracy, error: 0.01 }))
 * const [few, many] = [[{ ...local, graphs: 100 }], [{ ...dense, graphs: 1000 }]]
 * const verdict = verdictOn(fewerGraphs, { local: few, dense: many, seen: 100_000 })
 * console.log(verdict.status) // → holds
 */
export const fewerGraphs = claim(
  'structured/fewer-graphs',
  'The invariant network trained on a tenth of the graphs is more accurate than a fully connected network',
  'statistical',
  { talk, ours: task },
  ({
    local,
    dense,
    seen,
  }: {
    readonly local: readonly AccuracyFacts[]
    readonly dense: readonly AccuracyFacts[]
    readonly seen: number
  }) => {
    const gains = dense.flatMap((one) =>
      local
        .filter(({ graphs }) => 10 * graphs === one.graphs)
        .map((few) => ({
          graphs: one.graphs,
          mean: few.accuracy - one.accuracy,
          error: Math.sqrt(few.error ** 2 + one.error ** 2),
        })),
    )
    const worst = gains.find((gain) => low(gain) === Math.min(...gains.map(low)))
    return {
      statement: `with a tenth of ${readable(worst?.graphs ?? 0)} training graphs accuracy is higher by at least ${interval(worst)}`,
      ...atLeast(gains, 0),
      hypotheses: [
        hypothesis('one number of training graphs is a tenth of another', gains.length > 0),
        trainedEnough(seen),
        independentTest,
      ],
      ...(local.length === 0 && { undecided: 'no network' }),
    }
  },
)

/** Accuracy below which a fully connected network stays, and the training graphs of that claim. */
const [GUESSES, AT] = [0.6, 1000]

/**
 * The accuracy of the fully connected network is below 60 % with 1,000 training graphs, by its 95 %
 * interval.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { denseGuesses } from '@nonconvex/structured/batch'
 * console.log(verdictOn(denseGuesses, [{ graphs: 1000, accuracy: 0.41, error: 0.01 }]).status) // → holds
 */
export const denseGuesses = claim(
  'structured/dense-guesses',
  'A fully connected network trained on 1,000 graphs has a test accuracy of at most 60 %',
  'statistical',
  { talk, ours: task },
  (dense: readonly AccuracyFacts[]) => {
    const there = dense.filter(({ graphs }) => graphs === AT).map(meanOf)
    return {
      statement: `accuracy at most ${interval(most(there))} with ${readable(AT)} training graphs (limit ${GUESSES})`,
      ...atMost(there, GUESSES),
      hypotheses: [
        hypothesis(`a network with ${readable(AT)} training graphs`, there.length > 0),
        independentTest,
      ],
      ...(dense.length === 0 && { undecided: 'no network' }),
    }
  },
)

/** The change of a network's scores under a permutation of the nodes or of the reading order. */
export interface OrderFacts {
  readonly graphs: number
  readonly moved: number
}

/** Rounding of reordered float32 sums of a few dozen terms: the checker's tolerance for float32. */
const ROUNDING = 1e-4

/**
 * The scores of no invariant network change by more than rounding.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countingInvariant } from '@nonconvex/structured/batch'
 * console.log(verdictOn(countingInvariant, [{ graphs: 100, moved: 2e-6 }]).status) // → holds
 */
export const countingInvariant = claim(
  'structured/counting-invariant',
  'The trained invariant networks are graph-permutation invariant',
  'float64',
  { talk, ours: 'scores in float32 change by the rounding of reordered sums only' },
  (networks: readonly OrderFacts[]) => {
    const most = Math.max(0, ...networks.map(({ moved }) => moved))
    return {
      statement: `max change ${readable(most)} of the scores of ${counted(networks.length, 'network')} (limit ${ROUNDING})`,
      measured: most,
      relation: '<=',
      bound: ROUNDING,
      ...(networks.length === 0 && { undecided: 'no network' }),
    }
  },
)

/**
 * The scores of each LSTM network change by more than rounding between two reading orders of some
 * graph.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { lstmReadsOrder } from '@nonconvex/structured/batch'
 * console.log(verdictOn(lstmReadsOrder, [{ graphs: 100, moved: 0.3 }]).status) // → holds
 */
export const lstmReadsOrder = claim(
  'structured/lstm-reads-order',
  'The scores of a network with LSTMs in place of the sums depend on the order in which nodes are read',
  'float64',
  { talk, ours: 'two reading orders of the same test graphs' },
  (networks: readonly OrderFacts[]) => {
    const least = Math.min(...networks.map(({ moved }) => moved))
    return {
      statement: `scores of each of ${counted(networks.length, 'network')} change by at least ${readable(least)} on some graph (rounding: ${ROUNDING})`,
      measured: networks.length === 0 ? 0 : least,
      relation: '>=',
      bound: ROUNDING,
      ...(networks.length === 0 && { undecided: 'no network' }),
    }
  },
)
