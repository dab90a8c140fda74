import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { initialWeights } from './initial-weights.js'

const meanRow2 = (w: Float64Array, rows: number): number =>
  w.reduce((sum, value) => sum + value * value, 0) / rows

describe('initialWeights', () => {
  it('makes rows of the norm asked for', () => {
    const gauss = initialWeights({ kind: 'gauss', row: 3, stream: stream(1) }, 500, 40)
    expect(Math.sqrt(meanRow2(gauss, 1000))).toBeCloseTo(3, 1)
    const scaled = initialWeights({ kind: 'scaled', row: 3, stream: stream(1) }, 500, 40)
    for (const [i, value] of gauss.entries())
      expect(scaled[i] * Math.sqrt(1000)).toBeCloseTo(value, 9)
  })

  it('is the same for the same stream', () => {
    const make = (seed: number): Float64Array =>
      initialWeights({ kind: 'scaled', stream: stream(seed) }, 2, 3)
    expect(make(1)).toEqual(make(1))
    expect(make(1)).not.toEqual(make(2))
  })

  it('can begin at nothing, or at the opposite of the solution', () => {
    expect(initialWeights({ kind: 'zero' }, 1, 2)).toEqual(new Float64Array(4))
    const wStar = Float64Array.of(1, -2)
    expect(initialWeights({ kind: 'adversarial', rho: 0.5, wStar }, 1, 2)).toEqual(
      Float64Array.of(-0.5, 1, 0.5, -1),
    )
    expect(Array.from(wStar)).toEqual([1, -2])
  })

  it('wants sizes that are some', () => {
    expect(() => initialWeights({ kind: 'zero' }, 0, 2)).toThrow(
      'initialWeights: expected k to be an integer ≥ 1, got 0',
    )
    expect(() => initialWeights({ kind: 'zero' }, 1, 2.5)).toThrow(
      'expected d to be an integer ≥ 1, got 2.5',
    )
    expect(() => initialWeights({ kind: 'gauss', row: NaN, stream: stream(1) }, 1, 2)).toThrow(
      'initialWeights: expected the size of the start to be finite, got NaN',
    )
    const adversarial = (wStar: Float64Array) => () =>
      initialWeights({ kind: 'adversarial', rho: 1, wStar }, 1, 2)
    expect(adversarial(new Float64Array(3))).toThrow('expected wStar to have length d = 2, got 3')
    expect(adversarial(Float64Array.of(1, NaN))).toThrow(
      'initialWeights: expected wStar[1] to be finite, got NaN',
    )
  })
})
