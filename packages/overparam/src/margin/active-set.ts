import { CholeskySet } from './cholesky-set.js'
import { marginInterval } from './interval.js'
import { addRowInto, signedDot, type SignedRows } from './signed-rows.js'

/** Squared pivots below this fraction of the diagonal count as linear dependence. */
const DEPENDENT = 1e-12
/** The number of rows that are added at once as long as this makes progress. */
const BATCH = 16
/**
 * The number of rounds without any gain after which only rounding errors remain, so that rows would
 * be added and dropped forever.
 */
const STALLED = 30
/** A convex combination with a norm of at most this, relative to R, counts as zero. */
export const ZERO = 1e-9

export interface ActiveSetResult {
  /**
   * 'optimal': the gap is closed; 'zero': Σλ_i a_i vanishes relative to R; 'open': the budget is
   * exhausted
   */
  readonly end: 'optimal' | 'zero' | 'open'
  readonly lambda: Float64Array
}

/**
 * Computes the point of least norm in the convex hull of the rows by non-negative least squares
 * (Lawson–Hanson):
 *
 *     minimize ‖Σ λ_i a_i‖² + (1 − Σλ_i)²  over λ ≥ 0;   λ/Σλ is the point's weights
 *
 * since for fixed Σλ only the norm of the mean matters. It terminates, exact up to rounding, with a
 * support of at most d + 1 rows. The Gram matrix of the support is kept as a Cholesky factor.
 *
 * @param a - the rows
 * @param options - start (any λ ≥ 0), gap (relative, of the margin interval), rounds (budget of
 *   additions), most (size of the support, default d + 1)
 * @returns 'open' also where rounding allows no further gain: rows closer to each other than about
 *   1e-6 R
 *
 * Cost: per addition one product with all rows and O(p²), p the size of the support.
 * Source: Lawson & Hanson (1974), chapter 23; the link to the hull is ours.
 */
export function activeSet(
  a: SignedRows,
  options: {
    readonly start: Float64Array
    readonly gap: number
    readonly rounds: number
    readonly most?: number
  },
): ActiveSetResult {
  const scale = scaleOf(a)
  const set = new CholeskySet(Math.min(a.rows, a.cols + 1, options.most ?? Infinity))
  const lambda = new Float64Array(a.rows)
  const dense = new Float64Array(a.cols)
  const refused = new Set<number>()
  const add = (i: number): boolean => {
    dense.fill(0)
    addRowInto(dense, 1, a, i)
    const gram = Float64Array.from(set.members, (m) => signedDot(a, m, dense) / scale + 1)
    return set.add(i, gram, a.norms2[i] / scale + 1, DEPENDENT)
  }
  const first = Array.from(options.start.keys()).filter((i) => options.start[i] > 0)
  first.sort((i, j) => options.start[j] - options.start[i])
  for (const i of first) if (add(i)) lambda[i] = options.start[i]
  normalize(lambda)
  let batch = BATCH
  let before = 0
  let [most, least] = [0, Infinity]
  let stalled = 0
  for (let round = 0; round <= options.rounds; round++) {
    settleInto(lambda, set)
    // at a solution the objective is 1 − Σλ: without a gain, rows were added only to be dropped
    // again
    const total = lambda.reduce((sum, value) => sum + value, 0)
    batch = total > before ? Math.min(BATCH, 2 * batch) : 1
    before = total
    const violated = new Smallest(batch)
    const { lo, hi } = marginInterval(a, lambda, (i, product) => {
      if (lambda[i] === 0 && !refused.has(i)) violated.offer(i, product)
    })
    if (set.members.length > 0 && hi <= ZERO * Math.sqrt(scale)) return { end: 'zero', lambda }
    if (lo > 0 && hi - lo <= options.gap * hi) return { end: 'optimal', lambda }
    // near the origin the norm still falls where the objective, 1 up to rounding, cannot rise any
    // more
    stalled = total > most || hi < least ? 0 : stalled + 1
    most = Math.max(most, total)
    least = Math.min(least, hi)
    if (violated.items.length === 0 || stalled === STALLED) return { end: 'open', lambda }
    for (const i of violated.items) {
      if (add(i)) refused.clear()
      else refused.add(i)
    }
  }
  return { end: 'open', lambda }
}

const scaleOf = (a: SignedRows): number => a.norms2.reduce((most, norm) => Math.max(most, norm), 0)

function normalize(lambda: Float64Array): void {
  const total = lambda.reduce((sum, value) => sum + value, 0)
  if (total > 0) for (let i = 0; i < lambda.length; i++) lambda[i] /= total
}

/**
 * Moves λ to the unconstrained solution on the active set, dropping members whose weight would
 * become negative on the way.
 */
function settleInto(lambda: Float64Array, set: CholeskySet): void {
  while (set.members.length > 0) {
    const z = set.solveOnes()
    let step = 1
    set.members.forEach((m, p) => {
      if (z[p] <= 0) step = Math.min(step, lambda[m] / (lambda[m] - z[p]))
    })
    set.members.forEach((m, p) => {
      lambda[m] = step === 1 && z[p] > 0 ? z[p] : lambda[m] + step * (z[p] - lambda[m])
    })
    if (z.every((value) => value > 0)) return
    for (let p = set.members.length - 1; p >= 0; p--) {
      const m = set.members[p]
      if (z[p] > 0 || lambda[m] > 1e-14) continue
      lambda[m] = 0
      set.removeAt(p)
    }
  }
}

/** Collects the rows with the smallest products, in ascending order. */
class Smallest {
  readonly items: number[] = []
  private readonly values: number[] = []
  private readonly size: number

  constructor(size: number) {
    this.size = size
  }

  offer(i: number, value: number): void {
    const full = this.items.length === this.size
    if (full && value >= this.values[this.size - 1]) return
    let at = full ? this.size - 1 : this.items.length
    for (; at > 0 && this.values[at - 1] > value; at--) {
      this.values[at] = this.values[at - 1]
      this.items[at] = this.items[at - 1]
    }
    this.values[at] = value
    this.items[at] = i
  }
}
