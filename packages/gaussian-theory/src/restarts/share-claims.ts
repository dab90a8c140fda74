import { decide, hypothesis, readable } from '@nonconvex/optim/claims'
import type { Claim, Verdict } from '@nonconvex/optim/claims'
import type { OverlapShape } from '../overlap/smoothness.js'
import {
  REFERENCE_ALTERNATING,
  REFERENCE_STEPS,
  referenceOf,
  referenceTeachers,
} from './reference-shares.js'
import { clusteredDifference, shareDifference } from './share-difference.js'
import type { Counted, ShareDifference } from './share-difference.js'

export const restartSharesClaim: Claim = {
  id: 'gaussian/restart-shares',
  title: 'The shares of lucky starts are those of a separate measurement',
  rigor: 'statistical',
  source: {
    ours: 'a table of 18 networks by another program; teachers and starts are random in both',
  },
}

/** What random starts of one network did. */
export interface SharesFound {
  readonly shape: OverlapShape
  /** share of each random teacher; empty if none was run */
  readonly teachers: readonly number[]
  /** starts of the alternating teacher; undefined if none was run */
  readonly alternating: Counted | undefined
}

/** A share beside the one of the table. */
export interface SharesCompared extends ShareDifference {
  readonly shape: OverlapShape
  readonly of: 'random' | 'alternating'
  readonly share: number
  readonly reference: number
}

/** Standard errors that the intervals reach to either side, and how often a normal number is farther off. */
const Z = 3.5
const BEYOND = 4.66e-4

/**
 * The shares of a network beside those of `referenceShares`; none if the table does not have it.
 *
 * For random teachers the teacher is what is drawn, see `clusteredDifference`; for the alternating one only the starts
 * are, see `shareDifference`. Intervals of 3.5 standard errors.
 *
 * @throws as these two
 *
 * @example
 * import { compareShares } from '@nonconvex/gaussian-theory'
 * const found = { teachers: [], alternating: { successes: 230, n: 400 } }
 * const [compared] = compareShares({ shape: { m: 2, k: 2, stride: 1 }, ...found })
 * console.log(compared.difference.toFixed(4)) // → 0.0125
 */
export function compareShares({ shape, teachers, alternating }: SharesFound): SharesCompared[] {
  const row = referenceOf(shape)
  if (!row) return []
  const compared: SharesCompared[] = []
  if (teachers.length > 0) {
    const share = teachers.reduce((sum, x) => sum + x, 0) / teachers.length
    const difference = clusteredDifference(teachers, referenceTeachers(row), Z)
    compared.push({ shape, of: 'random', share, reference: row.share, ...difference })
  }
  if (alternating) {
    const successes = Math.round(row.alternating * REFERENCE_ALTERNATING)
    const there = { successes, n: REFERENCE_ALTERNATING }
    compared.push({
      ...{ shape, of: 'alternating', share: alternating.successes / alternating.n },
      ...{ reference: row.alternating, ...shareDifference(alternating, there, Z) },
    })
  }
  return compared
}

/** Whether 0 lies in the interval of the difference. */
export function sharesAgree({ low, high }: ShareDifference): boolean {
  return low <= 0 && high >= 0
}

/**
 * The mean difference over all networks with random teachers, and how far it may be from 0 if the teachers of both
 * programs were drawn from the same law:
 *
 *     |Σ_r d_r / R| ≤ √(Σ_r h_r²) / R,   h_r = 3.5 standard deviations of d_r when the teachers of row r are dealt anew
 *
 * The rows are independent, so their variances add. A difference of one sign in every row, too small for each of them,
 * shows here: the interval is about √R times narrower than those of the rows.
 *
 * @param compared - of all networks, from `compareShares`; those of alternating teachers are left out
 * @returns undefined with less than two rows, where it says nothing new
 *
 * @example
 * import { compareShares, pooledDifference } from '@nonconvex/gaussian-theory'
 * const found = { teachers: [1, 1, 1, 1, 1], alternating: undefined }
 * const shapes = [4, 8, 16].map((k) => ({ m: 4, k, stride: 1 }))
 * const pooled = pooledDifference(shapes.flatMap((shape) => compareShares({ shape, ...found })))
 * console.log(pooled?.difference.toFixed(4)) // → 0.1527
 */
