import { expect, it } from 'vitest'
import {
  stream,
  cholesky,
  gemm,
  gemv,
  identity,
  matrix,
  qr,
  row,
  solveCholesky,
  solveLower,
  solveUpper,
  transpose,
  type Matrix,
} from '../index.js'
import { plainFactor, wasmFactor } from './cholesky-factor.js'
import { eigenSymmetric } from '../eigen.js'

const UNIT = 2 ** -53
const root = stream(12).child('factorizations')
const random = (rows: number, cols: number) =>
  matrix(
    rows,
    cols,
    root
      .child('random')
      .child(`${rows}x${cols}`)
      .normalInto(new Float64Array(rows * cols)),
  )
const largest = (x: Iterable<number>) => [...x].reduce((m, y) => Math.max(m, Math.abs(y)), 0)
const gap = (a: Matrix, b: Matrix) => largest(a.data.map((x, i) => x - b.data[i]))
/** B Bᵀ + c I: symmetric, eigenvalues ≥ c. */
function gram(n: number, c: number): Matrix {
  const g = gemm(random(n, n), random(n, n), { transposeB: true })
  for (let i = 0; i < n; i++) g.data[i * n + i] += c
  return g
}

it.each([0, 1, 2, 9, 23, 24, 40])(
  'factors a definite %i × %i matrix within its error bound',
  (n) => {
    const a = gram(n, 0.1)
    const found = cholesky(a)
    if (!found.definite) throw new Error('should be definite')
    const bound = (n + 1) * UNIT * largest(a.data) * 4
    expect(gap(gemm(found.l, found.l, { transposeB: true }), a)).toBeLessThanOrEqual(bound)
    for (let i = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) expect(found.l.data[i * n + j]).toBe(0)
  },
)

it('decides definiteness as the smallest eigenvalue does, a little above and below 0', () => {
  const a = gram(12, 0)
  const { values } = eigenSymmetric(a)
  const shifted = (by: number) =>
    matrix(
      12,
      12,
      a.data.map((x, i) => (i % 13 === 0 ? x - by : x)),
    )
  const margin = 1e-12 * values[11]
  expect(cholesky(shifted(values[0] - margin)).definite).toBe(true)
  expect(cholesky(shifted(values[0] + margin)).definite).toBe(false)
})

it('has a SIMD factorization that agrees with its twin bit for bit, also where it fails', () => {
  const fast = wasmFactor()
  if (!fast) throw new Error('this platform should run WebAssembly with SIMD')
  for (const n of [0, 1, 2, 3, 8, 9, 17, 24, 33, 64]) {
    for (const change of [0, -1e3, NaN, 5e-324, Infinity]) {
      const a = gram(n, 0.5).data.slice()
      if (change !== 0 && n > 0) a[root.child('change', n).integer(n) * (n + 1)] = change
      const twin = a.slice()
      expect(fast(a, n)).toBe(plainFactor(twin, n))
      expect(a.every((x, i) => Object.is(x, twin[i]))).toBe(true)
    }
  }
})

it('says which pivot failed, and reads the lower triangle only', () => {
  expect(cholesky(matrix(3, 3, [1, 9, 9, 0, 4, 9, 0, 6, 8]))).toEqual({
    definite: false,
    pivot: 2,
    value: -1,
  })
  expect(cholesky(matrix(1, 1, [0]))).toEqual({ definite: false, pivot: 0, value: 0 })
  expect(cholesky(matrix(2, 2, [1e-300, 0, 1e300, 1])).definite).toBe(false)
  expect(() => cholesky(matrix(1, 2))).toThrow('cholesky: expected a to be square, got 1 × 2')
  expect(() => cholesky(matrix(1, 1, [NaN]))).toThrow(
    'cholesky: expected a[0, 0] to be finite, got NaN',
  )
})

it.each([1, 2, 17])('solves triangular systems of size %i four ways', (n) => {
  const full = random(n, n)
  const l = matrix(
    n,
    n,
    full.data.map((x, i) =>
      i % n > Math.floor(i / n) ? 0 : i % (n + 1) === 0 ? 2 + x * x : x / n,
    ),
  )
  const u = transpose(l)
  const b = root.child('b').normalInto(new Float64Array(n))
  const bound = 20 * n * UNIT * largest(l.data) * largest(b)
  const residual = (a: Matrix, x: Float64Array) => largest(gemv(a, x).map((y, i) => y - b[i]))
  expect(residual(l, solveLower(l, b))).toBeLessThanOrEqual(bound)
  expect(residual(u, solveLower(l, b, { transpose: true }))).toBeLessThanOrEqual(bound)
  expect(residual(u, solveUpper(u, b))).toBeLessThanOrEqual(bound)
  expect(residual(l, solveUpper(u, b, { transpose: true }))).toBeLessThanOrEqual(bound)
})

it('solves with a Cholesky factor', () => {
  const a = gram(15, 1)
  const found = cholesky(a)
  if (!found.definite) throw new Error('should be definite')
  const x = root.child('x').normalInto(new Float64Array(15))
  const solved = solveCholesky(found.l, gemv(a, x))
  expect(largest(solved.map((y, i) => y - x[i]))).toBeLessThan(1e-11)
})

