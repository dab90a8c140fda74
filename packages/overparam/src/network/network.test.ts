import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { separableData } from '../../test/problems.js'
import { addDenseInto, addSparseInto } from './accumulate.js'
import { activations, forward } from './forward.js'
import { errorRate, hingeLoss, hingeRate } from './loss.js'
import { byFeature, byUnit, type Net } from './net.js'

const source = stream(1)
const normal = (n: number): Float64Array => source.normalInto(new Float64Array(n))
const product = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, c) => sum + value * b[c], 0)
const row = (data: Float64Array, i: number, d: number): Float64Array =>
  data.subarray(i * d, (i + 1) * d)

/** Widths on both sides of where the loops change, dimensions with every remainder. */
const shapes = [1, 2, 3, 4, 5, 17].flatMap((k) => [1, 3, 4, 5, 8, 14].map((d) => ({ k, d })))

describe.each(shapes)('the network with k = $k, d = $d', ({ k, d }) => {
  const n = 7
  const net: Net = { k, d, v: 0.3, alpha: 0.2, weights: normal(2 * k * d) }
  const x = { rows: n, cols: d, data: normal(n * d).map((v) => (v > 1 ? 0 : v)) }
  const z = (i: number, j: number): number => product(row(x.data, i, d), row(net.weights, j, d))

  it('is the formula', () => {
    const outputs = forward(net, x)
    const active = activations(net, x)
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let j = 0; j < 2 * k; j++) {
        const s = z(i, j) > 0 ? 1 : net.alpha
        sum += (j < k ? net.v : -net.v) * s * z(i, j)
        expect(active[2 * k * i + j]).toBe(z(i, j) > 0 ? 1 : 0)
      }
      expect(outputs[i]).toBeCloseTo(sum, 12)
    }
  })

  it('is moved by the same bits, dense or sparse, as by the textbook', () => {
    const step = normal(2 * k)
    const [dense, sparse] = [0, 1].map(() => byFeature(net.weights, 2 * k, d))
    const index = Int32Array.from({ length: d }, (_, c) => c).filter((c) => x.data[c] !== 0)
    addDenseInto(dense, step, x.data, 0, d)
    addSparseInto(
      sparse,
      step,
      index,
      Float64Array.from(index, (c) => x.data[c]),
      0,
      index.length,
    )
    expect(sparse).toEqual(dense)
    const expected = net.weights.map((w, p) => w + step[Math.floor(p / d)] * x.data[p % d])
    expect(byUnit(dense, 2 * k, d)).toEqual(expected)
  })
})

describe('W*, with rows ±w*', () => {
  it('is the linear function k v (1 + α) w*·x', () => {
    const { data, u } = separableData({ n: 30, d: 5, gamma: 0.1, size: 2, seed: 3 })
    const [k, v, alpha] = [4, 0.7, 0.15]
    const weights = Float64Array.from({ length: 8 * 5 }, (_, p) => (p < 20 ? u[p % 5] : -u[p % 5]))
    const outputs = forward({ k, d: 5, v, alpha, weights }, data.x)
    for (const [i, output] of outputs.entries())
      expect(output).toBeCloseTo(k * v * (1 + alpha) * product(row(data.x.data, i, 5), u), 12)
  })
})

describe('losses', () => {
  const y = Float64Array.of(1, 1, -1, -1, 1)

  it('count a margin of exactly 1 as no loss, and an output of 0 as an error', () => {
    const outputs = Float64Array.of(1, 0, 0.5, -3, 0.75)
    expect(hingeLoss(outputs, y)).toBe((0 + 1 + 1.5 + 0 + 0.25) / 5)
    expect(errorRate(outputs, y)).toBe(2 / 5)
    expect(hingeRate(outputs, y)).toBe(3 / 5)
  })

  it('do not take an output that is no number for a good one', () => {
    const outputs = Float64Array.of(NaN, 2, -2, -2, 2)
    expect(hingeLoss(outputs, y)).toBeNaN()
    expect([errorRate(outputs, y), hingeRate(outputs, y)]).toEqual([0.2, 0.2])
  })
})
