import { stream } from '@nonconvex/tensor'
import { startEngine } from '@nonconvex/tensor/engine'
import { expect, it } from 'vitest'
import { gpiOp } from './gpi-op.js'

const [B, n, d, e] = [3, 4, 2, 3]
const sizes = { nodeFeatures: d, edgeFeatures: e, hidden: 5, nodeOutputs: 3, edgeOutputs: 2 }
const draw = (size: number): Float32Array =>
  Float32Array.from(stream(3).normalInto(new Float64Array(size)))

it.each(['kernel', 'composed'] as const)(
  'keeps no tensor over 1000 steps of training (%s)',
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
    const optimiser = tf.train.sgd(0.02)
    const step = (): number => {
      const loss = optimiser.minimize(
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
    for (let t = 0; t < 1000; t++) last = step()
    expect(tf.memory().numTensors).toBe(before)
    expect(last).toBeLessThan(0.5 * first)
    optimiser.dispose()
    tf.dispose([nodes, edges, ...Object.values(p)])
    engine.dispose()
  },
)
