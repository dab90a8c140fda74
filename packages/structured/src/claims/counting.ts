import {
  decide,
  hypothesis,
  readable,
  type Claim,
  type Hypothesis,
  type Verdict,
  counted,
} from '@nonconvex/optim/claims'
import { atLeast, atMost, interval, least, low, most } from './by-interval.js'
import type { MeanWithError } from '@nonconvex/optim/statistics'

const talk = 'An invariant architecture needs fewer examples'
const task = 'counting the neighbours of the own class on random graphs'

export const countingClaim: Claim = {
  id: 'structured/counting-exact',
  title: 'With the local read-out the invariant network learns to count neighbours of its class',
  rigor: 'statistical',
  source: { talk, ours: task },
}
export const literalCeilingClaim: Claim = {
  id: 'structured/counting-ceiling',
  title: 'With the literal read-out no network gets above one answer for each class of a graph',
  rigor: 'float64',
  source: { ours: 'the commonest label within each class, on the test graphs themselves' },
}
export const fewerGraphsClaim: Claim = {
  id: 'structured/fewer-graphs',
  title: 'It is better with a tenth of the graphs than a fully connected network with all of them',
  rigor: 'statistical',
  source: { talk, ours: task },
}

export const denseGuessesClaim: Claim = {
  id: 'structured/dense-guesses',
  title: 'A fully connected network with 1,000 graphs is right on 60 % of the nodes at most',
  rigor: 'statistical',
  source: { talk, ours: task },
}
export const countingOrderClaim: Claim = {
  id: 'structured/counting-invariant',
  title: 'What the invariant networks learnt does not depend on the order of the nodes',
  rigor: 'float64',
  source: { talk, ours: 'scores in float32 move by the rounding of reordered sums only' },
}
export const readingOrderClaim: Claim = {
  id: 'structured/lstm-reads-order',
  title: 'An LSTM in place of the sums answers by the order in which it reads',
  rigor: 'float64',
  source: { talk, ours: 'two reading orders of the same test graphs' },
}

/** The claims about counting. */
export const countingClaims: readonly Claim[] = [
  countingClaim,
  literalCeilingClaim,
  fewerGraphsClaim,
  denseGuessesClaim,
  countingOrderClaim,
  readingOrderClaim,
]

/** Accuracy on test graphs after training on so many. */
export interface CountingFound {
  readonly graphs: number
  readonly accuracy: number
  /** standard error over test graphs */
  readonly error: number
}

