import { ShapeError, stream } from '@nonconvex/tensor'
import { startEngine, type Engine } from '@nonconvex/tensor/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchedLayer } from '../batch/make-layer.js'
import { labelWidths, type BatchedLayerOptions } from '../batch/options.js'
import { gpiOp, type GpiOp } from './gpi-op.js'
import { takeRows, unpad } from './kernel.js'
import type { Tensor } from './types.js'

let engine: Engine
beforeAll(async () => {
  engine = await startEngine({ backend: 'wasm' })
})
afterAll(() => {
  engine.dispose()
})

const [B, n, d, e] = [6, 4, 2, 3]
const plain: readonly BatchedLayerOptions[] = (['sum', 'mean', 'neighbor', 'feature'] as const).map(
  (pool, t) => ({
    nodeFeatures: d,
    edgeFeatures: e,
    hidden: 5,
    nodeOutputs: 3,
    edgeOutputs: t === 1 ? 0 : 2,
    pool,
    globalPool: (['feature', 'neighbor', 'mean', 'sum'] as const)[t],
    readout: t % 2 === 0 ? ('local' as const) : ('literal' as const),
    depth: t < 2 ? (1 as const) : (2 as const),
  }),
)

/** And as published. */
const kinds: readonly BatchedLayerOptions[] = [
  ...plain,
  ...plain.map((kind, t) => ({
    ...kind,
    terms: 'linear' as const,
    depth: 3 as const,
    edgeDepth: 3 as const,
    edgeReadout: 'literal' as const,
    nodeGates: 3,
    edgeGates: t === 1 ? 0 : 1,
  })),
]

/** A full graph, one with padding, one node, no node, no pair, one isolated node. */
const nodeMask = [
  [1, 1, 1, 1],
  [1, 0, 1, 0],
  [0, 1, 0, 0],
  [0, 0, 0, 0],
  [1, 1, 1, 1],
  [1, 1, 1, 0],
].flat()
const pairMask = Array.from({ length: B * n * n }, (_, at) => {
  const [b, i, j] = [Math.floor(at / (n * n)), Math.floor(at / n) % n, at % n]
  return b === 4 ? 0 : b === 5 ? Number(i !== 1 && j !== 1) : 1
})
const draw = (name: string, size: number): number[] =>
  Array.from(stream(3).child(name).normalInto(new Float64Array(size)), Math.fround)
const values = {
  nodes: draw('nodes', B * n * d),
  edges: draw('edges', B * n * n * e),
}
/** Coefficients of labels. */
const coefficients = ({ sizes }: GpiOp) => {
  const { node, edge } = labelWidths(sizes)
  const [nodes, edges] = [draw('dNodes', B * n * node), draw('dEdges', B * n * n * edge)]
  return { nodes, edges, node, edge }
}

/** Labels, and gradients of a linear function of them by everything. */
function run(op: GpiOp, change: Partial<typeof values> = {}): number[][] {
  const { tf } = engine
  const { nodes, edges } = { ...values, ...change }
  const c = coefficients(op)
  const parameters = op.initial(stream(2))
  const names = Object.keys(parameters)
  const masks = { nodeMask: tf.tensor(nodeMask, [B, n]), pairMask: tf.tensor(pairMask, [B, n, n]) }
  const inputs = [
    tf.tensor(nodes, [B, n, d]),
    tf.tensor(edges, [B, n, n, e]),
    ...Object.values(parameters),
  ]
  const labelsOf = (all: Tensor[]): ReturnType<GpiOp['apply']> => {
    const p = Object.fromEntries(names.map((name, i) => [name, all[i + 2]]))
    return op.apply({ nodes: all[0], edges: all[1], ...masks }, p)
  }
  const labels = labelsOf(inputs)
  const gradients = tf.grads((...all: Tensor[]) => {
    const y = labelsOf(all)
    const onNodes = y.nodes.mul(tf.tensor(c.nodes, [B, n, c.node])).sum()
    return op.sizes.edgeOutputs === 0
      ? onNodes
      : onNodes.add(y.edges.mul(tf.tensor(c.edges, [B, n, n, c.edge])).sum())
  })(inputs)
  return [labels.nodes, labels.edges, ...gradients].map((tensor) =>
    Array.from(tensor.dataSync(), (x) => x + 0),
  )
}

