import { stream } from '@nonconvex/tensor'
import { startEngine, type Engine } from '@nonconvex/tensor/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { batchedLayer } from '../batch/make-layer.js'
import { labelWidths } from '../batch/options.js'
import { projectBudget } from '../cardinality/project-budget.js'
import type { GraphLayer, GraphLayerArgs } from './graph-layer.js'
import { takeRows, unpad } from './kernel.js'
import { registerLayers, type StructuredLayers } from './register-layers.js'
import type { Tensor } from './types.js'

let engine: Engine
let layers: StructuredLayers
beforeAll(async () => {
  engine = await startEngine({ backend: 'wasm' })
  layers = registerLayers(engine)
})
afterAll(() => {
  engine.dispose()
})

const [B, n, d, e] = [3, 4, 2, 3]
const draw = (name: string, size: number): Float32Array =>
  Float32Array.from(stream(5).child(name).normalInto(new Float64Array(size)))
const data = { nodes: draw('nodes', B * n * d), pairs: draw('pairs', B * n * n * e) }
/** a full graph, one of three nodes, one of one */
const nodeMask = [1, 1, 1, 1, 1, 0, 1, 1, 0, 1, 0, 0]

const base: GraphLayerArgs = { hidden: 5, nodeOutputs: 3, edgeOutputs: 2, seed: 7 }
const kinds: readonly GraphLayerArgs[] = [
  base,
  { ...base, edgeOutputs: 0, pool: 'mean', globalPool: 'sum', readout: 'literal' },
  { ...base, pool: 'neighbor', globalPool: 'feature', depth: 2 },
  { ...base, pool: 'feature', terms: 'linear', depth: 3, edgeDepth: 3, edgeReadout: 'literal' },
  { ...base, nodeGates: 2, edgeGates: 1, globalPool: 'mean' },
]

/** A model of one graph layer, with all three inputs. */
const modelOf = (layer: GraphLayer) => {
  const { tf } = engine
  const inputs = [
    tf.input({ shape: [null, d] }),
    tf.input({ shape: [null, null, e] }),
    tf.input({ shape: [null] }),
  ]
  const outputs = layer.apply(inputs) as ReturnType<typeof tf.input>
  return tf.model({ inputs, outputs })
}
const inputsOf = (order: readonly number[] = [0, 1, 2, 3]): Tensor[] => {
  const { tf } = engine
  const index = tf.tensor1d([...order], 'int32')
  return [
    tf.tensor(data.nodes, [B, n, d]).gather(index, 1),
    tf.tensor(data.pairs, [B, n, n, e]).gather(index, 1).gather(index, 2),
    tf.tensor(nodeMask, [B, n]).gather(index, 1),
  ]
}
const list = <T>(x: T | T[]): T[] => (Array.isArray(x) ? x : [x])
const predictions = (model: ReturnType<typeof modelOf>, order?: readonly number[]): Tensor[] =>
  list(model.predict(inputsOf(order)))

/** As large as the largest, within 1e-5. */
function near(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(found).toHaveLength(expected.length)
  const scale = Math.max(1e-3, ...Array.from(expected, Math.abs))
  for (let i = 0; i < found.length; i++)
    expect(Math.abs(found[i] - expected[i]) / scale).toBeLessThan(tolerance)
}

/** The float64 layer with the weights of one of tfjs, on the graphs without padding. */
function reference(layer: GraphLayer) {
  const exact = batchedLayer(layer.sizes, undefined, 'float64')
  exact.setParameters(layer.parameters())
  const pairMask = Array.from({ length: B * n * n }, (_, at) => {
    const [b, i, j] = [Math.floor(at / (n * n)), Math.floor(at / n) % n, at % n]
    return Number(i !== j) * nodeMask[b * n + i] * nodeMask[b * n + j]
  })
  const { nodes, pairs: edges } = data
  const graphs = unpad({ graphs: B, room: n, nodes, edges, nodeMask, pairMask }, d, e)
  exact.load(graphs.batch)
  exact.forward()
  return { exact, ...graphs }
}

