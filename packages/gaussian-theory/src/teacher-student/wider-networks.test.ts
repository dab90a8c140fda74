import { describe, expect, it } from 'vitest'
import { norm2 } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import {
  descendToCritical,
  grad,
  hessian,
  orthonormalTeacher,
  perpendicularBlock,
  solveFamily,
  splitBlocks,
  type TeacherStudent,
} from './index.js'

const spectrum = (ts: TeacherStudent) =>
  Array.from(eigenSymmetric(hessian(ts, { withA: false })).values)
const of = (k: number) => orthonormalTeacher(solveFamily('II', k).W, { n: k, k, d: k })

describe('an extra neuron', () => {
  // smallest eigenvalues of ordinary and flipped neurons
  it.each([
    [6, -0.1182, -0.0904],
    [8, -0.0999, -0.0828],
    [10, -0.0866, -0.0769],
  ])('is escaped to from every neuron, k = %i', (k, ordinary, flipped) => {
    splitBlocks(of(k)).forEach((block, i) => {
      const expected = i === k - 1 ? flipped : ordinary
      expect(Math.abs(eigenSymmetric(block).values[0] - expected)).toBeLessThan(5.1e-5)
    })
  })
  it('makes a strict saddle with twice the eigenvalue, from which descent reaches the teacher', () => {
    const six = of(6)
    const W = new Float64Array(42)
    W.set(six.W)
    for (let t = 30; t < 36; t++) W[t] = W[t + 6] = six.W[t] / 2
    const shape = { n: 7, k: 6, d: 6 }
    const split = orthonormalTeacher(W, shape)
    const [outW, outA] = [new Float64Array(42), new Float64Array(7)]
    grad(split, outW, outA)
    expect(norm2(outW)).toBeLessThan(1e-14)
    const { values, vectors } = eigenSymmetric(splitBlocks(six)[5], { vectors: true })
    expect(Math.abs(spectrum(split)[0] - 2 * values[0])).toBeLessThan(1e-10)
    const moved = W.slice()
    for (let t = 0; t < 6; t++) {
      const u = vectors?.data[t * 6] ?? NaN
      moved[30 + t] += 0.01 * u
      moved[36 + t] -= 0.01 * u
    }
    expect(descendToCritical(moved, shape, { eta: 0.4, maxSteps: 40_000 }).kind).toBe('global')
  })
})

describe('an extra dimension', () => {
  it('adds the eigenvalues of the perpendicular block, which are positive at the minimum', () => {
    const six = of(6)
    const wide = new Float64Array(42)
    for (let i = 0; i < 6; i++) wide.set(six.W.subarray(6 * i, 6 * i + 6), 7 * i)
    const P = eigenSymmetric(perpendicularBlock(six)).values
    const union = [...spectrum(six), ...P].sort((x, y) => x - y)
    const found = spectrum(orthonormalTeacher(wide, { n: 6, k: 6, d: 7 }))
    found.forEach((x, i) => expect(Math.abs(x - union[i])).toBeLessThan(1e-10))
    expect(Math.abs(P[0] - 0.1998)).toBeLessThan(5.1e-5)
    // with any output weights
    const a = Float64Array.of(1, -0.5, 2, 1, 0.3, 1)
    const other = { ...six, a }
    const Q = eigenSymmetric(perpendicularBlock(other)).values
    const both = [...spectrum(other), ...Q].sort((x, y) => x - y)
    const more = orthonormalTeacher(wide, { n: 6, k: 6, d: 7 })
    spectrum({ ...more, a }).forEach((x, i) => expect(Math.abs(x - both[i])).toBeLessThan(1e-10))
    expect(() => perpendicularBlock({ ...six, a: a.subarray(1) })).toThrow('a')
  })
})
