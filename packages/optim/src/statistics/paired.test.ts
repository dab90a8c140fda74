import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { meanWithError, pairedDifference } from './paired.js'

describe('the mean of differences', () => {
  it('is 0 where two ways are right equally often, in whatever order they come', () => {
    const source = stream(1)
    let rounded = 0
    for (let t = 0; t < 200; t++) {
      const a = Array.from({ length: 50 }, () => source.integer(6))
      const order = source.permutation(50)
      const b = a.map((_, i) => a[order[i]])
      const fractions = (of: number[]): number[] => of.map((right) => right / 5)
      const each = fractions(a).map((x, i) => x - fractions(b)[i])
      rounded += Number(each.reduce((sum, x) => sum + x, 0) !== 0)
      expect(meanWithError(each).mean).toBe(0)
      expect(meanWithError(each).error).toBeGreaterThan(0)
    }
    // a plain sum is not
    expect(rounded).toBeGreaterThan(50)
  })

  it('is 0 of recalls that cancel over scenes of different size', () => {
    // 1/3 + 1/6 − 1/2 and the like, mixed
    const a = Array.from({ length: 600 }, (_, i) => [1 / 3, 1 / 6, 0][i % 3])
    const b = Array.from({ length: 600 }, (_, i) => [0, 0, 1 / 2][i % 3])
    expect(pairedDifference(a, b).mean).toBe(0)
  })

  it('hides no small difference: one object of five in a hundred thousand scenes, or a part in 10¹² of one', () => {
    const n = 100_000
    const equal = Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 0.2 : -0.2))
    expect(meanWithError([...equal, 0.2]).mean).toBeCloseTo(0.2 / (n + 1), 12)
    expect(meanWithError([...equal, 0.2]).mean).toBeGreaterThan(0)
    expect(meanWithError([1, -1 + 1e-12]).mean).toBeCloseTo(5e-13, 15)
    expect(meanWithError([1e-17, 1e-17]).mean).toBe(1e-17)
    expect(meanWithError([]).mean).toBe(0)
  })
})
