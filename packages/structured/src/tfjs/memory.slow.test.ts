import { stream } from '@nonconvex/tensor'
import { startEngine } from '@nonconvex/tensor/engine'
import { expect, it } from 'vitest'
import { gpiOp } from './gpi-op.js'
import { registerLayers } from './register-layers.js'

const [B, n, d, e] = [3, 4, 2, 3]
const sizes = { nodeFeatures: d, edgeFeatures: e, hidden: 5, nodeOutputs: 3, edgeOutputs: 2 }
const draw = (size: number): Float32Array =>
  Float32Array.from(stream(3).normalInto(new Float64Array(size)))

it.each(['kernel', 'composed'] as const)(
  'keeps no tensor over 200 steps of training (%s)',
  async (how) => {
    const engine = await startEngine({ backend: 'wasm' })
    const { tf } = engine
    const op = gpiOp(engine, sizes, how)
    const start = op.initial(stream(2))
    const p = Object.fromEntries(
      Object.entries(start).map(([name, value]) => [name, tf.variable(value)]),
    )
    tf.dispose(start)
    const nodes = tf.tensor(draw(B * n * d), [B, n, d])
    const edges = tf.tensor(draw(B * n * n * e), [B, n, n, e])
    const optimizer = tf.train.sgd(0.1)
    const step = (): number => {
      const loss = optimizer.minimize(
        () => op.apply({ nodes, edges }, p).nodes.square().mean().asScalar(),
        true,
      )
      const value = loss?.dataSync()[0] ?? NaN
      loss?.dispose()
      return value
    }
    const first = step()
    const before = tf.memory().numTensors
    let last = first
    for (let t = 0; t < 200; t++) last = step()
    expect(tf.memory().numTensors).toBe(before)
    expect(last).toBeLessThan(0.5 * first)
    optimizer.dispose()
    tf.dispose([nodes, edges, ...Object.values(p)])
    engine.dispose()
  },
)

it('keeps no tensor over 200 steps of model.fit and of model.predict', async () => {
  const engine = await startEngine({ backend: 'wasm' })
  const { tf } = engine
  const layers = registerLayers(engine)
  const [nodes, pairs, mask] = [
    tf.input({ shape: [null, d] }),
    tf.input({ shape: [null, null, e] }),
    tf.input({ shape: [null] }),
  ]
  type Symbolic = typeof nodes
  const [labels] = layers
    .graphAttention({ hidden: 5, nodeOutputs: 4, edgeOutputs: 1 })
    .apply([nodes, pairs, mask]) as Symbolic[]
  const one = layers.readout({ pool: 'attention' }).apply([labels, mask]) as Symbolic
  const outputs = layers
    .budgetProjection({ budget: 2, kind: 'sigmoid', eps: 0.5 })
    .apply(one) as Symbolic
  const model = tf.model({ inputs: [nodes, pairs, mask], outputs })
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' })
  // 50 batches in a row: an epoch of tfjs has a cost of its own
  const batches = 50
  const x = [
    tf.tensor(draw(B * n * d), [B, n, d]).tile([batches, 1, 1]),
    tf.tensor(draw(B * n * n * e), [B, n, n, e]).tile([batches, 1, 1, 1]),
    tf.tensor([1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0], [B, n]).tile([batches, 1]),
  ]
  const y = tf.tensor2d([1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0], [B, 4]).tile([batches, 1])
  const fit = { epochs: 1, batchSize: B, shuffle: false, verbose: 0 } as const
  const before = (await model.fit(x, y, fit)) && tf.memory().numTensors
  const { history } = await model.fit(x, y, { ...fit, epochs: 4 })
  expect(tf.memory().numTensors).toBe(before)
  expect(Number(history['loss'].at(-1))).toBeLessThan(Number(history['loss'][0]))
  for (let t = 0; t < 4; t++) tf.dispose(model.predict(x, { batchSize: B }))
  expect(tf.memory().numTensors).toBe(before)
  engine.dispose()
})
