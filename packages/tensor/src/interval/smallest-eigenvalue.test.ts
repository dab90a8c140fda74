import { describe, expect, it } from 'vitest'
import { exact } from '../../test/rationals.js'
import { ShapeError } from '../check/errors.js'
import { gemm, matrix, qr, type Matrix, stream, type Stream } from '../index.js'
import {
  contains,
  EMPTY,
  ENTIRE,
  interval,
  intervalMatrix,
  largestEigenvalue,
  smallestEigenvalue,
  type IntervalMatrix,
} from './index.js'
import { below } from './rounding.js'
import { provedBelow } from './smallest-eigenvalue.js'

/**
 * Q diag(values) Qᵀ with a random rotation Q: its eigenvalues are the given ones up to some 1e-15
 * of the largest.
 */
function withSpectrum(s: Stream, values: readonly number[]): Matrix {
  const n = values.length
  const { q } = qr(matrix(n, n, s.normalInto(new Float64Array(n * n))))
  const scaled = matrix(
    n,
    n,
    Float64Array.from(q.data, (x, at) => x * values[at % n]),
  )
  const a = gemm(scaled, q, { transposeB: true })
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a.data[i * n + j] = a.data[j * n + i]
  return a
}

/** Sign of det(A − tI) for A, t of float64, exactly, by Bareiss's integer elimination. */
function signOfShiftedDeterminant(a: Matrix, t: number): number {
  const n = a.rows
  const m = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => exact(a.data[i * n + j]) - (i === j ? exact(t) : 0n)),
  )
  let previous = 1n
  for (let k = 0; k < n - 1; k++) {
    if (m[k][k] === 0n) return 0
    for (let i = k + 1; i < n; i++)
      for (let j = k + 1; j < n; j++) m[i][j] = (m[i][j] * m[k][k] - m[i][k] * m[k][j]) / previous
    previous = m[k][k]
  }
  const determinant = m[n - 1][n - 1]
  return determinant > 0n ? 1 : determinant < 0n ? -1 : 0
}

/** Whether A − tI is positive definite, exactly: all leading minors positive. */
function isDefinite(a: Matrix, t: number): boolean {
  const n = a.rows
  for (let k = 1; k <= n; k++) {
    const leading = matrix(
      k,
      k,
      Float64Array.from({ length: k * k }, (_, at) => a.data[Math.floor(at / k) * n + (at % k)]),
    )
    if (signOfShiftedDeterminant(leading, t) !== 1) return false
  }
  return true
}

/** Width that the docstring promises, for ‖A‖ = 1. */
const budget = (n: number) => (n * n + (12 * n + 36) * Math.sqrt(n)) * 2 ** -53

describe('smallestEigenvalue of numbers', () => {
  it('is enclosed: A − lo I is positive definite and A − hi I is not, by exact minors', () => {
    const s = stream(1).child('exact')
    for (let i = 0; i < 300; i++) {
      const n = 1 + s.integer(5)
      const scale = 2 ** (s.integer(41) - 20)
      const spectrum = Array.from({ length: n }, () => scale * s.normal())
      // clusters and zeros too
      if (n > 1 && i % 3 === 0) spectrum[1] = spectrum[0]
      if (i % 5 === 0) spectrum[0] = 0
      const a = withSpectrum(s, spectrum)
      const { lo, hi } = smallestEigenvalue(a).value
      expect(isDefinite(a, lo)).toBe(true)
      expect(isDefinite(a, hi + Number.MIN_VALUE)).toBe(false)
      const size = Math.max(...spectrum.map(Math.abs))
      expect(hi - lo).toBeLessThanOrEqual(budget(n) * Math.max(size, 2 ** -800))
    }
  })

  it('never certifies a matrix that is not positive definite, 1,000 times near the boundary', () => {
    const s = stream(1).child('border')
    for (let i = 0; i < 1000; i++) {
      const n = 2 + s.integer(3)
      const spectrum = Array.from({ length: n }, () => 1 + s.uniform())
      spectrum[0] = s.normal() * 2 ** -(30 + s.integer(30))
      const a = withSpectrum(s, spectrum)
      const { lo, hi } = smallestEigenvalue(a).value
      if (lo > 0) expect(isDefinite(a, 0)).toBe(true)
      if (hi < 0) expect(isDefinite(a, 0)).toBe(false)
      expect(lo).toBeLessThanOrEqual(hi)
    }
  })

  it.each([49, 120])('is sharp for %d rows, definite or not', (n) => {
    const s = stream(2).child('large', n)
    for (const least of [0.5, 1e-6, 0, -1]) {
      const spectrum = Array.from({ length: n }, (_, i) => (i === 0 ? least : 1 + i / n))
      const { value, vector } = smallestEigenvalue(withSpectrum(s, spectrum))
      expect(Math.abs(value.lo - least)).toBeLessThan(2 * budget(n))
      expect(Math.abs(value.hi - least)).toBeLessThan(2 * budget(n))
      expect(Math.hypot(...vector)).toBeCloseTo(1, 12)
    }
  })

  it('is right at sizes whose squares overflow or underflow', () => {
    expect(contains(smallestEigenvalue(matrix(2, 2, [1e200, 0, 0, 3e200])).value, 1e200)).toBe(true)
    const tiny = smallestEigenvalue(matrix(2, 2, [1e-200, 0, 0, 3e-200])).value
    expect(contains(tiny, 1e-200)).toBe(true)
    expect(tiny.hi - tiny.lo).toBeLessThan(1e-213)
    expect(contains(smallestEigenvalue(matrix(1, 1, [0])).value, 0)).toBe(true)
  })

  it('takes the symmetric part, and refuses what is no square of numbers', () => {
    const { value } = smallestEigenvalue(matrix(2, 2, [1, 2, -2, 1]))
    expect(value.lo).toBeGreaterThan(1 - 1e-14)
    expect(() => smallestEigenvalue(matrix(1, 2))).toThrow(ShapeError)
    expect(() => smallestEigenvalue(matrix(0, 0))).toThrow('n >= 1')
    expect(() => smallestEigenvalue(matrix(1, 1, [NaN]))).toThrow(RangeError)
    expect(() => smallestEigenvalue({ rows: 2, cols: 2, data: [interval(1)] })).toThrow(ShapeError)
  })
})

