import { ShapeError, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { graphOf } from '../graph/graph.js'
import { graphBatch } from './graph-batch.js'
import { batchedLayer } from './make-layer.js'

const sizes = { nodeFeatures: 2, edgeFeatures: 1, hidden: 3, nodeOutputs: 2, edgeOutputs: 2 }
const pair = graphOf(
  [
    [1, 2],
    [3, 4],
  ],
  [
    [[0], [5]],
    [[6], [0]],
  ],
)
const loaded = (): ReturnType<typeof batchedLayer> => {
  const layer = batchedLayer(sizes, stream(1))
  layer.load(graphBatch([pair]))
  layer.forward()
  return layer
}

describe('a batch', () => {
  it('lists nodes and the pairs that exist, with the place of each reverse', () => {
    const masked = { ...pair, mask: Uint8Array.of(0, 1, 0, 0) }
    const batch = graphBatch([pair, graphOf([]), masked])
    expect(batch).toMatchObject({ graphs: 3, nodeFeatures: 2, edgeFeatures: 1 })
    expect([...batch.nodeStart]).toEqual([0, 2, 2, 4])
    expect([...batch.pairStart]).toEqual([0, 1, 2, 3, 3])
    expect([...batch.i]).toEqual([0, 1, 2])
    expect([...batch.j]).toEqual([1, 0, 3])
    expect([...batch.reverse]).toEqual([1, 0, -1])
    expect([...batch.edges]).toEqual([5, 6, 5])
  })

  it('refuses no graph, different numbers of features, and NaN', () => {
    expect(() => graphBatch([])).toThrow('graphBatch: graphs must be at least 1, got 0')
    expect(() => graphBatch([pair, graphOf([[1]])])).toThrow(
      'graphBatch: nodes of all graphs must have 2 features, got 1',
    )
    const nodes = { ...pair.nodes, data: Float64Array.of(1, NaN, 2, 3) }
    expect(() => graphBatch([{ ...pair, nodes }])).toThrow(/nodes\[0, 1\] to be finite, got NaN/)
  })
})

describe('a batched layer refuses', () => {
  it('sizes and kinds out of their range, by name', () => {
    const wrong = (change: object) => () => batchedLayer({ ...sizes, ...change })
    expect(wrong({ hidden: 0 })).toThrow(
      'batchedLayer: expected hidden to be an integer ≥ 1, got 0',
    )
    expect(wrong({ edgeOutputs: -1 })).toThrow(/expected edgeOutputs to be an integer ≥ 0, got -1/)
    expect(wrong({ pool: 'max' })).toThrow(
      /pool must be one of sum, mean, neighbor, feature, got max/,
    )
    expect(wrong({ readout: 'foo' })).toThrow(
      'batchedLayer: readout must be one of local, literal, got foo',
    )
    expect(wrong({ hidden: 3e9 })).toThrow(
      'batchedLayer: hidden must be at most 1000000, got 3000000000',
    )
    expect(wrong({ hidden: 50_000 })).toThrow(/must fit in 4 GiB, got \d+\.?\d* GiB/)
    expect(wrong({ depth: 4 })).toThrow('batchedLayer: depth must be 1, 2 or 3, got 4')
    expect(wrong({ edgeDepth: 0 })).toThrow(/edgeDepth must be 1, 2 or 3, got 0/)
    expect(wrong({ terms: 'tanh' })).toThrow(/terms must be one of relu, linear, got tanh/)
    expect(wrong({ edgeReadout: '' })).toThrow(/edgeReadout must be one of local, literal, got $/)
    expect(wrong({ nodeGates: 0.5 })).toThrow(/expected nodeGates to be an integer ≥ 0, got 0.5/)
    expect(wrong({ edgeOutputs: 0, edgeGates: 1 })).toThrow(
      'batchedLayer: edgeGates must be 0 without edgeOutputs, got 1',
    )
  })

  it('work before a batch is loaded, a batch of other features, a slot that there is not', () => {
    expect(() => batchedLayer(sizes).forward()).toThrow(/expected a loaded batch, got none/)
    expect(() => batchedLayer(sizes).load(graphBatch([graphOf([[1]])]))).toThrow(ShapeError)
    expect(() => loaded().forward(1)).toThrow(/slot must be from 0 to 0, got 1/)
  })

  it('features that are too large for float32, by their place', () => {
    const layer = batchedLayer(sizes, stream(1))
    const large = (x: number, y: number) => () => {
      layer.load(
        graphBatch([
          graphOf(
            [
              [1, 2],
              [3, x],
            ],
            [
              [[0], [y]],
              [[6], [0]],
            ],
          ),
        ]),
      )
    }
    expect(large(3.5e38, 1)).toThrow(
      'BatchedLayer: nodes[1, 1] must be finite in float32, got 3.5e+38',
    )
    expect(large(1, -1e300)).toThrow('edges[0, 0] must be finite in float32, got -1e+300')
    expect(large(3.4e38, 1)).not.toThrow()
    expect(() => {
      loaded().setFeatures([1, 2, 3, NaN], [1, 1])
    }).toThrow('nodes[1, 1] must be finite in float32, got NaN')
    const reference = batchedLayer(sizes, stream(1), 'float64')
    reference.load(
      graphBatch([{ ...pair, nodes: { ...pair.nodes, data: Float64Array.of(1e39, 1, 1, 1) } }]),
    )
    reference.forward()
    expect(reference.labels().nodes.every(Number.isFinite)).toBe(true)
  })

  it('truth of another length or out of range', () => {
    const [nodes, edges] = [Int32Array.of(0, 1), Int32Array.of(1, 1)]
    expect(() => loaded().crossEntropy({ nodes })).toThrow(/edges must have length 2, got 0/)
    expect(() => loaded().crossEntropy({ nodes: Int32Array.of(0, 2), edges })).toThrow(
      /classes of nodes must be from 0 to 1, got 2/,
    )
    const nodeWeights = Float64Array.of(1)
    expect(() => loaded().crossEntropy({ nodes, edges, nodeWeights })).toThrow(
      /weights of nodes must have length 2, got 1/,
    )
  })

  it('parameters that are missing, unknown, of another size or not finite', () => {
    const layer = loaded()
    const all = layer.parameters()
    const { ['rho.g']: one, ...rest } = all
    const set = (named: typeof all) => () => {
      layer.setParameters(named)
    }
    expect(set(rest)).toThrow(/rho.g must be 3 × 3, got 0 × 0/)
    expect(set({ ...all, other: one })).toThrow(/got other/)
    expect(set({ ...all, 'rho.g': { ...one, data: one.data.map(() => NaN) } })).toThrow(
      /rho.g\[0\] must be finite, got NaN/,
    )
    layer.forward()
    expect(layer.labels().nodes.every(Number.isFinite)).toBe(true)
  })
})

it('a batch without any node has empty labels, and a loss of zero', () => {
  const layer = batchedLayer(sizes, stream(1))
  layer.load(graphBatch([graphOf([]), graphOf([])]))
  layer.forward()
  expect(layer.crossEntropy({ nodes: new Int32Array(0), edges: new Int32Array(0) })).toBe(0)
  layer.backward()
  layer.step()
  expect(Object.values(layer.parameters()).every(({ data }) => data.every(Number.isFinite))).toBe(
    true,
  )
})
