import { verdictOn } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { dataset, separableData } from '../../test/problems.js'
import { forward, hingeLoss, minMargin, trainSgd, type Dataset, type Net } from '../index.js'
import { flatRadius, reluBadMinima, reluBadMinimum, type BadMinimumFacts } from './index.js'

/** Separable data with more of one class, and a separator with y w·x ≥ 1. */
function separated(seed: number): { data: Dataset; w: Float64Array; positive: number } {
  const { data: all, u } = separableData({ n: 31, d: 5, gamma: 0.1, size: 1, seed })
  const rows = Array.from(all.y.keys()).filter((i) => all.y[i] === 1 || i % 4 === 1)
  const data = dataset(
    rows.map((i) => Array.from(all.x.data.slice(5 * i, 5 * i + 5))),
    rows.map((i) => all.y[i]),
  )
  const margin = minMargin(data, u)
  const w = u.map((value) => (value / margin) * (1 + 1e-12))
  return { data, w, positive: data.y.filter((y) => y === 1).length }
}

/** All rows moved by vectors of norm `size`. */
function moved(net: Net, size: number, seed: number): Net {
  const source = stream(seed).child('moved')
  const weights = net.weights.slice()
  for (let j = 0; j < 2 * net.k; j++)
    source.unitVector(net.d).forEach((value, f) => (weights[j * net.d + f] += size * value))
  return { ...net, weights }
}

const lossOf = (net: Net, data: Dataset): number => hingeLoss(forward(net, data.x), data.y)

describe('reluBadMinimum', () => {
  const cases = [1, 2, 3].flatMap((seed) => [1, -1].map((dead) => [seed, dead as 1 | -1] as const))

  it.each(cases)(
    'has a constant loss around it, and SGD stays: data %i, class %i dead',
    (seed, dead) => {
      const { data, w, positive } = separated(seed)
      const k = 2 * seed
      const v = 1 / Math.sqrt(2 * k)
      const net = { k, d: 5, v, alpha: 0, weights: reluBadMinimum(w, k, v, { dead }) }
      const n = data.y.length
      const fraction = (dead === 1 ? positive : n - positive) / n
      expect(lossOf(net, data)).toBeCloseTo(fraction, 12)
      const radius = flatRadius(net, data)
      expect(radius).toBeGreaterThan(1e-3)

      const around = Array.from({ length: 20 }, (_, i) =>
        lossOf(moved(net, i < 10 ? 1e-3 : radius * (1 - 1e-9), i), data),
      )
      const options = {
        k,
        v,
        start: net.weights,
        order: { kind: 'cyclic' },
        maxSteps: 500,
      } as const
      const run = trainSgd(data, { ...options, alpha: 0 })
      expect(run.updates).toBeGreaterThan(0)
      expect(run.moving).toBe(0)
      expect(run.net.weights).toEqual(net.weights)
      const verdict = verdictOn(reluBadMinima, {
        positive,
        negative: n - positive,
        separates: minMargin(data, w) >= 1,
        dead,
        loss: lossOf(net, data),
        around,
        moved: 0,
      })
      expect(verdict.status).toBe('holds')

      const leaky = trainSgd(data, { ...options, alpha: 0.1, maxSteps: 1_000_000 })
      expect(leaky.status).toBe('converged')
    },
  )

  it('is flat as far as flatRadius says, and no further', () => {
    const { data, w } = separated(4)
    const net = { k: 1, d: 5, v: 1, alpha: 0, weights: reluBadMinimum(w, 1, 1) }
    const radius = flatRadius(net, data)
    // the shortest way out is along some example
    const out = Array.from(data.y.keys()).map((i) => {
      const x = data.x.data.subarray(5 * i, 5 * i + 5)
      const norm = Math.hypot(...x)
      const along = (sign: number): Net => {
        const weights = net.weights.slice()
        for (let j = 0; j < 2; j++)
          for (let f = 0; f < 5; f++)
            weights[5 * j + f] += (sign * (j === 0 ? 1 : -1) * 1.001 * radius * x[f]) / norm
        return { ...net, weights }
      }
      return Math.max(
        ...[1, -1].map((sign) => Math.abs(lossOf(along(sign), data) - lossOf(net, data))),
      )
    })
    expect(Math.max(...out)).toBeGreaterThan(0)
  })

  it('by hand: depth over norm for the dead, room in the output for the others', () => {
    const data = dataset([[2], [-4]], [1, -1])
    const net = (weights: number[]): Net => ({
      k: 1,
      d: 1,
      v: 1,
      alpha: 0,
      weights: Float64Array.from(weights),
    })
    // dead on 2 with depth 1/2; on −4: N = 4·(1/2 − 5/2) = −8, room 7/(2·4)
    expect(flatRadius(net([-0.5, -2.5]), data)).toBe(0.5)
    expect(flatRadius(net([-1.5, -2]), data)).toBe(1 / 8)
    expect(flatRadius(net([0.1, -2.5]), data)).toBe(0)
    expect(flatRadius({ ...net([-0.5, -2.5]), alpha: 0.1 }, data)).toBe(0)
    expect(flatRadius(net([1, -1]), dataset([[0]], [1]))).toBe(Infinity)
  })

  it.each([
    [{ lead: 0.5 }, 'reluBadMinimum: expected lead to be greater than 1/(kv) = 0.5, got 0.5'],
    [{ depth: 0 }, 'reluBadMinimum: expected depth to be positive and finite, got 0'],
  ])('refuses %j', (options, message) => {
    expect(() => reluBadMinimum(Float64Array.of(1), 2, 1, options)).toThrow(message)
  })
})

describe('overparam/relu-bad-minimum', () => {
  const found: BadMinimumFacts = {
    positive: 3,
    negative: 5,
    separates: true,
    dead: 1,
    loss: 0.375,
    around: [0.375, 0.375],
    moved: 0,
  }
  const status = (change: Partial<BadMinimumFacts>): string =>
    verdictOn(reluBadMinima, { ...found, ...change }).status

  it('holds for either class', () => {
    expect(status({})).toBe('holds')
    expect(status({ dead: -1, loss: 0.625, around: [0.625] })).toBe('holds')
  })

  it('is violated by another loss, by one point around it, and by a weight that moves', () => {
    expect(status({ loss: 0.376 })).toBe('violated')
    expect(status({ around: [0.375, 0.375 - 1e-9] })).toBe('violated')
    expect(status({ moved: 1, around: [] })).toBe('violated')
  })

  it('is inapplicable to one class and without a separator, inconclusive without points around', () => {
    expect(status({ negative: 0, loss: 1, around: [1] })).toBe('inapplicable')
    expect(status({ separates: false })).toBe('inapplicable')
    expect(status({ around: [] })).toBe('inconclusive')
  })
})
