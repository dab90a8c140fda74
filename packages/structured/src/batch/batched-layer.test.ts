import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { referenceLayer } from '../../test/layer-parts.ts'
import { checkGPI } from '../invariance/check-gpi.js'
import { mixedSampler } from '../invariance/mixed-sampler.js'
import { pairExists, type Graph } from '../graph/graph.js'
import type { BatchedLayer } from './batched-layer.js'
import { graphBatch } from './graph-batch.js'
import { batchedLayer, labelingOf } from './make-layer.js'
import { labelWidths, type BatchedLayerOptions, type PoolKind } from './options.js'

const [d, e] = [2, 3]
const kinds: readonly BatchedLayerOptions[] = (['local', 'literal'] as const).flatMap((readout) =>
  (['sum', 'mean', 'neighbor', 'feature'] as const).map((pool: PoolKind, t) => ({
    nodeFeatures: d,
    edgeFeatures: e,
    hidden: 5,
    nodeOutputs: 3,
    edgeOutputs: t === 1 ? 0 : 2,
    readout,
    pool,
    globalPool: (['feature', 'neighbor', 'mean', 'sum'] as const)[t],
    depth: t % 2 === 0 ? (1 as const) : (2 as const),
  })),
)
/**
 * As published: linear φ and α, deep read-outs with linear gates, labels of pairs that see neither
 * s nor the reverse pair.
 */
const published: readonly BatchedLayerOptions[] = [0, 5, 2, 7].map((of, t) => ({
  ...kinds[of],
  terms: 'linear',
  nodeGates: [3, 0, 9, 1][t],
  edgeGates: kinds[of].edgeOutputs === 0 ? 0 : [1, 0, 5, 0][t],
  edgeReadout: t === 2 ? ('local' as const) : ('literal' as const),
  depth: ([3, 1, 2, 3] as const)[t],
  edgeDepth: ([2, 3] as const)[t % 2],
}))
const named = [
  ...kinds.map((kind) => [`${kind.readout}, ${kind.pool}`, kind] as const),
  ...published.map((kind) => [`${kind.readout}, ${kind.pool}, linear terms`, kind] as const),
]

/** Graphs with ties, masks, isolated nodes, of 0 to 6 nodes. */
const graphs: readonly Graph[] = Array.from({ length: 48 }, (_, t) =>
  mixedSampler(d, e)(stream(11).child('g', t), [3, 0, 1, 5, 2, 6, 4][t % 7], t),
)

/** Start values, biases too. */
function started(kind: BatchedLayerOptions, arithmetic?: 'plain' | 'float64'): BatchedLayer {
  const layer = batchedLayer(kind, stream(5), arithmetic)
  const source = stream(6)
  const moved = Object.entries(layer.parameters()).map(([name, { rows, cols, data }]) => [
    name,
    { rows, cols, data: data.map((x) => Math.fround(2 * x + 0.1 * source.normal())) },
  ])
  layer.setParameters(Object.fromEntries(moved) as ReturnType<BatchedLayer['parameters']>)
  return layer
}

/** The largest difference, in units of 1 + the largest value. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length)
  let [most, scale] = [0, 1]
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Number.isFinite(a[i]) ? Math.abs(a[i] - b[i]) : Infinity)
    scale = Math.max(scale, 1 + Math.abs(b[i]))
  }
  return most / scale
}

const flat = (layer: BatchedLayer): number[] =>
  Object.values(layer.gradients()).flatMap(({ data }) => Array.from(data))

/** A random linear function of the labels, whose gradients are its coefficients. */
function coefficients(layer: BatchedLayer): { nodes: Float64Array; edges: Float64Array } {
  const { nodes, edges } = layer.labels()
  const source = stream(8)
  return { nodes: source.normalInto(nodes.slice()), edges: source.normalInto(edges.slice()) }
}

