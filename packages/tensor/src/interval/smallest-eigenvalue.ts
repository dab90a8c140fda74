import { cholesky } from '../dense/cholesky.js'
import { dotRange } from '../dense/dot.js'
import { eigenSymmetric } from '../eigen.js'
import { matrix } from '../dense/matrix.js'
import { solveCholesky } from '../dense/triangular.js'
import { checkFiniteMatrix } from '../check/arrays.js'
import { ShapeError } from '../check/errors.js'
import type { Matrix } from '../types.js'
import { neg } from './arithmetic.js'
import { EMPTY, ENTIRE, intersect, isBounded, isEmpty, mid, type Interval } from './interval.js'
import { addDown, addUp } from './rounding.js'
import type { IntervalMatrix } from './vector.js'

/** A proved enclosure of the smallest eigenvalue, and a vector that attains its upper bound. */
export interface SmallestEigenvalue {
  /** contains the smallest eigenvalue of every symmetric matrix in a */
  readonly value: Interval
  /** [n], unit length up to rounding: a direction v with vᵀAv ≤ value.hi ‖v‖² for each of them */
  readonly vector: Float64Array
}

/**
 * A ball that contains every symmetric matrix in `a`: each is middle + E with |E_ij| ≤ radius_ij
 * and ‖E‖ ≤ spread.
 */
interface Ball {
  readonly middle: Matrix
  readonly spread: number
}

const U = 2 ** -53
/** Up to this size computing all eigenvalues takes at most a few milliseconds. */
const SMALL = 48
/** The number of times that the shift may be lowered before giving up on a sharp bound. */
const TRIALS = 12
/** The number of times that inverse iteration may move its shift. */
const ROUNDS = 5

/**
 * Encloses the smallest eigenvalue of all symmetric matrices in an interval matrix, by proof:
 *
 *     lower:  λ_min(A) ≥ τ − ‖M − τI − LLᵀ‖ − ‖A − M‖,   M the middle, τ a little below its λ_min, L from Cholesky
 *     upper:  λ_min(A) ≤ vᵀAv / vᵀv,                      v an approximate eigenvector
 *
 * Neither depends on the accuracy of τ, L and v; both residuals are bounded with all rounding. So
 * lo > 0 proves every one of them positive definite, and hi < 0 proves that none is positive
 * semidefinite.
 *
 * @param a - [n, n], n ≥ 1. For a matrix of numbers its symmetric part is used, for a matrix of
 *   intervals the symmetric matrices in it. If there is none, or an entry is EMPTY, the value is
 *   EMPTY; an unbounded entry gives ENTIRE
 * @throws ShapeError if `a` is not square or n = 0; RangeError on a number that is not finite
 *
 * Accuracy: a matrix of numbers gives a width of at most (n² + 12 n√n + 36√n) 2^-53 ‖A‖; intervals
 * add up to twice the largest row sum
 *   of their radii.
 * Cost: all eigenvalues (9 n³) up to n = 48, beyond it three to five Cholesky factors and n³/3 for
 * the residual
 *   (n = 20: 0.12 ms, n = 400: 35 ms).
 * Source: Rump (2006), verification of positive definiteness, with the residual computed instead of
 * estimated.
 *
 * @example
 * import { smallestEigenvalue } from '@nonconvex/tensor/interval'
 * import { matrix } from '@nonconvex/tensor'
 * const { lo, hi } = smallestEigenvalue(matrix(2, 2, [2, 1, 1, 2])).value
 * console.log(lo <= 1 && 1 <= hi, hi - lo < 1e-13) // → true true
 */
export function smallestEigenvalue(a: Matrix | IntervalMatrix): SmallestEigenvalue {
  const n = a.rows
  const ball = isOfNumbers(a) ? ballOfNumbers(a) : ballOfIntervals(a)
  if (!('middle' in ball))
    return { value: ball, vector: Float64Array.from({ length: n }, (_, i) => (i === 0 ? 1 : 0)) }
  const { middle, spread } = ball
  const { value, vector, margin } = approximate(middle)
  const lo = addDown(provedBelow(middle, value, margin), -spread)
  const hi = addUp(rayleighAbove(middle, vector), spread)
  return { value: { lo, hi }, vector }
}

/**
 * Encloses the largest eigenvalue of all symmetric matrices in `a`; otherwise as
 * `smallestEigenvalue`.
 *
 * @example
 * import { largestEigenvalue } from '@nonconvex/tensor/interval'
 * import { matrix } from '@nonconvex/tensor'
 * console.log(largestEigenvalue(matrix(2, 2, [0, 1, 1, 0])).value.lo > 0.999) // → true
 */