const shareOf = ({ accuracy, error }: CountingFound): MeanWithError => ({
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
 * import { decideCounting } from '@nonconvex/structured'
 * const local = [{ graphs: 1000, accuracy: 0.999, error: 0.001 }]
 * console.log(decideCounting(local, 100_000).status) // → holds
 */
export function decideCounting(local: readonly CountingFound[], seen: number): Verdict {
  const top = Math.max(0, ...local.map(({ graphs }) => graphs))
  const there = local.filter(({ graphs }) => graphs === top).map(shareOf)
  return decide(countingClaim, {
    statement: `${interval(least(there))} of all nodes right with ${readable(top)} graphs, ${SOLVED} asked for`,
    ...atLeast(there, SOLVED),
    hypotheses: [
      hypothesis(`at least ${readable(ENOUGH)} graphs to learn from`, top >= ENOUGH, top),
      trainedEnough(seen),
    ],
  })
}

/**
 * Whether no literal network is above the ceiling of its form on the same graphs.
 *
 * @param ceiling - share of nodes that have the commonest label of their class in their graph
 *
 * @example
 * import { decideLiteralCeiling } from '@nonconvex/structured'
 * console.log(decideLiteralCeiling([{ graphs: 100, accuracy: 0.6, error: 0.01 }], 0.81).status) // → holds
 */
export function decideLiteralCeiling(literal: readonly CountingFound[], ceiling: number): Verdict {
  const best = Math.max(0, ...literal.map(({ accuracy }) => accuracy))
  return decide(literalCeilingClaim, {
    statement: `${readable(best)} of all nodes right at best, ${readable(ceiling)} possible`,
    measured: best,
    relation: '<=',
    bound: ceiling,
    slack: 1e-12,
    ...(literal.length === 0 && { undecided: 'no network' }),
  })
}

/**
 * Whether for each size of which there is a tenth, too, the invariant network with the tenth is
 * better by more than chance.
 *
 * @param seen - as for decideCounting
 *
 * @example
 * import { decideFewerGraphs } from '@nonconvex/structured'
 * const [local, dense] = [0.99, 0.4].map((accuracy) => ({ accuracy, error: 0.01 }))
 * const [few, many] = [[{ ...local, graphs: 100 }], [{ ...dense, graphs: 1000 }]]
 * const verdict = decideFewerGraphs(few, many, 100_000)
 * console.log(verdict.status) // → holds
 */
export function decideFewerGraphs(
  local: readonly CountingFound[],
  dense: readonly CountingFound[],
  seen: number,
): Verdict {
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
  return decide(fewerGraphsClaim, {
    statement: `with a tenth of ${readable(worst?.graphs ?? 0)} graphs ${interval(worst)} more nodes are right, at least`,
    ...atLeast(gains, 0),
    hypotheses: [
      hypothesis('some number of graphs is a tenth of another', gains.length > 0),
      trainedEnough(seen),
    ],
    ...(local.length === 0 && { undecided: 'no network' }),
  })
}

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
 * import { decideDenseGuesses } from '@nonconvex/structured'
 * console.log(decideDenseGuesses([{ graphs: 1000, accuracy: 0.41, error: 0.01 }]).status) // → holds
 */
export function decideDenseGuesses(dense: readonly CountingFound[]): Verdict {
  const there = dense.filter(({ graphs }) => graphs === AT).map(shareOf)
  return decide(denseGuessesClaim, {
    statement: `${interval(most(there))} of all nodes right with ${readable(AT)} graphs, ${GUESSES} allowed`,
    ...atMost(there, GUESSES),
    hypotheses: [
      hypothesis(`a network with ${readable(AT)} graphs to learn from`, there.length > 0),
    ],
    ...(dense.length === 0 && { undecided: 'no network' }),
  })
}

/** How far a network's scores move when nodes are listed, or read, in another order. */
export interface OrderFound {
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
 * import { decideCountingOrder } from '@nonconvex/structured'
 * console.log(decideCountingOrder([{ graphs: 100, moved: 2e-6 }]).status) // → holds
 */
export function decideCountingOrder(networks: readonly OrderFound[]): Verdict {
  const most = Math.max(0, ...networks.map(({ moved }) => moved))
  return decide(countingOrderClaim, {
    statement: `scores of ${counted(networks.length, 'network')} move by ${readable(most)} at most, ${ROUNDING} allowed to rounding`,
    measured: most,
    relation: '<=',
    bound: ROUNDING,
    ...(networks.length === 0 && { undecided: 'no network' }),
  })
}

/**
 * Whether each LSTM network's scores move by more than rounding on some graph that is read in two
 * orders.
 *
 * @example
 * import { decideReadingOrder } from '@nonconvex/structured'
 * console.log(decideReadingOrder([{ graphs: 100, moved: 0.3 }]).status) // → holds
 */
export function decideReadingOrder(networks: readonly OrderFound[]): Verdict {
  const least = Math.min(...networks.map(({ moved }) => moved))
  return decide(readingOrderClaim, {
    statement: `scores of each of ${counted(networks.length, 'network')} move by ${readable(least)} or more on some graph, ${ROUNDING} would be rounding`,
    measured: networks.length === 0 ? 0 : least,
    relation: '>=',
    bound: ROUNDING,
    ...(networks.length === 0 && { undecided: 'no network' }),
  })
}