/** What a model is saved as, and read from that again. */
async function reloaded<T extends ReturnType<typeof modelOf>>(model: T) {
  const { tf } = engine
  let saved: Parameters<typeof tf.io.fromMemory>[0] | undefined
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      // a file holds text, which has no infinity
      saved = {
        ...artifacts,
        modelTopology: JSON.parse(JSON.stringify(artifacts.modelTopology)) as object,
      }
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
      })
    }),
  )
  if (!saved) throw new Error('nothing was saved')
  return tf.loadLayersModel(tf.io.fromMemory(saved))
}

describe.each(kinds)('graphPermutationInvariant %j', (args) => {
  it('has outputs and gradients of the float64 reference to 1e-5', () => {
    const { tf } = engine
    const layer = layers.graphPermutationInvariant(args)
    const model = modelOf(layer)
    const { node, edge } = labelWidths(layer.sizes)
    const { exact, nodeRows, pairRows } = reference(layer)
    const labels = exact.labels()
    const found = predictions(model)
    near(takeRows(found[0].dataSync(), nodeRows, node), labels.nodes)
    if (edge > 0) near(takeRows(found[1].dataSync(), pairRows, edge), labels.edges)
    const [c, ce] = [draw('c', B * n * node), draw('ce', B * n * n * edge)]
    const { grads } = tf.variableGrads(() => {
      const [y, ye] = list(model.apply(inputsOf()) as Tensor | Tensor[])
      const onNodes = y.mul(tf.tensor(c, y.shape)).sum()
      return (edge > 0 ? onNodes.add(ye.mul(tf.tensor(ce, ye.shape)).sum()) : onNodes).asScalar()
    })
    exact.setLabelGradients(takeRows(c, nodeRows, node), takeRows(ce, pairRows, edge))
    exact.backward()
    const gradients = exact.gradients()
    const byName = Object.entries(grads).map(([name, gradient]) => {
      const short = name.replace(/^.*\/(.*?)(_\d+)?$/, '$1')
      near(gradient.dataSync(), gradients[short].data, 2e-5)
      return short
    })
    expect(byName.sort()).toEqual(Object.keys(gradients).sort())
  })

  it('permutes its predictions with the nodes', () => {
    const model = modelOf(layers.graphPermutationInvariant(args))
    const order = [2, 0, 3, 1]
    const [there, moved] = [predictions(model), predictions(model, order)]
    const index = engine.tf.tensor1d(order, 'int32')
    near(moved[0].dataSync(), there[0].gather(index, 1).dataSync())
    if (moved.length > 1)
      near(moved[1].dataSync(), there[1].gather(index, 1).gather(index, 2).dataSync())
  })

  it('is saved and loaded with the same predictions, bit for bit', async () => {
    const model = modelOf(layers.graphPermutationInvariant(args))
    const loaded = await reloaded(model)
    const [before, after] = [model, loaded].map((one) =>
      list(one.predict(inputsOf())).map((y) => [...y.dataSync()]),
    )
    expect(after).toEqual(before)
    expect(loaded.layers.at(-1)?.getConfig()).toEqual(model.layers.at(-1)?.getConfig())
  })
})

describe('graphAttention', () => {
  it('pools with attention, and is saved under its own name', async () => {
    const layer = layers.graphAttention({ hidden: 4, nodeOutputs: 2 })
    const model = modelOf(layer)
    expect(layer.sizes).toMatchObject({ pool: 'neighbor', globalPool: 'neighbor' })
    const loaded = await reloaded(model)
    expect(loaded.layers.at(-1)?.getClassName()).toBe('GraphAttention')
    expect([...predictions(loaded)[0].dataSync()]).toEqual([...predictions(model)[0].dataSync()])
  })
})