export function largestEigenvalue(a: Matrix | IntervalMatrix): SmallestEigenvalue {
  const { rows, cols } = a
  const opposite = isOfNumbers(a)
    ? { rows, cols, data: a.data.map((x) => -x) }
    : { rows, cols, data: a.data.map(neg) }
  const { value, vector } = smallestEigenvalue(opposite)
  return { value: neg(value), vector }
}

function isOfNumbers(a: Matrix | IntervalMatrix): a is Matrix {
  return a.data instanceof Float64Array
}

function checkShape({ rows, cols, data }: Matrix | IntervalMatrix): void {
  if (rows !== cols || data.length !== rows * rows || rows < 1)
    throw new ShapeError(
      `smallestEigenvalue: expected a to be square with n >= 1, got ${rows} × ${cols} and ${data.length} entries`,
    )
}

function ballOfNumbers(a: Matrix): Ball {
  checkShape(a)
  checkFiniteMatrix('smallestEigenvalue', 'a', a)
  const n = a.rows
  const middle = matrix(n, n)
  let symmetric = true
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const [x, y] = [a.data[i * n + j], a.data[j * n + i]]
      symmetric &&= x === y
      middle.data[i * n + j] = middle.data[j * n + i] = x === y ? x : x / 2 + y / 2
    }
  // halving and adding is off by u each, or by 2^-1074 if subnormal
  const spread = symmetric ? 0 : 2 * U * rowSum(middle) + n * 2 ** -1073
  return { middle, spread }
}

/** The ball of the symmetric matrices in `a`, or EMPTY or ENTIRE if there is no bounded ball. */
function ballOfIntervals(a: IntervalMatrix): Ball | Interval {
  checkShape(a)
  const n = a.rows
  const middle = matrix(n, n)
  let spread = 0
  let bounded = true
  for (let i = 0; i < n; i++) {
    let row = 0
    for (let j = 0; j < n; j++) {
      // what a symmetric matrix can have here and at the mirrored place
      const both = intersect(a.data[i * n + j], a.data[j * n + i])
      if (isEmpty(both)) return EMPTY
      bounded &&= isBounded(both)
      const m = mid(both)
      middle.data[i * n + j] = m
      row = addUp(row, Math.max(addUp(both.hi, -m), addUp(m, -both.lo)))
    }
    spread = Math.max(spread, row)
  }
  return bounded ? { middle, spread } : ENTIRE
}

/** The largest row sum of |m|, rounded up. */
function rowSum(m: Matrix): number {
  const n = m.rows
  let most = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += Math.abs(m.data[i * n + j])
    most = Math.max(most, sum)
  }
  return most * (1 + 4 * n * U)
}

/**
 * An approximate smallest eigenpair and the margin below it at which a bound is tried; no proof
 * depends on these numbers.
 */
interface Guess {
  readonly value: number
  readonly vector: Float64Array
  readonly margin: number
}

function approximate(m: Matrix): Guess {
  const n = m.rows
  const largest = m.data.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const scaled = m.data.map((x) => x / (largest || 1))
  const size = largest * Math.sqrt(dotRange(scaled, 0, scaled, 0, n * n))
  const margin = 2 * (n + 2) * U * Math.max(size, 2 ** -900)
  const found = n > SMALL ? inverseIteration(m, margin) : undefined
  if (found) return found
  const { values, vectors } = eigenSymmetric(m, { vectors: true })
  const vector = Float64Array.from({ length: n }, (_, i) => vectors?.data[i * n] ?? 0)
  // the eigen-solver can overflow: then any direction serves
  const usable = vector.every(Number.isFinite) ? vector : unit(new Float64Array(n).fill(1))
  return { value: values[0], vector: usable, margin }
}

/**
 * Inverse iteration for a positive definite matrix. The shift is raised to just below the current
 * estimate until the residual is within the margin; undefined if a shifted matrix is not definite.
 */
