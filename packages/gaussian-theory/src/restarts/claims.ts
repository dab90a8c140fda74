import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { overlapHypotheses } from '../overlap/claims.js'
import type { OverlapShape } from '../overlap/smoothness.js'
import type { RestartReport } from './overlap-restarts.js'
import {
  BEYOND,
  halfOf,
  jointSquare,
  pooledDifference,
  ratesAgree,
  usedUp,
  type RatesCompared,
} from './compare-rates.js'
import { REFERENCE_STEPS } from './reference-rates.js'

const talk = 'Gaussian Inputs: random initialization with overlap'

/** The fields of a report on which the claims depend. */
export type RestartFound = Pick<RestartReport, 'starts' | 'global' | 'rate' | 'teachers'>

/**
 * Smaller eigenvalues cannot be distinguished from 0 at end points that are known to 1e-9 in the
 * gradient.
 */
const FLAT = 1e-7
/**
 * The fraction of initializations that must reach the global minimum; an initialization near the
 * ray of the saddle takes (k − 1)/φ₀ steps to leave it.
 */
const ARRIVE = 0.99

/**
 * Whether no initialization ended at a strict local minimum that is not global, where patches share
 * no coordinate.
 *
 * A run may end near the degenerate saddle, or reach the step limit there; the claim then holds if
 * at least 99 % of all initializations reach the global minimum.
 */
export const neverStuck = claim(
  'gaussian/no-overlap-never-stuck',
  'Without overlap no random initialization leads to a spurious local minimum',
  'float64',
  { talk, ours: 'the saddle attracts a set of initializations of measure zero' },
  ({ shape, found }: { readonly shape: OverlapShape; readonly found: RestartFound }) => {
    const trapped = found.teachers
      .flatMap((t) => t.clusters)
      .reduce((sum, c) => sum + (c.smallestEigenvalue > FLAT ? c.count : 0), 0)
    const under = found.starts - found.global - trapped
    const way = under > 0 ? `, ${readable(under)} were still near the saddle` : ''
    return {
      statement: `${readable(trapped)} of ${readable(found.starts)} runs ended at a spurious local minimum; ${readable(found.global)} reached the global minimum${way}`,
      measured: trapped,
      relation: '<=',
      bound: 0,
      hypotheses: [
        hypothesis('filter length m ≥ 2', shape.m >= 2, shape.m),
        hypothesis(
          'patches share no coordinate, m/stride ≤ 1',
          shape.m <= shape.stride,
          shape.m / shape.stride,
        ),
      ],
      ...(trapped === 0 &&
        found.rate < ARRIVE && {
          undecided: `fewer than ${100 * ARRIVE} % of the runs reached the global minimum`,
        }),
    }
  },
)

/**
 * Whether each cluster of end points of failed runs lies at a point with a positive definite
 * Hessian.
 */
export const stuckAtMinima = claim(
  'gaussian/stuck-at-minima',
  'Random restarts that miss the global minimum end at strict local minima',
  'float64',
  { ours: 'Hessian at the end points; a certifier adds a radius' },
  ({ shape, found }: { readonly shape: OverlapShape; readonly found: RestartFound }) => {
    const clusters = found.teachers.flatMap((t) => t.clusters)
    const least = Math.min(...clusters.map((c) => c.smallestEigenvalue))
    const flat = clusters.filter((c) => Math.abs(c.smallestEigenvalue) <= FLAT).length
    return {
      statement: `${readable(clusters.length)} points where runs failed; smallest eigenvalue ${readable(least)}`,
      measured: least,
      relation: '>=',
      bound: 0,
      hypotheses: overlapHypotheses(shape),
      ...(clusters.length === 0 && { undecided: 'no run failed' }),
      ...(flat > 0 && { undecided: `${readable(flat)} with an eigenvalue of 0 up to rounding` }),
    }
  },
)

/** The options of the runs. */
export interface RatesSetting {
  /** ηL */
  readonly step: number
  readonly maxSteps: number
}

/**
 * Whether all success rates agree with those of the table within the joint intervals, and so do the
 * mean difference of the random teachers (`pooledDifference`) and the sum of all squares
 * (`jointSquare`).
 *
 * At least one of n intervals of 3.5 standard errors, that of the mean included, misses with
 * probability at most n · 4.7e-4 (Bonferroni; the success rates of a network's teachers are taken
 * as approximately normal): the confidence is 1 minus that.
 *
 * @param compared - of all networks, from `compareRates`
 */
export const restartRates = claim(
  'gaussian/restart-shares',
  'The success rates of random restarts agree with those of an independent implementation',
  'statistical',
  {
    ours: 'a table of 18 networks by another program; teachers and initializations are random in both',
  },
  ({
    compared,
    setting: { step, maxSteps },
  }: {
    readonly compared: readonly RatesCompared[]
    readonly setting: RatesSetting
  }) => {
    const off = compared.filter((each) => !ratesAgree(each))
    const n = compared.length
    const pooled = pooledDifference(compared)
    const pooledOff = pooled !== undefined && !ratesAgree(pooled)
    const squares = jointSquare(compared)
    const squaresOff = squares !== undefined && !(squares.sum <= squares.bound)
    const worst = compared.reduce<RatesCompared | undefined>(
      (a, b) => (a && usedUp(a) >= usedUp(b) ? a : b),
      undefined,
    )
    return {
      statement: [
        `${readable(n - off.length)} of ${readable(n)} success rates agree with the table within the joint interval`,
        ...(worst ? [`farthest off: ${described(worst)}`] : []),
        ...(pooled
          ? [
              `random teachers of all networks: mean difference ${readable(pooled.difference, 2)}, ±${readable(halfOf(pooled), 2)} allowed`,
            ]
          : []),
        ...(squares
          ? [
              `squares of ${readable(squares.terms)} differences in standard deviations: sum ${readable(squares.sum, 3)}, at most ${readable(squares.bound, 3)} allowed`,
            ]
          : []),
        ...(n > 0 ? [`widest interval ±${readable(Math.max(...compared.map(halfOf)), 2)}`] : []),
      ].join('; '),
      measured: off.length + (pooledOff ? 1 : 0) + (squaresOff ? 1 : 0),
      relation: '<=',
      bound: 0,
      confidence: 1 - Math.max(1, n + (pooled ? 1 : 0) + (squares ? 1 : 0)) * BEYOND,
      hypotheses: [
        hypothesis('networks of the table', n > 0, n),
        hypothesis('step size η = 1/L, as in the table', step === 1, step),
        hypothesis('as many steps as in the table', maxSteps >= REFERENCE_STEPS, maxSteps),
      ],
      witness: {
        off: off.map((each) => ({ ...each, shape: { ...each.shape } })),
        ...(pooledOff && { pooled: { ...pooled } }),
        ...(squaresOff && { squares: { ...squares } }),
      },
    }
  },
)

function described({ shape: { m, stride, k }, of, ...c }: RatesCompared): string {
  const name = `m = ${m}, stride ${stride}, k = ${k}${of === 'alternating' ? ', alternating teacher' : ''}`
  const { rate: here, reference: there } = c
  return `${name}, ${readable(here, 3)} for ${readable(there, 3)}, ±${readable(halfOf(c), 2)}`
}
