import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { referenceData, referenceRuns, referenceStart } from '../../test/reference-runs.js'
import { trainSgd, type Net } from '../index.js'
import { linearity } from './index.js'

const relative = (value: number, expected: number): number => Math.abs(value / expected - 1)

/** On the training points, with plain least squares. */
const reference = {
  A: {
    train: { r2: 0.8968675316, agree: 0.777777777778 },
    change: {
      top: 0.651644212705,
      stable: 1.53457973002,
      effrank: 3.19330618828,
      nuclear: 27.7112884474,
    },
  },
  B: {
    train: { r2: 0.953984518959, agree: 1 },
    change: {
      top: 0.995200843431,
      stable: 1.00482229954,
      effrank: 1.27167134553,
      nuclear: 5.77701404901,
    },
  },
  C: {
    train: { r2: 0.944224464093, agree: 0.788 },
    change: {
      top: 0.728921580788,
      stable: 1.37188968794,
      effrank: 4.29493730915,
      nuclear: 19.1029986936,
    },
  },
} as const

describe('linearity', () => {
  it.each(['A', 'B', 'C'] as const)('has the reference values of run %s', (name) => {
    const r = referenceRuns.find((one) => one.name === name)
    if (!r) throw new Error(name)
    const { data } = referenceData(r.n, r.d)
    const start = referenceStart(r.k, r.d, r.scale)
    const { net } = trainSgd(data, { ...r, start, order: { kind: 'cyclic' } })
    const found = linearity(net, start, data.x, { ridge: 0 })
    for (const part of ['train', 'change'] as const)
      for (const [key, expected] of Object.entries(reference[name][part])) {
        const value = (found[part] as unknown as { readonly [key: string]: number })[key]
        expect(relative(value, expected), `${part}.${key}`).toBeLessThan(1e-9)
      }
    expect(found.change.top * found.change.stable).toBeCloseTo(1, 12)
    expect(found.change.offRankOne).toBeCloseTo(Math.sqrt(1 - found.change.top), 6)
  })

  const draw = stream(3)
  const x = { rows: 30, cols: 4, data: draw.child('x').normalInto(new Float64Array(120)) }
  const random = (alpha: number, k = 5): Net => {
    const weights = draw.child('w').normalInto(new Float64Array(8 * k))
    return { k, d: 4, v: 0.3, alpha, weights }
  }
  const zero = new Float64Array(40)

  it('finds a network with α = 1 linear everywhere, also beyond the points of the fit', () => {
    const test = { rows: 9, cols: 4, data: draw.child('test').normalInto(new Float64Array(36)) }
    const net = random(1)
    const found = linearity(net, zero, x, { test, ridge: 0 })
    expect(found.train.r2).toBeGreaterThan(1 - 1e-12)
    expect(found.test?.r2).toBeGreaterThan(1 - 1e-12)
    expect(found.test?.disagree).toBe(0)
    const expected = Float64Array.from({ length: 4 }, (_, c) =>
      net.weights.reduce((sum, w, at) => sum + (at % 4 === c ? (at < 20 ? 0.3 : -0.3) * w : 0), 0),
    )
    expected.forEach((value, c) => expect(found.rule[c]).toBeCloseTo(value, 10))
    // a leak of 0.1 bends it
    expect(linearity(random(0.1), zero, x, { ridge: 0 }).train.r2).toBeLessThan(0.99)
  })

  it('has the spectrum of a known matrix, of what was added to the start and not of the start', () => {
    const net = random(0.5)
    const u = [1, -2, 0, 2]
    const change = Float64Array.from({ length: 40 }, (_, at) => (at < 20 ? 1 : -1) * u[at % 4])
    const start = net.weights.map((value, at) => value - change[at])
    const { change: found, opposed, weights } = linearity(net, start, x)
    expect(found.top).toBeCloseTo(1, 12)
    expect(found.effrank).toBeCloseTo(1, 6)
    expect(found.nuclear).toBeCloseTo(3 * Math.sqrt(10), 10)
    expect(opposed).toBeCloseTo(1, 12)
    expect(weights.effrank).toBeGreaterThan(1.5)
    // two directions, one for each sign
    const two = net.weights.map((_, at) => (at < 20 ? [2, 0, 0, 0] : [0, 1, 0, 0])[at % 4])
    const parts = linearity({ ...net, weights: two }, zero, x)
    expect(parts.change.top).toBeCloseTo(0.8, 12)
    expect(parts.change.top2).toBeCloseTo(1, 12)
    expect(parts.change.stable).toBeCloseTo(1.25, 12)
    expect(parts.change.offRankOne).toBeCloseTo(Math.sqrt(0.2), 12)
    expect(parts.opposed).toBe(0)
  })

  it('is 0 in every number of the spectrum if nothing was learnt', () => {
    const net = random(0.5)
    const { change, opposed } = linearity(net, net.weights, x)
    expect(Object.values(change).every((value) => value === 0)).toBe(true)
    expect(opposed).toBe(0)
  })

  it('counts patterns, and the points where the signs differ', () => {
    const line = { rows: 4, cols: 1, data: Float64Array.of(1, 2, -1, -2) }
    const shared: Net = { k: 2, d: 1, v: 1, alpha: 0, weights: Float64Array.of(1, 2, -1, -1) }
    const { train } = linearity(shared, new Float64Array(4), line, { ridge: 0 })
    expect(train).toMatchObject({ agree: 1, patterns: { positive: 2, negative: 2 }, disagree: 0 })
    const halves: Net = { ...shared, weights: Float64Array.of(1, -1, 0, 0) }
    // |x|: the nearest linear function is 0, and agrees with it nowhere
    const even = linearity(halves, new Float64Array(4), line, { ridge: 0 }).train
    expect(even).toMatchObject({ agree: 0.75, disagree: 1 })
    expect(even.r2).toBeCloseTo(0, 12)
  })
})
