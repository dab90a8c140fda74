import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dataset, separableData } from '../../test/problems.js'
import { initialWeights } from '../sgd/initial-weights.js'
import { alignment, boundSetting, initialExcess, sumOfSquares } from './start.js'

const net = (k: number, d: number, weights: Float64Array) => ({ k, d, v: 0.7, alpha: 0.2, weights })

describe('alignment', () => {
  it('counts the rows of the second half negatively', () => {
    expect(alignment(Float64Array.of(1, 2, 3, 4), Float64Array.of(10, 1))).toBe(12 - 34)
  })

  it('of ρW* with W* is 2kρ‖w*‖²', () => {
    const wStar = Float64Array.of(1, -2, 0.5)
    const start = initialWeights({ kind: 'adversarial', rho: 3, wStar }, 4, 3)
    expect(alignment(start, wStar)).toBeCloseTo(-8 * 3 * sumOfSquares(wStar), 12)
  })
})

describe('the initial excess', () => {
  it('is the largest push in the wrong direction over all slopes: tried for every corner', () => {
    for (let seed = 0; seed < 50; seed++) {
      const { data } = separableData({ n: 6, d: 3, gamma: 0.1, size: 2, seed })
      const weights = initialWeights({ kind: 'gauss', row: 1, stream: stream(seed) }, 2, 3)
      const { v, alpha } = net(2, 3, weights)
      let most = 0
      for (let i = 0; i < 6; i++)
        for (let corner = 0; corner < 16; corner++) {
          let pushed = 0
          for (let j = 0; j < 4; j++) {
            let z = 0
            for (let c = 0; c < 3; c++) z += weights[3 * j + c] * data.x.data[3 * i + c]
            const slope = (corner >> j) & 1 ? 1 : alpha
            pushed -= data.y[i] * (j < 2 ? v : -v) * slope * z
          }
          most = Math.max(most, pushed)
        }
      expect(initialExcess(net(2, 3, weights), data)).toBeCloseTo(most, 12)
    }
  })

  it('is 0 from zero', () => {
    const { data } = separableData({ n: 6, d: 3, gamma: 0.1, size: 2, seed: 1 })
    expect(initialExcess(net(2, 3, new Float64Array(12)), data)).toBe(0)
  })
})

describe('boundSetting', () => {
  it('collects what the bounds need', () => {
    const data = dataset(
      [
        [3, 4],
        [0, -1],
      ],
      [1, -1],
    )
    const weights = Float64Array.of(1, 0, 0, 2, 0, 0, 3, 4)
    expect(boundSetting(net(2, 2, weights), data, Float64Array.of(0, 2), 0.5)).toEqual({
      wStarNorm: 2,
      gamma: 2,
      radius: 5,
      alpha: 0.2,
      eta: 0.5,
      v: 0.7,
      k: 2,
      startF: 4 - 8,
      startS: 30,
      startRow: 5,
      excess: initialExcess(net(2, 2, weights), data),
    })
  })

  it('says so when the vector separates nothing: gamma is not positive', () => {
    const data = dataset([[1, 0]], [1])
    expect(
      boundSetting(net(1, 2, new Float64Array(4)), data, Float64Array.of(-1, 0), 1).gamma,
    ).toBe(-1)
  })

  it('wants parts that fit', () => {
    const data = dataset([[1, 0]], [1])
    const setting = (d: number, w: number) => () =>
      boundSetting(net(1, d, new Float64Array(2 * d)), data, new Float64Array(w), 1)
    expect(setting(2, 3)).toThrow('boundSetting: expected wStar to have length d = 2, got 3')
    expect(setting(3, 3)).toThrow('boundSetting: expected x to have d = 3 columns, got 2')
  })
})