describe.each(named)('a batched layer (%s)', (_, kind) => {
  it('in float64 equals the reference layer on every graph of a batch', () => {
    const layer = started(kind, 'float64')
    const reference = referenceLayer(layer.sizes, layer.parameters())
    layer.load(graphBatch(graphs))
    layer.forward()
    const { nodes, edges } = layer.labels()
    const expected = graphs.map(reference)
    expect(
      distance(
        nodes,
        expected.flatMap((y) => Array.from(y.nodes.data)),
      ),
    ).toBeLessThan(1e-13)
    const R = labelWidths(layer.sizes).edge
    const pairs = graphs.flatMap((graph, b) => {
      const { edges: y } = expected[b]
      const n = graph.nodes.rows
      return Array.from({ length: n * n }, (__, at) => [Math.floor(at / n), at % n] as const)
        .filter(([i, j]) => y !== undefined && pairExists(graph, i, j))
        .flatMap(([i, j]) =>
          Array.from(y?.data.subarray(R * (i * n + j), R * (i * n + j) + R) ?? []),
        )
    })
    expect(distance(edges, pairs)).toBeLessThan(1e-13)
    expect(
      distance(
        layer.graphs(),
        expected.flatMap((y) => Array.from(y.graph)),
      ),
    ).toBeLessThan(1e-13)
  })

  it('in float64 has the gradients of central differences, of parameters and of features', () => {
    const layer = started(kind, 'float64')
    const batch = graphBatch(graphs.slice(0, 14))
    layer.load(batch)
    layer.forward()
    const c = coefficients(layer)
    const value = (): number => {
      layer.forward()
      const { nodes, edges } = layer.labels()
      const dot = (a: Float64Array, b: Float64Array): number =>
        a.reduce((s, x, i) => s + x * b[i], 0)
      return dot(nodes, c.nodes) + dot(edges, c.edges)
    }
    layer.setLabelGradients(c.nodes, c.edges)
    const features = layer.backwardToFeatures()
    const gradients = layer.gradients()
    const h = 1e-6
    /** At a dozen places of x, against the gradient there. */
    const compare = (name: string, x: Float64Array, gradient: Float64Array, write: () => void) => {
      const places = stream(9).child(name).sample(x.length, Math.min(12, x.length))
      const expected = Array.from(places, (i) => {
        const old = x[i]
        const [up, down] = [h, -h].map((by) => {
          x[i] = old + by
          write()
          return value()
        })
        x[i] = old
        return (up - down) / (2 * h)
      })
      const found = Array.from(places, (i) => gradient[i])
      expect(distance(found, expected), name).toBeLessThan(1e-6)
    }
    const parameters = layer.parameters()
    for (const [name, { data }] of Object.entries(parameters))
      compare(name, data, gradients[name].data, () => {
        layer.setParameters(parameters)
      })
    layer.setParameters(parameters)
    const [nodes, edges] = [batch.nodes.slice(), batch.edges.slice()]
    const write = (): void => {
      layer.setFeatures(nodes, edges)
    }
    compare('nodes', nodes, features.nodes, write)
    compare('edges', edges, features.edges, write)
  })

  it('agrees in float32 with float64 to 1e-5, labels and gradients, and its twin has the same bits', () => {
    const layers = [started(kind, 'float64'), started(kind), started(kind, 'plain')]
    expect(layers[1].arithmetic).toBe('kernel')
    const [exact, kernel, twin] = layers.map((layer) => {
      layer.load(graphBatch(graphs))
      layer.forward()
      const { nodes, edges } = layer.labels()
      const c = coefficients(layers[0])
      layer.setLabelGradients(c.nodes, c.edges)
      const features = layer.backwardToFeatures()
      return [nodes, edges, features.nodes, features.edges, flat(layer)]
    })
    for (const [part, values] of kernel.entries()) {
      expect(distance(values, exact[part])).toBeLessThan(1e-5)
      expect(Array.from(twin[part])).toEqual(Array.from(values))
    }
  })

  it('passes the checker in float32, with and without pairs', () => {
    const report = checkGPI(labelingOf(started(kind)), {
      shape: { d, e },
      sizes: [0, 1, 2, 3, 5, 8],
      tol: 1e-4,
    })
    expect(report).toMatchObject({ ok: true, trials: 300 })
  })

  it('gives each graph the labels that it has alone, to the last bit', () => {
    const layer = started(kind)
    layer.load(graphBatch(graphs))
    layer.forward()
    const together = layer.labels()
    const alone = graphs.map((graph) => {
      layer.load(graphBatch([graph]))
      layer.forward()
      return layer.labels()
    })
    expect(alone.flatMap(({ nodes }) => Array.from(nodes))).toEqual(Array.from(together.nodes))
    expect(alone.flatMap(({ edges }) => Array.from(edges))).toEqual(Array.from(together.edges))
  })

  it('is trained by Adam, twin and kernel with the same bits, and the loss falls', () => {
    const batch = graphBatch(graphs)
    const truth = {
      nodes: Int32Array.from(batch.graphOfNode, (b, i) => (b + i) % 3),
      ...(kind.edgeOutputs !== 0 && { edges: Int32Array.from(batch.i, (i) => i % 2) }),
    }
    const [kernel, twin] = [undefined, 'plain' as const].map((arithmetic) => {
      const layer = started(kind, arithmetic)
      const losses = Array.from({ length: 20 }, () => {
        layer.load(batch)
        layer.forward()
        const loss = layer.crossEntropy(truth)
        layer.backward()
        layer.step({ rate: 0.01 })
        return loss
      })
      layer.forward()
      return { losses, parameters: layer.parameters(), last: layer.crossEntropy(truth) }
    })
    expect(twin).toEqual(kernel)
    // nothing is trained that has no name
    const again = batchedLayer(kind)
    again.setParameters(kernel.parameters)
    again.load(batch)
    again.forward()
    expect(again.crossEntropy(truth)).toBe(kernel.last)
    expect(kernel.losses[19]).toBeLessThan(0.9 * kernel.losses[0])
  })
})
