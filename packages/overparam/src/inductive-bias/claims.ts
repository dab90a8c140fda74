import { claim, counted, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import { cutOff, most, nothing } from '../claims/facts.js'
import type { SgdStatus } from '../sgd/outcome.js'
import { source } from '../source.js'

/** The facts of a trained network for the claims on the inductive bias. */
export interface BiasFacts {
  /** its name in statements: 'r = 1, data 2' */
  readonly name: string
  readonly alpha: number
  readonly k: number
  readonly status: SgdStatus
  readonly separable: boolean
  /** distinct examples that were updated */
  readonly distinct: number
  /** of the function on new points, see `linearity` */
  readonly test: { readonly r2: number; readonly disagree: number }
  /** of W_t − W_0 */
  readonly change: { readonly offRankOne: number; readonly nuclear: number }
  /** least y N(x) on the training set */
  readonly least: number
  /**
   * trace norm of the smallest change along the max-margin separator that reaches `least`; null
   * without a separator
   */
  readonly rankOne: number | null
  /**
   * test errors of the network, of the linear function nearest to it, and of the max-margin
   * separator
   */
  readonly error: number
  readonly ruleError: number
  readonly marginError: number | null
}

/** A function is partly linear if its r² is at least this. */
const PARTLY = 0.8
const NEARLY = 0.95
/**
 * Fraction of test points on which network and linear function may differ for the network to count as
 * near-linear.
 */
const DIFFER = 0.01

/**
 * Classifies the linearity of a function: near-linear if r² ≥ 0.95 and its sign differs from that
 * of the nearest linear function on at most 1 % of the points, partly linear if r² ≥ 0.8.
 *
 * @example
 * import { linearityKind } from '@nonconvex/overparam/inductive-bias'
 * console.log(linearityKind({ r2: 0.97, disagree: 0.02 })) // → partly linear
 */
export function linearityKind(test: {
  readonly r2: number
  readonly disagree: number
}): 'near-linear' | 'partly linear' | 'non-linear' {
  if (test.r2 >= NEARLY && test.disagree <= DIFFER) return 'near-linear'
  return test.r2 >= PARTLY ? 'partly linear' : 'non-linear'
}

const hypothesesOf = (nets: readonly BiasFacts[]): readonly Hypothesis[] => [
  hypothesis(
    'a separator through the origin exists',
    nets.every(({ separable }) => separable),
  ),
  hypothesis(
    'the leaky ReLU slope α is in (0, 1]',
    nets.every(({ alpha }) => alpha > 0),
  ),
]

/**
 * The nearest linear function explains at least 80 % of the energy of the outputs on new points: r²
 * ≥ 0.8.
 */
export const likesLinear = claim(
  'overparam/likes-linear',
  'SGD on separable data converges to an approximately linear function',
  'float64',
  { ...source, theorem: 'SGD likes linear networks', ours: 'how linear, as a number' },
  (nets: readonly BiasFacts[]) => {
    if (nets.length === 0) return nothing('runs')
    const worst = most(nets, ({ test }) => -test.r2)
    const { r2 } = worst.test
    const near = nets.filter(({ test }) => linearityKind(test) === 'near-linear').length
    return {
      statement: `the nearest linear function has ${readable(100 * r2, 3)} % of the energy of the outputs on new points at least, with ${worst.name}; ${readable(near)} of ${counted(nets.length, 'run')} are near-linear (95 %, and other signs on at most 1 %)`,
      measured: r2,
      relation: '>=',
      bound: PARTLY,
      hypotheses: hypothesesOf(nets),
      ...(r2 >= PARTLY && cutOff(nets)),
    }
  },
)

/** Above this α the non-linearity is too small to be distinguished from rounding. */
const BENT = 0.999
/**
 * Relative distances to rank 1 below this may be rounding errors, since singular values are
 * accurate to 1e-7 of the largest.
 */
const ROUNDING = 1e-6

/**
 * For α < 1 the rank of W_t − W_0 exceeds 1 in every run, although rank 1 suffices: along a
 * separator every margin grows without bound, from any initialization. For α = 1 all slopes are
 * equal, each update changes the rows in the same proportion, and the rank is 1.
 */
export const rankNotLeast = claim(
  'overparam/rank-not-least',
  'SGD with α < 1 does not find the change of least rank: the rank of W − W₀ exceeds 1, although a change of rank 1 fits the data',
  'float64',
  {
    ...source,
    theorem: 'open: minimal rank or trace norm?',
    ours: 'the change of rank 1',
  },
  (nets: readonly BiasFacts[]) => {
    if (nets.length === 0) return nothing('runs')
    const bent = nets.filter(({ alpha }) => alpha <= BENT)
    const straight = nets.filter(({ alpha }) => alpha === 1)
    const judged = bent.length > 0 ? bent : nets
    const closest = most(judged, ({ change }) => -change.offRankOne)
    const distance = closest.change.offRankOne
    const ones = straight.filter(({ change }) => change.offRankOne < ROUNDING).length
    return {
      statement: `in ${counted(judged.length, 'run')} W − W₀ is at least ${readable(100 * distance, 3)} % of its norm away from every matrix of rank 1 (${closest.name})${straight.length > 0 ? `; with α = 1 it is of rank 1 in ${readable(ones)} of ${counted(straight.length, 'run')}` : ''}`,
      measured: distance,
      relation: '>=',
      bound: ROUNDING,
      hypotheses: [
        ...hypothesesOf(judged),
        hypothesis(
          'the units are non-linear: the leaky ReLU slope α is at most 0.999',
          bent.length > 0,
        ),
        hypothesis(
          'at least two examples were updated',
          judged.every(({ distinct }) => distinct >= 2),
        ),
      ],
      ...(distance >= ROUNDING && cutOff(nets)),
    }
  },
)

/**
 * The ratio of the trace norm ‖W_t − W_0‖_* to that of the smallest change along the max-margin
 * separator that reaches the same smallest margin; null if there is no such change.
 */
export const traceNormRatio = (
  net: Pick<BiasFacts, 'rankOne' | 'least' | 'change'>,
): number | null =>
  net.rankOne === null || !(net.rankOne > 0 && net.least > 0)
    ? null
    : net.change.nuclear / net.rankOne

/**
 * In every run a rank-1 change of the same W₀ with a smaller trace norm reaches the same smallest
 * margin.
 */
export const traceNormNotLeast = claim(
  'overparam/trace-norm-not-least',
  'SGD does not minimize the trace norm of W − W₀: a rank-1 change with the same smallest margin has a smaller one',
  'float64',
  {
    ...source,
    theorem: 'open: minimal rank or trace norm?',
    ours: 'the change of rank 1',
  },
  (nets: readonly BiasFacts[]) => {
    const compared = nets.flatMap((net) => {
      const ratio = traceNormRatio(net)
      return ratio === null ? [] : [{ ...net, ratio }]
    })
    const hypotheses = hypothesesOf(nets)
    if (compared.length === 0)
      return {
        statement: `${counted(nets.length, 'run')}, none with a separator that fits`,
        hypotheses: nets.length > 0 ? hypotheses : [],
        undecided: 'there is nothing to compare',
      }
    const closest = most(compared, ({ ratio }) => -ratio)
    const largest = Math.max(...compared.map(({ ratio }) => ratio))
    return {
      statement: `the trace norm of W − W₀ is ${readable(closest.ratio, 3)} (${closest.name}) to ${readable(largest, 3)} times that of a change of rank 1 from the same initialization to the same smallest margin, in ${counted(compared.length, 'run')}`,
      measured: closest.ratio,
      relation: '>=',
      bound: 1,
      hypotheses,
      ...(closest.ratio >= 1 && cutOff(nets)),
    }
  },
)

/** A network counts as wide from this width k on. */
const WIDE = 10

/**
 * On digits each wide network (k ≥ 10) has a smaller test error than the nearest linear function
 * and the max-margin separator.
 */
export const beyondLinear = claim(
  'overparam/beyond-linear',
  'On handwritten digits networks of width k ≥ 10 have a smaller test error than linear classifiers',
  'float64',
  { ...source, ours: 'what is not linear in the function matters' },
  (nets: readonly BiasFacts[]) => {
    const wide = nets.filter(({ k }) => k >= WIDE)
    if (wide.length === 0) return nothing('runs')
    const linear = (net: BiasFacts): number => Math.min(net.ruleError, net.marginError ?? 1)
    const gain = (net: BiasFacts): number => linear(net) - net.error
    const worst = most(wide, (net) => -gain(net))
    const percent = (value: number): string => `${readable(100 * value, 3)} %`
    return {
      statement: `closest with ${worst.name}: test error ${percent(worst.error)}, ${percent(linear(worst))} for the better of two linear rules`,
      measured: worst.error,
      relation: '<=',
      bound: linear(worst),
      hypotheses: hypothesesOf(wide),
      ...(gain(worst) >= 0 && cutOff(wide)),
    }
  },
)
