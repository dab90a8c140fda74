import { claim, counted, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, atMost, interval, least, low, most } from '../by-interval.js'

const talk = 'An invariant architecture needs fewer examples'
const task = 'counting the neighbours of the own class on random graphs'

/** Accuracy on test graphs after training on so many. */
export interface AccuracyFacts {
  readonly graphs: number
  readonly accuracy: number
  /** standard error over test graphs */
  readonly error: number
}

const shareOf = ({ accuracy, error }: AccuracyFacts): MeanWithError => ({
  mean: accuracy,
  error,
})

/** Accuracy that counts as solved, and graphs with which it is asked for. */
const [SOLVED, ENOUGH] = [0.97, 1000]

/**
 * Graphs that went through a network in training, repeated or not, from which on it is asked to
 * have learnt.
 */
const SEEN = 10_000

const trainedEnough = (seen: number): Hypothesis =>
  hypothesis(
    `at least ${readable(SEEN)} graphs, repeated ones too, in training`,
    seen >= SEEN,
    seen,
  )

/**
 * Whether every network with the most graphs is right on 97 % of all nodes, by its 95 % interval.
 *
 * @param seen - graphs that went through each network in training: steps times graphs of a step;
 *   below 10,000 nothing is claimed
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countingExact } from '@nonconvex/structured/batch'
 * const local = [{ graphs: 1000, accuracy: 0.999, error: 0.001 }]
 * console.log(verdictOn(countingExact, { local, seen: 100_000 }).status) // → holds
 */
export const countingExact = claim(
  'structured/counting-exact',
  'With the local read-out the invariant network learns to count neighbours of its class',
  'statistical',
  { talk, ours: task },
  ({ local, seen }: { readonly local: readonly AccuracyFacts[]; readonly seen: number }) => {
    const top = Math.max(0, ...local.map(({ graphs }) => graphs))
    const there = local.filter(({ graphs }) => graphs === top).map(shareOf)
    return {
      statement: `${interval(least(there))} of all nodes right with ${readable(top)} graphs, ${SOLVED} asked for`,
      ...atLeast(there, SOLVED),
      hypotheses: [
        hypothesis(`at least ${readable(ENOUGH)} graphs to learn from`, top >= ENOUGH, top),
        trainedEnough(seen),
      ],
    }
  },
)

/**
 * Whether no literal network is above the ceiling of its form on the same graphs.
 *
 * @param ceiling - share of nodes that have the commonest label of their class in their graph
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countingCeiling } from '@nonconvex/structured/batch'
 * console.log(verdictOn(countingCeiling, { literal: [{ graphs: 100, accuracy: 0.6, error: 0.01 }], ceiling: 0.81 }).status) // → holds
 */
export const countingCeiling = claim(
  'structured/counting-ceiling',
  'With the literal read-out no network gets above one answer for each class of a graph',
  'float64',
  { ours: 'the commonest label within each class, on the test graphs themselves' },
  ({
    literal,
    ceiling,
  }: {
    readonly literal: readonly AccuracyFacts[]
    readonly ceiling: number
  }) => {
    const best = Math.max(0, ...literal.map(({ accuracy }) => accuracy))
    return {
      statement: `${readable(best)} of all nodes right at best, ${readable(ceiling)} possible`,
      measured: best,
      relation: '<=',
      bound: ceiling,
      slack: 1e-12,
      ...(literal.length === 0 && { undecided: 'no network' }),
    }
  },
)

/**
 * Whether for each size of which there is a tenth, too, the invariant network with the tenth is
 * better by more than chance.
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
  'It is better with a tenth of the graphs than a fully connected network with all of them',
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
      statement: `with a tenth of ${readable(worst?.graphs ?? 0)} graphs ${interval(worst)} more nodes are right, at least`,
      ...atLeast(gains, 0),
      hypotheses: [
        hypothesis('some number of graphs is a tenth of another', gains.length > 0),
        trainedEnough(seen),
      ],
      ...(local.length === 0 && { undecided: 'no network' }),
    }
  },
)

/**
 * Share of right nodes that a fully connected network stays under, and graphs with which that is
 * asked.
 */
const [GUESSES, AT] = [0.6, 1000]

/**
 * Whether the fully connected network stays under 60 % with a thousand graphs, by its 95 %
 * interval.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { denseGuesses } from '@nonconvex/structured/batch'
 * console.log(verdictOn(denseGuesses, [{ graphs: 1000, accuracy: 0.41, error: 0.01 }]).status) // → holds
 */
export const denseGuesses = claim(
  'structured/dense-guesses',
  'A fully connected network with 1,000 graphs is right on 60 % of the nodes at most',
  'statistical',
  { talk, ours: task },
  (dense: readonly AccuracyFacts[]) => {
    const there = dense.filter(({ graphs }) => graphs === AT).map(shareOf)
    return {
      statement: `${interval(most(there))} of all nodes right with ${readable(AT)} graphs, ${GUESSES} allowed`,
      ...atMost(there, GUESSES),
      hypotheses: [
        hypothesis(`a network with ${readable(AT)} graphs to learn from`, there.length > 0),
      ],
      ...(dense.length === 0 && { undecided: 'no network' }),
    }
  },
)

/** How far a network's scores move when nodes are listed, or read, in another order. */
export interface OrderFacts {
  readonly graphs: number
  readonly moved: number
}

/**
 * What float32 sums of some dozen terms may move by when reordered: the tolerance of the checker
 * for float32.
 */
const ROUNDING = 1e-4

/**
 * Whether no invariant network's scores move by more than rounding.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { countingInvariant } from '@nonconvex/structured/batch'
 * console.log(verdictOn(countingInvariant, [{ graphs: 100, moved: 2e-6 }]).status) // → holds
 */
export const countingInvariant = claim(
  'structured/counting-invariant',
  'What the invariant networks learnt does not depend on the order of the nodes',
  'float64',
  { talk, ours: 'scores in float32 move by the rounding of reordered sums only' },
  (networks: readonly OrderFacts[]) => {
    const most = Math.max(0, ...networks.map(({ moved }) => moved))
    return {
      statement: `scores of ${counted(networks.length, 'network')} move by ${readable(most)} at most, ${ROUNDING} allowed to rounding`,
      measured: most,
      relation: '<=',
      bound: ROUNDING,
      ...(networks.length === 0 && { undecided: 'no network' }),
    }
  },
)

/**
 * Whether each LSTM network's scores move by more than rounding on some graph that is read in two
 * orders.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { lstmReadsOrder } from '@nonconvex/structured/batch'
 * console.log(verdictOn(lstmReadsOrder, [{ graphs: 100, moved: 0.3 }]).status) // → holds
 */
export const lstmReadsOrder = claim(
  'structured/lstm-reads-order',
  'An LSTM in place of the sums answers by the order in which it reads',
  'float64',
  { talk, ours: 'two reading orders of the same test graphs' },
  (networks: readonly OrderFacts[]) => {
    const least = Math.min(...networks.map(({ moved }) => moved))
    return {
      statement: `scores of each of ${counted(networks.length, 'network')} move by ${readable(least)} or more on some graph, ${ROUNDING} would be rounding`,
      measured: networks.length === 0 ? 0 : least,
      relation: '>=',
      bound: ROUNDING,
      ...(networks.length === 0 && { undecided: 'no network' }),
    }
  },
)