export function pooledDifference(compared: readonly SharesCompared[]): ShareDifference | undefined {
  const rows = compared.filter(({ of }) => of === 'random')
  if (rows.length < 2) return undefined
  const difference = rows.reduce((sum, each) => sum + each.difference, 0) / rows.length
  const square = rows.reduce((sum, { low, high }) => sum + ((high - low) / 2) ** 2, 0)
  const half = Math.sqrt(square) / rows.length
  return { difference, low: difference - half, high: difference + half }
}

/** How the starts were run. */
export interface SharesSetting {
  /** ηL */
  readonly step: number
  readonly maxSteps: number
}

/**
 * Whether all shares agree with those of the table within the joint intervals, and so does the mean difference of the
 * random teachers (`pooledDifference`).
 *
 * Of n intervals, that one among them, of 3.5 standard errors at least one misses with probability n · 4.7e-4 at most (Bonferroni; the shares
 * of a network's teachers are taken as approximately normal): the confidence is 1 less that.
 *
 * @param compared - of all networks, from `compareShares`
 */
export function decideRestartShares(
  compared: readonly SharesCompared[],
  { step, maxSteps }: SharesSetting,
): Verdict {
  const off = compared.filter((each) => !sharesAgree(each))
  const n = compared.length
  const pooled = pooledDifference(compared)
  const pooledOff = pooled !== undefined && !sharesAgree(pooled)
  const worst = compared.reduce<SharesCompared | undefined>(
    (a, b) => (a && share(a) >= share(b) ? a : b),
    undefined,
  )
  return decide(restartSharesClaim, {
    statement: [
      `${readable(n - off.length)} of ${readable(n)} shares agree with the table within the joint interval`,
      ...(worst ? [`farthest off: ${described(worst)}`] : []),
      ...(pooled
        ? [
            `random teachers of all networks: mean difference ${readable(pooled.difference, 2)}, ±${readable(halfOf(pooled), 2)} allowed`,
          ]
        : []),
      ...(n > 0 ? [`widest interval ±${readable(Math.max(...compared.map(halfOf)), 2)}`] : []),
    ].join('; '),
    measured: off.length + (pooledOff ? 1 : 0),
    relation: '<=',
    bound: 0,
    confidence: 1 - Math.max(1, n + (pooled ? 1 : 0)) * BEYOND,
    hypotheses: [
      hypothesis('networks of the table', n > 0, n),
      hypothesis('step size η = 1/L, as in the table', step === 1, step),
      hypothesis('as many steps as in the table', maxSteps >= REFERENCE_STEPS, maxSteps),
    ],
    witness: {
      off: off.map((each) => ({ ...each, shape: { ...each.shape } })),
      ...(pooledOff && { pooled: { ...pooled } }),
    },
  })
}

/** Half of the interval, on the side of 0. */
function halfOf({ difference, low, high }: ShareDifference): number {
  return difference > 0 ? difference - low : high - difference
}

/** How much of its interval a difference uses up: above 1 it is refused. */
function share(compared: ShareDifference): number {
  const { difference } = compared
  return difference === 0 ? 0 : Math.abs(difference) / halfOf(compared)
}

function described({ shape: { m, stride, k }, of, ...c }: SharesCompared): string {
  const name = `m = ${m}, stride ${stride}, k = ${k}${of === 'alternating' ? ', alternating teacher' : ''}`
  const { share: here, reference: there } = c
  return `${name}, ${readable(here, 3)} for ${readable(there, 3)}, ±${readable(halfOf(c), 2)}`
}