describe('the lower bound', () => {
  it('is one, however wrong the guess that it starts from', () => {
    const s = stream(1).child('guess')
    for (let i = 0; i < 2000; i++) {
      const n = 1 + s.integer(4)
      const spectrum = Array.from({ length: n }, () => s.normal())
      const a = withSpectrum(s, spectrum)
      // far off, or so near that Cholesky may go through where the matrix is not definite
      const far = i % 2 === 0
      const guess = Math.min(...spectrum) + s.normal() * (far ? 10 ** -s.integer(16) : 1e-16)
      const found = provedBelow(a, guess, far ? 2 ** -(20 + s.integer(40)) : 2 ** -70)
      // strictly below a bound that may be attained
      expect(isDefinite(a, below(found))).toBe(true)
    }
  })
})

describe('smallestEigenvalue of intervals', () => {
  const around = (a: Matrix, radius: number): IntervalMatrix =>
    intervalMatrix(a.rows, a.cols, (i, j) => {
      const x = a.data[i * a.cols + j]
      return interval(x - radius, x + radius)
    })

  it('holds that of matrices inside', () => {
    const s = stream(3)
    for (let trial = 0; trial < 300; trial++) {
      const n = 1 + s.integer(5)
      const a = withSpectrum(
        s,
        Array.from({ length: n }, () => s.normal()),
      )
      const radius = 2 ** -(s.integer(30) + 2)
      const { value } = smallestEigenvalue(around(a, radius))
      const inside = matrix(n, n)
      for (let i = 0; i < n; i++)
        for (let j = 0; j <= i; j++)
          inside.data[i * n + j] = inside.data[j * n + i] =
            a.data[i * n + j] + radius * 0.999 * (2 * s.uniform() - 1)
      const other = smallestEigenvalue(inside).value
      expect(value.lo).toBeLessThanOrEqual(other.hi)
      expect(value.hi).toBeGreaterThanOrEqual(other.lo)
      expect(value.hi - value.lo).toBeLessThanOrEqual(2 * n * radius * 1.01 + 1e-13)
    }
  })

  it('shows an indefinite matrix by an end on either side', () => {
    const saddle = around(matrix(2, 2, [1, 0.5, 0.5, -1]), 1e-3)
    expect(smallestEigenvalue(saddle).value.hi).toBeLessThan(-1.1)
    expect(largestEigenvalue(saddle).value.lo).toBeGreaterThan(1.1)
  })

  it('cannot decide what holds both', () => {
    const { lo, hi } = smallestEigenvalue(around(matrix(2, 2, [1, 0, 0, 0]), 1e-9)).value
    expect(lo).toBeLessThan(0)
    expect(hi).toBeGreaterThan(0)
  })

  it('is unbounded, or empty, with its entries', () => {
    const one = interval(1)
    expect(smallestEigenvalue({ rows: 1, cols: 1, data: [ENTIRE] }).value).toEqual(ENTIRE)
    expect(smallestEigenvalue({ rows: 1, cols: 1, data: [EMPTY] }).value).toEqual(EMPTY)
    const skew = { rows: 2, cols: 2, data: [one, one, interval(2), one] }
    expect(smallestEigenvalue(skew).value).toEqual(EMPTY)
  })
})