/** The same from the float64 layer on the graphs without padding. */
function exact(op: GpiOp): { labels: number[][]; gradients: number[][] } {
  const layer = batchedLayer(op.sizes, undefined, 'float64')
  layer.setParameters(batchedLayer(op.sizes, stream(2)).parameters())
  const full = pairMask.map((bit, at) => {
    const [b, i, j] = [Math.floor(at / (n * n)), Math.floor(at / n) % n, at % n]
    return bit * Number(i !== j) * nodeMask[b * n + i] * nodeMask[b * n + j]
  })
  const graphs = { graphs: B, room: n, ...values, nodeMask, pairMask: full }
  const { batch, nodeRows, pairRows } = unpad(graphs, d, e)
  layer.load(batch)
  layer.forward()
  const labels = layer.labels()
  const c = coefficients(op)
  layer.setLabelGradients(takeRows(c.nodes, nodeRows, c.node), takeRows(c.edges, pairRows, c.edge))
  const features = layer.backwardToFeatures()
  const put = (x: Float64Array, rows: Int32Array, cols: number, count: number): number[] => {
    const out = new Float64Array(count * cols)
    rows.forEach((row, r) => {
      out.set(x.subarray(r * cols, (r + 1) * cols), row * cols)
    })
    return Array.from(out)
  }
  return {
    labels: [
      put(labels.nodes, nodeRows, c.node, B * n),
      put(labels.edges, pairRows, c.edge, B * n * n),
    ],
    gradients: [
      put(features.nodes, nodeRows, d, B * n),
      put(features.edges, pairRows, e, B * n * n),
      ...Object.values(layer.gradients()).map(({ data }) => Array.from(data)),
    ],
  }
}

function near(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  const scale = 1 + Math.max(0, ...expected.map(Math.abs))
  found.forEach((x, i) => expect(Math.abs(x - expected[i]) / scale).toBeLessThan(1e-5))
}

describe.each(['kernel', 'composed'] as const)('the op (%s)', (how) => {
  it.each(kinds)('agrees with float64 to 1e-5, labels and gradients: %j', (kind) => {
    const op = gpiOp(engine, kind, how)
    const found = run(op)
    const { labels, gradients } = exact(op)
    for (const [part, expected] of [...labels, ...gradients].entries()) near(found[part], expected)
    const { node } = coefficients(op)
    expect(found[0].slice(12 * node, 16 * node).every((x) => x === 0)).toBe(true)
  })

  it.each([1e3, NaN, Infinity])('does not read what is masked: %d', (masked) => {
    const op = gpiOp(engine, kinds[3], how)
    const nodes = values.nodes.map((x, at) => (nodeMask[Math.floor(at / d)] === 0 ? masked : x))
    const edges = values.edges.map((x, at) => (pairMask[Math.floor(at / e)] === 0 ? -masked : x))
    expect(run(op, { nodes, edges })).toEqual(run(op))
  })

  it.each(['nodes', 'edges'] as const)('refuses NaN in %s, or keeps it in its graph', (where) => {
    const op = gpiOp(engine, kinds[0], how)
    // of the first graph: a feature of node 1, of the pair (0, 2)
    const at = where === 'nodes' ? d : 2 * e
    const change = { [where]: values[where].map((x, i) => (i === at ? NaN : x)) }
    if (how === 'kernel') {
      expect(() => run(op, change)).toThrow(
        /(nodes|edges)\[1, 0\] must be finite in float32, got NaN/,
      )
      return
    }
    const [before, after] = [run(op), run(op, change)]
    const { node, edge } = labelWidths(op.sizes)
    for (const [part, ofGraph] of [
      [0, n * node],
      [1, n * n * edge],
    ] as const) {
      expect(after[part].slice(ofGraph)).toEqual(before[part].slice(ofGraph))
      expect(after[part].slice(0, ofGraph).some(Number.isNaN)).toBe(true)
    }
  })
})

