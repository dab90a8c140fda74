import { expect, it } from 'vitest'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import {
  hessian,
  orthonormalTeacher,
  skewEigenvalue,
  solveFamily,
  type FamilyEntries,
  type FamilyKind,
} from './index.js'

const TAU = 2 * Math.PI

/** The six numbers of a point with p special neurons. */
function entriesOf(W: Float64Array, k: number, p: number): FamilyEntries {
  const at = (i: number, j: number): number => W[i * k + j]
  const [last, special] = [k - 1, p > 0]
  return {
    a: at(0, 0),
    b: at(0, 1),
    c: special ? at(0, last) : 0,
    e: special ? at(last, 0) : 0,
    f: special ? at(last, last) : 0,
    g: p > 1 ? at(last, last - 1) : 0,
  }
}

it.each<[FamilyKind, number, number]>([
  ['A', 6, 0],
  ['A', 7, 0],
  ['II', 7, 1],
  ['II', 8, 2],
  ['I', 8, 1],
])('is an eigenvalue of kind %s with k = %i and p = %i', (kind, k, p) => {
  const { W, smallestEigenvalue } = solveFamily(kind, k, Math.max(1, p))
  const skew = skewEigenvalue(entriesOf(W, k, p), k, p)
  const ts = orthonormalTeacher(W, { n: k, k, d: k })
  const values = eigenSymmetric(hessian(ts, { withA: false })).values
  const m = k - p
  const equal = values.filter((x) => Math.abs(x - skew) < 1e-10)
  expect(equal.length).toBeGreaterThanOrEqual(((m - 1) * (m - 2)) / 2)
  if (kind === 'A') expect(Math.abs(skew - smallestEigenvalue)).toBeLessThan(1e-10)
})

/** a and b of kind A for real k, by Newton's method on the two gradient entries. */
function allFlipped(k: number): FamilyEntries {
  const slope = (a: number, b: number): [number, number] => {
    const n = Math.sqrt(a * a + (k - 1) * b * b)
    const theta = Math.acos((2 * a * b + (k - 2) * b * b) / (n * n))
    const [own, other] = [Math.acos(a / n), Math.acos(b / n)]
    const along = (k - 1) * Math.sin(theta) - (Math.sin(own) + (k - 1) * Math.sin(other)) / n
    const phi = Math.PI - theta
    return [
      a / 2 + (along * a + phi * (k - 1) * b - (Math.PI - own)) / TAU,
      b / 2 + (along * b + phi * (a + (k - 2) * b) - (Math.PI - other)) / TAU,
    ]
  }
  let [a, b] = [2 / k - 1, 2 / k]
  for (let step = 0; step < 30; step++) {
    const h = 1e-6
    const [x, y] = slope(a, b)
    const column = (da: number, db: number) => {
      const [up, down] = [slope(a + da, b + db), slope(a - da, b - db)]
      return [(up[0] - down[0]) / (2 * h), (up[1] - down[1]) / (2 * h)]
    }
    const [[xa, ya], [xb, yb]] = [column(h, 0), column(0, h)]
    const det = xa * yb - xb * ya
    a -= (x * yb - xb * y) / det
    b -= (xa * y - x * ya) / det
  }
  return { a, b, c: 0, e: 0, f: 0, g: 0 }
}

it('shows where all flipped neurons become a minimum, at a real k', () => {
  const { W } = solveFamily('A', 7)
  expect(Math.abs(allFlipped(7).a - W[0])).toBeLessThan(1e-10)
  let [low, high] = [5, 6]
  for (let step = 0; step < 45; step++) {
    const k = (low + high) / 2
    if (skewEigenvalue(allFlipped(k), k, 0) < 0) low = k
    else high = k
  }
  expect(Math.abs(low - 5.76381273492)).toBeLessThan(1e-9)
})

it('refuses other sizes and NaN', () => {
  const entries = { a: 1, b: 0, c: 0, e: 0, f: 1, g: 0 }
  expect(() => skewEigenvalue(entries, 1, 0)).toThrow('k')
  expect(() => skewEigenvalue(entries, 6, -1)).toThrow('p')
  expect(() => skewEigenvalue({ ...entries, b: NaN }, 6, 0)).toThrow('b')
  expect(() => skewEigenvalue({ ...entries, a: 0 }, 6, 0)).toThrow('ordinary')
  expect(() => skewEigenvalue({ ...entries, f: 0 }, 6, 1)).toThrow('special')
})