describe('a graph layer', () => {
  it('needs nothing but nodes, and takes masks by their rank', () => {
    const { tf } = engine
    const layer = layers.graphPermutationInvariant({ hidden: 4, nodeOutputs: 2, seed: 3 })
    const [nodes, , mask] = inputsOf()
    const all = layer.apply(nodes) as Tensor
    expect(all.shape).toEqual([B, n, 2])
    const some = layer.apply([nodes, tf.ones([B, n, n]), mask]) as Tensor
    expect([...some.slice([0], [1]).dataSync()]).toEqual([...all.slice([0], [1]).dataSync()])
    expect([...some.slice([2, 2], [1, 2]).dataSync()]).toEqual([0, 0, 0, 0])
    expect(() => layer.apply([nodes, mask, mask])).toThrow(/\[B, n\].*\[3, 4\]/)
  })

  it('has the weights of batchedLayer with the same seed, and gives and takes them by name', () => {
    const layer = layers.graphPermutationInvariant({ hidden: 4, nodeOutputs: 2, seed: 3 })
    expect(() => layer.sizes).toThrow(RangeError)
    layer.apply(inputsOf())
    const batched = batchedLayer(layer.sizes, stream(3))
    expect(layer.parameters()).toEqual(batched.parameters())
    const others = batchedLayer(layer.sizes, stream(4)).parameters()
    layer.setParameters(others)
    expect(layer.parameters()).toEqual(others)
    expect(() => layer.setParameters({})).toThrow(/phi.zi must be/)
  })

  it('refuses options out of range, and features of unknown number', () => {
    const { tf } = engine
    expect(() => layers.graphPermutationInvariant({ hidden: 0, nodeOutputs: 1 })).toThrow(
      /expected hidden to be an integer ≥ 1, got 0/,
    )
    expect(() => layers.graphPermutationInvariant({ hidden: 1, nodeOutputs: 1, seed: -1 })).toThrow(
      RangeError,
    )
    const layer = layers.graphPermutationInvariant({ hidden: 1, nodeOutputs: 1 })
    expect(() => layer.apply(tf.input({ shape: [3] }))).toThrow(/\[B, n, d\].*got \[, 3\]/)
  })
})

describe('readout', () => {
  it.each(['sum', 'mean', 'max', 'attention'] as const)(
    'pools the nodes that there are, in any order, saved or not (%s)',
    async (pool) => {
      const { tf } = engine
      const inputs = [tf.input({ shape: [null, d] }), tf.input({ shape: [null] })]
      const outputs = layers.readout({ pool, seed: 2 }).apply(inputs) as ReturnType<typeof tf.input>
      const model = tf.model({ inputs, outputs })
      const loaded = await reloaded(model)
      const predicted = (order?: readonly number[], one = model): Tensor => {
        const [nodes, , mask] = inputsOf(order)
        return one.predict([nodes, mask]) as Tensor
      }
      const found = predicted()
      expect(found.shape).toEqual([B, d])
      near(predicted([3, 1, 0, 2]).dataSync(), found.dataSync())
      expect([...predicted(undefined, loaded).dataSync()]).toEqual([...found.dataSync()])
      const rows = Array.from({ length: B }, (_, b) =>
        [0, 1, 2, 3]
          .filter((k) => nodeMask[b * n + k] > 0)
          .map((k) => Array.from(data.nodes.subarray((b * n + k) * d, (b * n + k + 1) * d))),
      )
      const u = pool === 'attention' ? [...model.getWeights()[0].dataSync()] : []
      const pooled = rows.flatMap((nodes) => {
        const scores = nodes.map((z) => z.reduce((sum, x, c) => sum + x * (u[c] ?? 0), 0))
        const total = scores.reduce((sum, s) => sum + Math.exp(s), 0)
        return [0, 1].map((c) => {
          const column = nodes.map((z) => z[c])
          if (pool === 'max') return Math.max(...column)
          const sum = column.reduce(
            (part, x, i) => part + x * (pool === 'attention' ? Math.exp(scores[i]) / total : 1),
            0,
          )
          return pool === 'mean' ? sum / nodes.length : sum
        })
      })
      near(found.dataSync(), pooled)
      // a graph without nodes
      const none = model.predict([tf.fill([1, n, d], NaN), tf.zeros([1, n])]) as Tensor
      expect([...none.dataSync()].map((x) => x + 0)).toEqual([0, 0])
    },
  )

  it('refuses another pool, and shapes that are none of nodes', () => {
    expect(() => layers.readout({ pool: 'last' as 'sum' })).toThrow(/sum, mean, max, attention/)
    expect(() => layers.readout().apply(engine.tf.zeros([2, 3]))).toThrow(/\[B, n, d\]/)
  })
})

