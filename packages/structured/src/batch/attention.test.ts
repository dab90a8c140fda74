import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { mixedSampler } from '../invariance/mixed-sampler.js'
import { graphBatch } from './graph-batch.js'
import { batchedLayer } from './make-layer.js'

const [d, e, H] = [2, 3, 5]
const graphs = Array.from({ length: 12 }, (_, t) =>
  mixedSampler(d, e)(stream(12).child('g', t), [3, 0, 1, 5, 2, 6][t % 6], t),
)
const batch = graphBatch(graphs)
const base = { nodeFeatures: d, edgeFeatures: e, hidden: H, nodeOutputs: 2, edgeOutputs: 2 }

/** softmax over j of scores linear in (z_ij, z_j), by direct loops. */
function expected(layer: ReturnType<typeof batchedLayer>, cols: number): number[] {
  const { 'beta.zij': ofPair, 'beta.zj': ofNode } = layer.parameters()
  const score = (p: number, f: number): number => {
    let sum = 0
    for (let c = 0; c < e; c++) sum += batch.edges[p * e + c] * ofPair.data[c * cols + f]
    for (let c = 0; c < d; c++) sum += batch.nodes[batch.j[p] * d + c] * ofNode.data[c * cols + f]
    return Math.exp(sum)
  }
  return Array.from(batch.i, (i, p) =>
    Array.from({ length: cols }, (_, f) => {
      let total = 0
      for (let q = batch.pairStart[i]; q < batch.pairStart[i + 1]; q++) total += score(q, f)
      return score(p, f) / total
    }),
  ).flat()
}

it.each([
  ['neighbor', 1],
  ['feature', H],
] as const)('the weights of attention (%s) are those of the formula', (pool, cols) => {
  for (const [arithmetic, within] of [
    ['float64', 1e-13],
    ['kernel', 1e-5],
  ] as const) {
    const layer = batchedLayer({ ...base, pool }, stream(5), arithmetic)
    layer.load(batch, 2)
    layer.setFeatures(batch.nodes, batch.edges, 1)
    layer.forward(1)
    const weights = layer.attention(1)
    const direct = expected(layer, cols)
    expect(weights.length).toBe(batch.i.length * cols)
    direct.forEach((x, at) => {
      expect(Math.abs(weights[at] - x)).toBeLessThan(within)
    })
    // they stay as they were on the way back
    layer.backward(1)
    expect(layer.attention(1)).toEqual(weights)
  }
})

it('refuses a pool without weights, by name', () => {
  const layer = batchedLayer({ ...base, pool: 'mean' }, stream(5))
  layer.load(batch)
  layer.forward()
  expect(() => layer.attention()).toThrow(
    'BatchedLayer.attention: pool must be neighbor or feature, got mean',
  )
})
