import { permuteGraph } from '@nonconvex/structured'
import { batchedLayer, denseNet, labelingOf, type BatchedLayer } from '@nonconvex/structured/batch'
import { readingOrder, recurrentNet } from '@nonconvex/structured/baselines'
import type { MeasureContext } from '../../define/experiment.js'
import type { Model, Params } from './experiment.js'
import {
  batchOf,
  classes,
  denseExamples,
  denseInputs,
  labelsOf,
  nodes,
  type CountingGraph,
} from './task.js'

/** A network in training. */
export interface Learner {
  readonly parameters: number
  /** batch size, and number of steps */
  readonly batch: number
  readonly steps: number
  /** graphs per forward pass in an evaluation */
  readonly chunk: number
  readonly step: (graphs: readonly CountingGraph[], rate: number) => number
  /** scores, [graphs · nodes · nodes] */
  readonly scores: (graphs: readonly CountingGraph[]) => Float64Array
  /** largest change of a score under a permutation of the nodes or of the reading order */
  readonly moved: (graph: CountingGraph, sigma: Int32Array) => number
  /** saves the weights and returns a function that restores them; without it, test at once */
  readonly save?: () => () => void
}

type Context = Pick<MeasureContext<Params>, 'params' | 'stream'>

export const learnerOf = (model: Model, context: Context): Learner =>
  model === 'dense'
    ? denseLearner(context)
    : model === 'local' || model === 'literal'
      ? layerLearner(model, context)
      : recurrentLearner(model, context)

const CHUNK = 200
const LSTM_BATCH = 25

function layerLearner(readout: 'local' | 'literal', { params, stream }: Context): Learner {
  const { hidden, steps, batch } = params
  const layer = batchedLayer(
    { nodeFeatures: classes, edgeFeatures: 1, hidden, nodeOutputs: nodes, readout, depth: 2 },
    stream.child('start'),
  )
  const load = (graphs: readonly CountingGraph[]): BatchedLayer => {
    layer.load(batchOf(graphs))
    layer.forward()
    return layer
  }
  return {
    parameters: Object.values(layer.parameters()).reduce((sum, { data }) => sum + data.length, 0),
    batch,
    steps,
    chunk: CHUNK,
    step: (graphs, rate) => {
      const loss = load(graphs).crossEntropy({ nodes: labelsOf(graphs) })
      layer.backward()
      layer.step({ rate })
      return loss
    },
    scores: (graphs) => load(graphs).labels().nodes,
    moved: ({ graph }, sigma) => {
      const F = labelingOf(layer)
      return rowChange(F(graph).nodes.data, F(permuteGraph(graph, sigma)).nodes.data, sigma)
    },
    save: () => {
      const parameters = layer.parameters()
      return () => layer.setParameters(parameters)
    },
  }
}

function denseLearner({ params: { dense, steps, batch }, stream }: Context): Learner {
  const net = denseNet(
    { inputs: denseInputs, hidden: [dense, dense], questions: nodes, classes: nodes },
    stream.child('start'),
  )
  return {
    parameters: net.parameters,
    batch,
    steps,
    chunk: CHUNK,
    step: (graphs, rate) => net.train(denseExamples(graphs), labelsOf(graphs), { rate }),
    scores: (graphs) => net.forward(denseExamples(graphs)),
    moved: (example, sigma) => {
      const permuted = { ...example, graph: permuteGraph(example.graph, sigma) }
      return rowChange(
        net.forward(denseExamples([example])),
        net.forward(denseExamples([permuted])),
        sigma,
      )
    },
  }
}

/** Reads nodes and neighbors in a random order, in training and in tests. */
function recurrentLearner(model: 'lstm-after' | 'lstm-raw', { params, stream }: Context): Learner {
  const { hidden, state, lstmSteps } = params
  const net = recurrentNet(
    {
      nodeFeatures: classes,
      edgeFeatures: 1,
      nodeOutputs: nodes,
      ...(model === 'lstm-raw' ? { state } : { state: hidden, before: hidden }),
    },
    stream.child('start'),
  )
  const orders = stream.child('orders')
  const plain = (graphs: readonly CountingGraph[]) => graphs.map(({ graph }) => graph)
  const read = (graphs: readonly CountingGraph[]) => readingOrder(graphs.length, nodes, orders)
  return {
    parameters: net.parameters,
    batch: LSTM_BATCH,
    steps: lstmSteps,
    chunk: LSTM_BATCH,
    step: (graphs, rate) => net.train(plain(graphs), read(graphs), labelsOf(graphs), { rate }),
    scores: (graphs) => net.forward(plain(graphs), read(graphs)),
    moved: ({ graph }) => {
      const [a, b] = [undefined, stream.child('another order')].map((source) =>
        net.forward([graph], readingOrder(1, nodes, source)),
      )
      return a.reduce((most, x, at) => Math.max(most, Math.abs(x - b[at])), 0)
    },
    save: () => net.weights.keep(),
  }
}

/** max |F(σz) − σF(z)| for scores of the nodes. */
function rowChange(before: Float64Array, after: Float64Array, sigma: Int32Array): number {
  return after.reduce((most, x, at) => {
    const old = before[sigma[Math.floor(at / nodes)] * nodes + (at % nodes)]
    return Math.max(most, Math.abs(x - old))
  }, 0)
}