describe('budgetProjection', () => {
  const scores = draw('scores', B * n * d)
  it('projects each row, with a budget for all or one of each', async () => {
    const { tf } = engine
    const input = tf.input({ shape: [n, d] })
    const budget = tf.input({ shape: [d] })
    const columns = layers.budgetProjection({ axis: 1 }).apply([input, budget])
    const rows = layers.budgetProjection({ budget: 1, hi: Infinity, mode: 'le' }).apply(input)
    const outputs = [columns, rows] as ReturnType<typeof tf.input>[]
    const model = tf.model({ inputs: [input, budget], outputs })
    const given = [tf.tensor(scores, [B, n, d]), tf.tensor([1, 2, 0, 4, 1.5, 0.5], [B, d])]
    const [byColumn, byRow] = list<Tensor>(model.predict(given))
    const expected = Array.from({ length: B * d }, (_, at) => {
      const [b, c] = [Math.floor(at / d), at % d]
      const column = [0, 1, 2, 3].map((k) => scores[(b * n + k) * d + c])
      return [...projectBudget(column, [1, 2, 0, 4, 1.5, 0.5][at]).y]
    })
    near(byColumn.transpose([0, 2, 1]).dataSync(), expected.flat())
    const simplex = Array.from({ length: B * n }, (_, r) => [
      ...projectBudget([...scores.subarray(r * d, (r + 1) * d)], 1, { hi: Infinity, mode: 'le' }).y,
    ])
    near(byRow.dataSync(), simplex.flat())
    const again = list<Tensor>((await reloaded(model)).predict(given))
    expect(again.map((y) => [...y.dataSync()])).toEqual(
      [byColumn, byRow].map((y) => [...y.dataSync()]),
    )
  })

  it('is trained through, scores and budget', async () => {
    const { tf } = engine
    const input = tf.input({ shape: [6] })
    const score = tf.layers.dense({ units: 3, kernelInitializer: engine.initializer(stream(1)) })
    const count = tf.layers.dense({
      units: 1,
      activation: 'sigmoid',
      kernelInitializer: engine.initializer(stream(2)),
    })
    const soft = { kind: 'sigmoid', eps: 0.5 } as const
    const outputs = layers
      .budgetProjection(soft)
      .apply([score.apply(input), count.apply(input)] as ReturnType<typeof tf.input>[])
    const model = tf.model({ inputs: input, outputs: outputs as ReturnType<typeof tf.input> })
    model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' })
    const x = tf.eye(6)
    const y = tf.tensor2d(
      [0, 1, 2, 0, 1, 2].map((c) => [0, 1, 2].map((l) => Number(l === c) * 0.9)),
    )
    const { history } = await model.fit(x, y, { epochs: 60, verbose: 0, shuffle: false })
    expect(Number(history['loss'].at(-1))).toBeLessThan(Number(history['loss'][0]) / 20)
  })

  it('needs one budget, not two', () => {
    const { tf } = engine
    expect(() => layers.budgetProjection().apply(tf.zeros([2, 3]))).toThrow(/budget/)
    expect(() =>
      layers.budgetProjection({ budget: 1 }).apply([tf.zeros([2, 3]), tf.zeros([2])]),
    ).toThrow(/budget/)
    expect(() => layers.budgetProjection({ kind: 'gauss' as 'exact' })).toThrow(RangeError)
  })
})