it('does not read the other triangle, and refuses a zero on the diagonal', () => {
  expect([...solveLower(matrix(2, 2, [2, 99, 1, 4]), [2, 9])]).toEqual([1, 2])
  expect([...solveUpper(matrix(2, 2, [2, 1, 99, 4]), [4, 8])]).toEqual([1, 2])
  expect(() => solveLower(matrix(2, 2, [1, 0, 1, 0]), [1, 1])).toThrow(
    'solveLower: expected l[1, 1] not to be 0, got 0',
  )
  expect(() => solveUpper(matrix(2, 2, [1, 0, 0, 1]), [1])).toThrow(
    'solveUpper: expected b to have length 2 to fit u, got 1',
  )
})

it.each([0, 1, 2, 25])('diagonalises a symmetric %i × %i matrix', (n) => {
  const a = gram(n, -1)
  const { values, vectors = matrix(0, 0) } = eigenSymmetric(a, { vectors: true })
  const scaled = matrix(
    n,
    n,
    vectors.data.map((x, i) => x * values[i % n]),
  )
  const bound = 20 * (n + 1) * UNIT * largest(values)
  expect(gap(gemm(a, vectors), scaled)).toBeLessThanOrEqual(bound)
  expect(gap(gemm(vectors, vectors, { transposeA: true }), identity(n))).toBeLessThanOrEqual(
    20 * (n + 1) * UNIT,
  )
  expect([...values]).toEqual([...values].sort((x, y) => x - y))
})

it('knows the eigenvalues of the path graph: 2 − 2 cos(jπ/(n+1))', () => {
  const n = 20
  const a = matrix(n, n)
  for (let i = 0; i < n; i++) {
    a.data[i * n + i] = 2
    if (i > 0) a.data[i * n + i - 1] = a.data[(i - 1) * n + i] = -1
  }
  const { values, vectors } = eigenSymmetric(a)
  expect(vectors).toBeUndefined()
  values.forEach((x, j) => {
    expect(Math.abs(x - (2 - 2 * Math.cos(((j + 1) * Math.PI) / (n + 1))))).toBeLessThan(
      10 * n * UNIT * 4,
    )
  })
})

it('refuses eigenvalues of matrices that are not symmetric, square or finite', () => {
  expect(() => eigenSymmetric(matrix(2, 2, [1, 2, 3, 4]))).toThrow(
    'eigenSymmetric: expected a to be symmetric, got a[1, 0] = 3 and a[0, 1] = 2',
  )
  expect(() => eigenSymmetric(matrix(2, 1))).toThrow('to be square')
  expect(() => eigenSymmetric(matrix(1, 1, [Infinity]))).toThrow('to be finite')
})

it.each([
  [0, 0],
  [3, 0],
  [1, 1],
  [5, 5],
  [30, 7],
])('factors a %i × %i matrix into orthonormal columns and a triangle', (m, n) => {
  const a = random(m, n)
  const { q, r } = qr(a)
  const bound = 8 * (m + 1) * (n + 1) * UNIT
  expect(gap(gemm(q, r), a)).toBeLessThanOrEqual(bound * Math.max(1, largest(a.data)))
  expect(gap(gemm(q, q, { transposeA: true }), identity(n))).toBeLessThanOrEqual(bound)
  for (let i = 0; i < n; i++) {
    expect(r.data[i * n + i]).toBeGreaterThanOrEqual(0)
    for (let j = 0; j < i; j++) expect(r.data[i * n + j]).toBe(0)
  }
})

it('factors rank-deficient, zero, huge and tiny matrices', () => {
  for (const data of [
    [1, 1, 1, 1, 1, 1],
    [0, 0, 0, 0, 0, 0],
    [1e300, 2e300, -1e300, 0, 0, 1e300],
    [1e-310, 0, 0, 1e-310, 0, 1e-310],
  ]) {
    const a = matrix(3, 2, data)
    const { q, r } = qr(a)
    expect(gap(gemm(q, q, { transposeA: true }), identity(2))).toBeLessThan(1e-14)
    expect(gap(gemm(q, r), a)).toBeLessThanOrEqual(1e-14 * largest(a.data) + 1e-322)
  }
  expect(() => qr(matrix(1, 2))).toThrow(
    'qr: expected a to have at least as many rows as columns, got 1 × 2',
  )
})

it('makes, transposes and views matrices, refusing wrong sizes', () => {
  const a = matrix(2, 3, [1, 2, 3, 4, 5, 6])
  expect([...transpose(a).data]).toEqual([1, 4, 2, 5, 3, 6])
  row(a, 1)[0] = 40
  expect(a.data[3]).toBe(40)
  const own = new Float64Array(6)
  expect(matrix(2, 3, own).data).toBe(own)
  expect(() => matrix(2, 3, [1])).toThrow('matrix: expected data to have length 2 × 3 = 6, got 1')
  expect(() => matrix(-1, 3)).toThrow(
    'matrix: expected rows and cols to be integers ≥ 0, got -1 and 3',
  )
  expect(() => row(a, 2)).toThrow('row: expected i to be an integer in [0, rows − 1 = 1], got 2')
  expect(() => gemv(a, [1, 2])).toThrow('gemv: expected x to have length 3 to fit a, got 2')
  expect([...gemv(matrix(2, 3, [1, 2, 3, 4, 5, 6]), [1, 10], { transpose: true })]).toEqual([
    41, 52, 63,
  ])
})
