import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { sparseRows } from '../data/sparse-rows.js'
import { Arena } from './arena.js'
import { DenseLayer, SparseLayer, sparseLayerBytes } from './first-layer.js'

const special = [NaN, Infinity, -Infinity, -0, 5e-324, -3e-310, 1e308]

it('dense rows, sparse rows and WebAssembly give the same bits, whatever the sizes and numbers', () => {
  for (let seed = 0; seed < 100; seed++) {
    const s = stream(seed)
    const [n, d, units] = [
      1 + s.integer(seed % 20 === 0 ? 300 : 9),
      1 + s.integer(20),
      2 + 2 * s.integer(45),
    ]
    const wild = seed % 3 === 0
    const fill = (count: number, zeros: number): Float64Array => {
      const x = s.normalInto(new Float64Array(count))
      for (let p = 0; p < count; p++) if (s.uniform() < zeros) x[p] = 0
      return x
    }
    const data = fill(n * d, seed % 2 ? 0.7 : 0)
    const weights = fill(units * d, 0)
    if (wild) for (let r = 0; r < 4; r++) weights[s.integer(units * d)] = special[s.integer(7)]
    const x = { rows: n, cols: d, data }
    const rows = sparseRows(x)
    const arena = (kind?: 'plain'): Arena => new Arena(sparseLayerBytes(rows, units), kind)
    const layers = [
      new SparseLayer(rows, weights.slice(), units),
      new SparseLayer(rows, weights.slice(), units, arena('plain')),
      new SparseLayer(rows, weights.slice(), units, arena()),
      // 0 · ∞ is what only whole rows see
      ...(wild ? [] : [new DenseLayer(x, weights.slice(), units)]),
    ]
    const i = s.integer(n)
    const push = fill(units, 0)
    const leak = s.uniform()
    const seen = layers.map((layer) => {
      layer.push.set(push)
      layer.activate(i)
      const z = layer.z.slice()
      layer.add(i)
      const all = [layer.balance(layer.z, leak), layer.steps(0.3, leak)]
      layer.each((_, row) => all.push(...row, layer.balance(row, leak)))
      return [z, layer.weights.slice(), layer.push.slice(), Float64Array.from(all)]
    })
    for (const other of seen) expect(other).toEqual(seen[0])
  }
})

it('a wide network on few examples takes the memory of its weights, and makes the same bits', () => {
  const [n, d, units] = [5, 1, 2 ** 21]
  const x = { rows: n, cols: d, data: Float64Array.of(1, -2, 3, 0.5, 4) }
  const weights = stream(1).normalInto(new Float64Array(units * d))
  const bytes = sparseLayerBytes(sparseRows(x), units)
  expect(bytes).toBeLessThan(6 * 8 * units)
  const sums = (layer: SparseLayer | DenseLayer): readonly number[] => {
    const found: number[] = []
    layer.each((_, z) => found.push(layer.balance(z, 0.1)))
    return found
  }
  const sparse = new SparseLayer(x, weights, units, new Arena(bytes))
  expect(sums(sparse)).toEqual(sums(new DenseLayer(x, weights, units)))
})