function inverseIteration(m: Matrix, margin: number): Guess | undefined {
  const n = m.rows
  // no eigenvector of a matrix that people write down is orthogonal to this one
  let v: Float64Array = Float64Array.from({ length: n }, (_, i) => ((i * 7919 + 13) % 101) - 49.5)
  let shift = 0
  for (let round = 0; round < ROUNDS; round++) {
    const factor = cholesky(lowered(m, shift))
    if (!factor.definite) return undefined
    for (let step = 0; step < 4; step++) v = unit(solveCholesky(factor.l, v))
    const mv = Float64Array.from({ length: n }, (_, i) => dotRange(m.data, i * n, v, 0, n))
    const value = dotRange(v, 0, mv, 0, n)
    const rest = mv.map((x, i) => x - value * v[i])
    const residual = Math.sqrt(dotRange(rest, 0, rest, 0, n))
    if (residual <= margin) return { value, vector: v, margin: 2 * margin }
    shift = value - 2 * residual - margin
  }
  return undefined
}

/** The matrix M − tI, with its diagonal rounded. */
function lowered(m: Matrix, t: number): Matrix {
  const data = Float64Array.from(m.data)
  for (let i = 0; i < m.rows; i++) data[i * (m.rows + 1)] -= t
  return matrix(m.rows, m.rows, data)
}

function unit(v: Float64Array): Float64Array {
  const size = Math.sqrt(dotRange(v, 0, v, 0, v.length))
  return v.map((x) => x / size)
}

/**
 * A proved lower bound of the smallest eigenvalue of the symmetric m, near `value` − `margin` if
 * possible; valid for any `value` and `margin`.
 */
export function provedBelow(m: Matrix, value: number, margin: number): number {
  for (let trial = 0; trial < TRIALS; trial++, margin *= 8) {
    const tau = value - margin
    // numbers near the largest, whose products overflow
    if (!Number.isFinite(tau)) break
    const shifted = lowered(m, tau)
    const factor = cholesky(shifted)
    if (factor.definite) return addDown(tau, -residualNorm(m, shifted.data, tau, factor.l))
  }
  return gershgorin(m)
}

/**
 * An upper bound of ‖M − τI − LLᵀ‖, for any lower triangular L: the largest row sum of the residual
 * as computed, plus a bound on all rounding errors:
 *
 *     γ_{n+1} ‖L‖_F²  ≥ ‖γ_{n+1} |L||Lᵀ|‖ for the products,   2u max(|mᵢᵢ| + |τ|) for the shift,   n² 2^-1073 for underflow
 *
 * with γ_n = nu/(1 − nu); the float64 sums of n numbers ≥ 0 that this itself takes are below their
 * true values by a factor of 1 − γ_{2n} at the least.
 */
function residualNorm(m: Matrix, shifted: Float64Array, tau: number, l: Matrix): number {
  const n = m.rows
  const rows = new Float64Array(n)
  let frobenius = 0
  let diagonal = 0
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dotRange(l.data, i * n, l.data, j * n, j + 1)
      const rest = Math.abs(shifted[i * n + j] - product)
      rows[i] += rest
      if (j < i) rows[j] += rest
      else {
        frobenius += product
        diagonal = Math.max(diagonal, Math.abs(m.data[i * n + j]))
      }
    }
  }
  const gamma = ((n + 1) * U) / (1 - (n + 1) * U)
  const hidden =
    gamma * frobenius * (1 + 4 * gamma) + 2 * U * (diagonal + Math.abs(tau)) + n * n * 2 ** -1073
  return (Math.max(...rows) + hidden) * (1 + 8 * gamma)
}

/** The Gershgorin bound min over i of mᵢᵢ − Σ_{j≠i} |mᵢⱼ| on the smallest eigenvalue. */
function gershgorin(m: Matrix): number {
  const n = m.rows
  let least = Infinity
  for (let i = 0; i < n; i++) {
    let end = m.data[i * n + i]
    for (let j = 0; j < n; j++) if (j !== i) end = addDown(end, -Math.abs(m.data[i * n + j]))
    least = Math.min(least, end)
  }
  return least
}

/**
 * An upper bound of vᵀMv / vᵀv ≥ λ_min(M): as computed, plus γ_{2n+2} |v|ᵀ|M||v| ≤ γ_{2n+2} vᵀv
 * ‖M‖_∞ for the form, and the rounding of vᵀv and of the quotient, which is at most ‖M‖_∞ itself.
 */
function rayleighAbove(m: Matrix, v: Float64Array): number {
  const n = m.rows
  let form = 0
  for (let i = 0; i < n; i++) form += v[i] * dotRange(m.data, i * n, v, 0, n)
  const norm = rowSum(m)
  const gamma = ((4 * n + 8) * U) / (1 - (4 * n + 8) * U)
  return addUp(form / dotRange(v, 0, v, 0, n), 2 * gamma * norm + n * n * 2 ** -1070)
}
