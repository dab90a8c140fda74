import { qr, solveUpper, type Matrix } from '@nonconvex/tensor'

/** A convex combination of rows: its weights and its coordinates. */
export interface HullPoint {
  /** rows with positive weight, at most cols + 1 */
  readonly rows: readonly number[]
  /** positive, of sum 1 */
  readonly weights: readonly number[]
  /** [cols], Σ weights · rows */
  readonly x: Float64Array
  readonly norm: number
  /** smallest x·row over all rows: positive exactly if x separates */
  readonly least: number
  /** how the search ended */
  readonly end: 'separates' | 'zero' | 'stalled'
}

/** A combination of unit rows with a norm below this counts as 0. */
const ZERO = 1e-10
/** The search stops at a separator with this fraction of the largest margin. */
const ENOUGH = 0.5

/**
 * Wolfe's search for the point of least norm in the convex hull of unit rows. It stops as soon as
 * the point separates the rows with at least half of the largest margin, or is 0.
 *
 * The weights on the active rows come from the QR factorization of [Pᵀ; 1ᵀ]; the normal equations
 * would lose half of the digits, too many to distinguish a small margin from 0.
 *
 * @param p - [n, cols], unit rows, n ≥ 1
 * @param rounds - largest number of rows that are added before the search counts as stalled Cost:
 *   O(n cols) a round, and O(cols³); usually some tens of rounds. Source: Wolfe (1976).
 */
export function nearestPoint(p: Matrix, rounds: number): HullPoint {
  let rows = [0]
  let weights = [1]
  for (let round = 0; ; round++) {
    const x = combine(p, rows, weights)
    const norm = Math.sqrt(product(x, x))
    const { at, least } = smallest(p, x)
    const found = (end: HullPoint['end']): HullPoint => ({ rows, weights, x, norm, least, end })
    if (norm <= ZERO) return found('zero')
    if (least >= ENOUGH * norm * norm) return found('separates')
    if (round === rounds || rows.includes(at) || rows.length > p.cols)
      return found(least > 0 ? 'separates' : 'stalled')
    ;({ rows, weights } = settle(p, [...rows, at], [...weights, 0]))
  }
}

/**
 * Moves the weights to the affine minimum on these rows, dropping rows whose weight would become
 * negative.
 */
function settle(
  p: Matrix,
  rows: number[],
  weights: number[],
): { rows: number[]; weights: number[] } {
  while (rows.length > 1) {
    const target = affineMinimum(p, rows)
    if (target === undefined) break
    if (target.every((t) => t > 1e-15)) return { rows, weights: target }
    let step = 1
    target.forEach((t, i) => {
      if (t <= 1e-15) step = Math.min(step, weights[i] / (weights[i] - t))
    })
    const moved = weights.map((w, i) => w + step * (target[i] - w))
    const least = Math.min(...moved)
    const keep = moved.map((w) => w > Math.max(1e-15, least))
    rows = rows.filter((_, i) => keep[i])
    const kept = moved.filter((_, i) => keep[i])
    const total = kept.reduce((a, b) => a + b, 0)
    weights = kept.map((w) => w / total)
  }
  return { rows, weights }
}

/**
 * The weights of sum 1 that minimize ‖Σ λ_i p_i‖: λ ∝ (P Pᵀ + 11ᵀ)⁻¹ 1. Undefined if the rows are
 * linearly dependent.
 */
function affineMinimum(p: Matrix, rows: readonly number[]): number[] | undefined {
  const n = rows.length
  const data = new Float64Array((p.cols + 1) * n)
  rows.forEach((row, j) => {
    for (let i = 0; i < p.cols; i++) data[i * n + j] = p.data[row * p.cols + i]
    data[p.cols * n + j] = 1
  })
  if (n > p.cols + 1) return undefined
  const { q, r } = qr({ rows: p.cols + 1, cols: n, data })
  for (let j = 0; j < n; j++) if (r.data[j * n + j] < 1e-15) return undefined
  const last = q.data.subarray(p.cols * n, (p.cols + 1) * n)
  const u = solveUpper(r, last)
  const total = u.reduce((a, b) => a + b, 0)
  return Array.from(u, (x) => x / total)
}

function combine(p: Matrix, rows: readonly number[], weights: readonly number[]): Float64Array {
  const x = new Float64Array(p.cols)
  rows.forEach((row, j) => {
    for (let i = 0; i < p.cols; i++) x[i] += weights[j] * p.data[row * p.cols + i]
  })
  return x
}

function smallest(p: Matrix, x: Float64Array): { at: number; least: number } {
  let at = 0
  let least = Infinity
  for (let row = 0; row < p.rows; row++) {
    let dot = 0
    for (let i = 0; i < p.cols; i++) dot += p.data[row * p.cols + i] * x[i]
    if (dot < least) [at, least] = [row, dot]
  }
  return { at, least }
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
