import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { separableData } from '../../test/problems.js'
import { signedMargins } from '../data/dataset.js'
import { forward } from '../network/forward.js'
import { rankOneNorm } from './rank-one.js'

const [k, d, alpha] = [3, 4, 0.2]
const { data, u: teacher } = separableData({ n: 30, d, gamma: 0.1, size: 1, seed: 1 })
const zero = new Float64Array(2 * k * d)
const leastOf = (weights: Float64Array): number => {
  const net = { k, d, alpha, v: 1 / Math.sqrt(2 * k), weights }
  return forward(net, data.x).reduce((low, out, i) => Math.min(low, data.y[i] * out), Infinity)
}

describe('the shortest change along one direction', () => {
  it('has the trace norm 2 fit / ((1 + α)γ) from zero', () => {
    const gamma = Math.min(...signedMargins(data, teacher))
    const found = rankOneNorm(data, {
      k,
      alpha,
      start: zero,
      u: teacher.map((value) => 2 * value),
      fit: 1.5,
    })
    expect(found).toBeCloseTo(3 / ((1 + alpha) * gamma), 9)
  })

  it('fits as well from any start, and no shorter one does', () => {
    const gauss = stream(1).child('start')
    const start = zero.map(() => gauss.normal())
    const norm = rankOneNorm(data, { k, alpha, start, u: teacher, fit: 1 }) ?? NaN
    const along = (by: number): number =>
      leastOf(
        start.map((value, at) => {
          const sign = at < k * d ? 1 : -1
          return value + (sign * by * norm * teacher[at % d]) / Math.sqrt(2 * k)
        }),
      )
    expect(along(1)).toBeCloseTo(1, 9)
    expect(along(0.999)).toBeLessThan(1)
  })

  it('is 0 where the start fits, and null without a leak or a separator', () => {
    const net = { k, alpha, start: zero, u: teacher, fit: 1 }
    expect(rankOneNorm(data, { ...net, fit: -1 })).toBe(0)
    expect(rankOneNorm(data, { ...net, alpha: 0 })).toBeNull()
    expect(rankOneNorm(data, { ...net, u: teacher.map((value) => -value) })).toBeNull()
  })
})
