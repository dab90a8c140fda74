import * as structured from '@nonconvex/structured/batch'
import { stream } from '@nonconvex/tensor'
import { composedTfjs } from './layer-tfjs.mjs'

/**
 * B graphs of n nodes, d and e features, H units, C and R classes; the ratios to PyTorch and tfjs
 * that are asked for.
 */
export const sizes = [
  {
    name: 'S',
    graphs: 50,
    nodes: 5,
    d: 7,
    e: 4,
    hidden: 64,
    classes: 7,
    predicates: 4,
    least: [5, 2],
  },
  {
    name: 'M',
    graphs: 50,
    nodes: 10,
    d: 20,
    e: 8,
    hidden: 64,
    classes: 20,
    predicates: 10,
    least: [5, 2],
  },
  {
    name: 'L',
    graphs: 20,
    nodes: 20,
    d: 64,
    e: 51,
    hidden: 128,
    classes: 150,
    predicates: 51,
    least: [undefined, 0.7],
  },
]
/** Steps whose losses are compared, from the same start. */
const COMPARED = 5
const rate = 1e-3
const [TILED, FACTORED, TFJS] = ['PyTorch, tiled', 'PyTorch, factored', 'tfjs, composed ops']

/** Normal features and random classes; complete graphs. */
export function problem({ name, graphs: B, nodes: n, d, e, classes, predicates }) {
  const draws = stream(1).child('layer').child(name)
  const z = draws.child('z').normalInto(new Float64Array(B * n * d))
  const ze = draws.child('ze').normalInto(new Float64Array(B * n * n * e))
  const truth = draws.child('truth')
  const nodeTruth = Int32Array.from({ length: B * n }, () => truth.integer(classes))
  const edgeTruth = Int32Array.from({ length: B * n * n }, (_, at) => {
    const [k, l] = [Math.floor(at / n) % n, at % n]
    return k === l ? -100 : truth.integer(predicates)
  })
  return { z, ze, nodeTruth, edgeTruth }
}

/** Ours: a step, and the losses of the first steps from the start. */
function ours(size, { z, ze, nodeTruth, edgeTruth }) {
  const { graphs: B, nodes: n, d, e, hidden, classes, predicates } = size
  const batch = structured.graphBatch(
    Array.from({ length: B }, (_, b) => ({
      nodes: { rows: n, cols: d, data: z.subarray(b * n * d, (b + 1) * n * d) },
      edges: { rows: n * n, cols: e, data: ze.subarray(b * n * n * e, (b + 1) * n * n * e) },
    })),
  )
  const truth = { nodes: nodeTruth, edges: edgeTruth.filter((answer) => answer >= 0) }
  const options = {
    nodeFeatures: d,
    edgeFeatures: e,
    hidden,
    nodeOutputs: classes,
    edgeOutputs: predicates,
  }
  const made = () => {
    const layer = structured.batchedLayer(options, stream(1).child('start').child(size.name))
    layer.load(batch)
    const step = () => {
      layer.forward()
      const loss = layer.crossEntropy(truth)
      layer.backward()
      layer.step({ rate })
      return loss
    }
    return { layer, step }
  }
  const { layer, step } = made()
  const start = layer.parameters()
  return {
    start,
    variant: {
      label: `ours (batchedLayer, ${layer.arithmetic})`,
      answer: () => {
        const fresh = made()
        return { losses: Array.from({ length: COMPARED }, fresh.step) }
      },
      time: (calls) => {
        const began = performance.now()
        for (let call = 0; call < calls; call++) step()
        return performance.now() - began
      },
      note: 'one thread',
    },
  }
}

async function training(context, torch, tf, size) {
  const data = problem(size)
  const { start, variant } = ours(size, data)
  const { name, graphs, nodes, d, e, hidden, classes, predicates, least } = size
  const shapes = Object.fromEntries(
    Object.entries(start).map(([part, { rows, cols }]) => [part, [rows, cols]]),
  )
  const weights = Object.fromEntries(Object.entries(start).map(([part, w]) => [part, w.data]))
  const given = {
    options: { graphs, nodes, d, e, rate, shapes, compared: COMPARED },
    arrays: { ...data, ...weights },
  }
  const tfjs = tf && composedTfjs(tf, { ...size, rate, compared: COMPARED }, data, start)
  await context.task({
    title:
      `${name}: one training step of ${graphs} graphs of ${nodes} nodes, features ${d} and ${e}, ` +
      `hidden ${hidden}, classes ${classes} and ${predicates}: forward, loss, backward, Adam`,
    variants: [
      variant,
      await torch?.variant(TILED, 'tiled', given),
      await torch?.variant(FACTORED, 'factored', given),
      tfjs && { label: TFJS, ...tfjs },
    ],
    // single precision, five steps of Adam
    tolerances: { losses: 1e-4 },
    goals: [
      ...(least[0] === undefined ? [] : [{ label: TILED, atLeast: least[0] }]),
      { label: FACTORED, atLeast: least[1] },
      { label: TFJS, atLeast: 10 },
    ],
  })
  tfjs?.dispose()
}

/** The graph-permutation-invariant layer, node and edge outputs, trained by Adam. */
export const layer = {
  name: 'layer',
  about: 'a training step of the invariant layer, single precision',
  async run(context) {
    const torch = context.python('layer_torch.py', ['torch'])
    const engine = await context.tfjs('wasm')
    for (const size of sizes) await training(context, torch, engine, size)
    engine?.dispose()
  },
}