it.each(['sum', 'feature'] as const)(
  'computes the same both ways without features of nodes, or of pairs (%s)',
  (pool) => {
    const { tf } = engine
    for (const [nodeFeatures, edgeFeatures] of [
      [d, 0],
      [0, e],
      [0, 0],
    ])
      for (const more of [
        {},
        { terms: 'linear', edgeReadout: 'literal', nodeGates: 2, edgeGates: 1 },
      ] as const) {
        const [nodes, edges] = [tf.ones([2, 3, nodeFeatures]), tf.ones([2, 3, 3, edgeFeatures])]
        const sizes = { nodeFeatures, edgeFeatures, hidden: 4, nodeOutputs: 2, edgeOutputs: 2 }
        const [kernel, composed] = (['kernel', 'composed'] as const).map((how) => {
          const op = gpiOp(engine, { ...sizes, pool, globalPool: pool, ...more }, how)
          const p = op.initial(stream(1))
          p['rho.bias'] = tf.ones([1, 4])
          const labels = op.apply({ nodes, edges }, p)
          return [...labels.nodes.dataSync(), ...labels.edges.dataSync()]
        })
        near(composed, kernel)
        expect(kernel.some((x) => x !== 0)).toBe(true)
      }
  },
)

describe('the op', () => {
  it('gives right gradients when two calls are open at once', () => {
    const { tf } = engine
    const op = gpiOp(engine, kinds[0])
    expect(op.how).toBe('kernel')
    const p = op.initial(stream(2))
    const a = tf.tensor(values.nodes, [B, n, d])
    const edges = tf.tensor(values.edges, [B, n, n, e])
    const value = (x: Tensor): Tensor => op.apply({ nodes: x, edges }, p).nodes.square().sum()
    const apart = tf
      .grad((x: Tensor) => value(x))(a)
      .add(tf.grad((x: Tensor) => value(x.mul(2)))(a))
    const together = tf.grad((x: Tensor) => value(x).add(value(x.mul(2))))(a)
    near(Array.from(together.dataSync()), Array.from(apart.dataSync()))
  })

  it.each(['kernel', 'composed'] as const)(
    'gives the same labels whatever room there is for more nodes (%s)',
    (how) => {
      const { tf } = engine
      const op = gpiOp(engine, kinds[3], how)
      const p = op.initial(stream(2))
      const [nodes, edges] = [
        tf.tensor(values.nodes, [B, n, d]),
        tf.tensor(values.edges, [B, n, n, e]),
      ]
      const padded = [0, 3, 10].map((more) => {
        const room: [number, number] = [0, more]
        const labels = op.apply(
          {
            nodes: tf.pad(nodes, [[0, 0], room, [0, 0]], 7),
            edges: tf.pad(edges, [[0, 0], room, room, [0, 0]], -9),
            nodeMask: tf.pad(tf.ones([B, n]), [[0, 0], room]),
          },
          p,
        )
        return [
          ...labels.nodes.slice([0, 0, 0], [B, n, 3]).dataSync(),
          ...labels.edges.slice([0, 0, 0, 0], [B, n, n, 2]).dataSync(),
        ]
      })
      near(padded[1], padded[0])
      near(padded[2], padded[0])
      if (how === 'kernel') expect(padded[2]).toEqual(padded[0])
    },
  )

  it('refuses tensors of other shapes, by name', () => {
    const { tf } = engine
    const op = gpiOp(engine, kinds[0])
    const p = op.initial(stream(2))
    const [nodes, edges] = [tf.zeros([B, n, d]), tf.zeros([B, n, n, e])]
    expect(() => op.apply({ nodes, edges: tf.zeros([B, n, n, 1]) }, p)).toThrow(
      'gpiOp: edges must have shape [6, 4, 4, 3], got [6, 4, 4, 1]',
    )
    expect(() => op.apply({ nodes, edges, nodeMask: tf.zeros([B]) }, p)).toThrow(ShapeError)
    expect(() => op.apply({ nodes, edges }, {})).toThrow(
      /phi.zi must have shape \[2, 5\], got \[\]/,
    )
  })
})
