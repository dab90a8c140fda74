import { stream } from '@nonconvex/tensor'
import { startEngine } from '@nonconvex/tensor/engine'
import { bench, describe } from 'vitest'
import { gpiOp } from '../tfjs/gpi-op.js'
import { graphBatch } from './graph-batch.js'
import { batchedLayer } from './make-layer.js'
import { trainingStep } from './training-step.js'

/** Graphs, nodes, features of nodes and pairs, hidden units, classes, predicates. */
const sizes = {
  S: [50, 5, 7, 4, 64, 7, 4],
  M: [50, 10, 20, 8, 64, 20, 10],
  L: [20, 20, 64, 51, 128, 150, 51],
} as const

const engine = await startEngine({ backend: 'wasm' })
const { tf } = engine

describe.each(Object.entries(sizes))(
  'one training step with Adam, size %s',
  (_, [B, n, d, e, H, C, R]) => {
    const source = stream(1)
    const normal = (count: number): Float64Array => source.normalInto(new Float64Array(count))
    const nodes = normal(B * n * d)
    const edges = normal(B * n * n * e)
    const options = { nodeFeatures: d, edgeFeatures: e, hidden: H, nodeOutputs: C, edgeOutputs: R }
    const batch = graphBatch(
      Array.from({ length: B }, (__, b) => ({
        nodes: { rows: n, cols: d, data: nodes.slice(b * n * d, (b + 1) * n * d) },
        edges: { rows: n * n, cols: e, data: edges.slice(b * n * n * e, (b + 1) * n * n * e) },
      })),
    )
    const truth = {
      nodes: new Int32Array(B * n).map(() => source.integer(C)),
      edges: new Int32Array(B * n * (n - 1)).map(() => source.integer(R)),
    }
    const layer = batchedLayer(options, stream(2))
    bench('kernel, float32', () => {
      trainingStep(layer, batch, truth)
    })
    const op = gpiOp(engine, options, 'composed')
    const p = Object.fromEntries(
      Object.entries(op.initial(stream(2))).map(([name, value]) => [name, tf.variable(value)]),
    )
    const z = tf.tensor(Float32Array.from(nodes), [B, n, d])
    const ze = tf.tensor(Float32Array.from(edges), [B, n, n, e])
    const oneHot = (
      labels: Int32Array,
      classes: number,
      shape: number[],
    ): ReturnType<typeof tf.tensor> =>
      tf
        .oneHot(tf.tensor1d(labels, 'int32'), classes)
        .toFloat()
        .reshape([...shape, classes])
    const nodeTruth = oneHot(truth.nodes, C, [B * n])
    const diagonal = Int32Array.from(
      { length: B * n * n },
      (__, at) => (Math.floor(at / n) + at) % R,
    )
    const pairTruth = oneHot(diagonal, R, [B * n * n])
    const adam = tf.train.adam(1e-3)
    bench('tfjs composed ops, wasm', () => {
      adam
        .minimize(() => {
          const labels = op.apply({ nodes: z, edges: ze }, p)
          return tf.losses
            .softmaxCrossEntropy(nodeTruth, labels.nodes.reshape([B * n, C]))
            .add(tf.losses.softmaxCrossEntropy(pairTruth, labels.edges.reshape([B * n * n, R])))
            .asScalar()
        }, true)
        ?.dispose()
    })
  },
)
