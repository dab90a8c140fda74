import { batchedLayer, denseNet, labellingOf, permuteGraph } from '@nonconvex/structured'
import type { BatchedLayer } from '@nonconvex/structured'
import { mean } from '../../averages.js'
import type { CheckContext, MeasureContext, Row } from '../../define/experiment.js'
import type { CountingCell, CountingParams } from './params.js'
import {
  batchOf,
  classes,
  countingGraph,
  denseExamples,
  denseInputs,
  labelsOf,
  nodes,
  simpleShares,
} from './task.js'
import type { CountingGraph } from './task.js'

export type CountingMeasured = {
  /** share of right nodes on the test graphs, at the step that was best on 200 others, and its standard error */
  readonly accuracy: number
  readonly error: number
  readonly train: number
  readonly step: number
  readonly parameters: number
  /** loss at the last step */
  readonly loss: number
  /** largest change of a score when a test graph's nodes are listed in another order */
  readonly moved: number
  readonly ceiling: number
  readonly zero: number
}

export interface CountingRow extends Row {
  readonly measured: CountingMeasured
  readonly witness: null
}

type Context = Pick<MeasureContext<CountingParams>, 'params' | 'stream' | 'shared' | 'signal'> &
  Partial<Pick<MeasureContext<CountingParams>, 'watch'>>

/** A network in training, whichever it is. */
interface Learner {
  readonly parameters: number
  readonly step: (graphs: readonly CountingGraph[], rate: number) => number
  /** scores, [graphs · nodes · nodes] */
  readonly scores: (graphs: readonly CountingGraph[]) => Float64Array
  readonly moved: (graph: CountingGraph, sigma: Int32Array) => number
}

const BATCH = 50
const EVERY = 50
const VALID = 200

export function measureCounting(cell: CountingCell, context: Context): CountingRow {
  const { params, stream, shared, signal, watch } = context
  const draw = (name: string, count: number): CountingGraph[] =>
    Array.from({ length: count }, (_, t) => countingGraph(shared.child(name, t)))
  const [train, valid, test] = [
    draw('train', cell.graphs),
    draw('valid', VALID),
    draw('test', params.test),
  ]
  const learner = learnerOf(cell, context)
  const source = stream.child('batches')
  let best = { accuracy: -1, step: 0, test: [0], train: 0 }
  let loss = 0
  for (let step = 1; step <= params.steps; step++) {
    const batch = Array.from({ length: BATCH }, () => train[source.integer(train.length)])
    loss = learner.step(batch, step > 0.8 * params.steps ? 1e-4 : 1e-3)
    if (step % EVERY !== 0 && step !== params.steps) continue
    signal.throwIfAborted()
    const accuracy = mean(shares(learner, valid))
    watch?.({ step, loss, accuracy })
    if (accuracy > best.accuracy)
      best = {
        accuracy,
        step,
        test: shares(learner, test),
        train: mean(shares(learner, train.slice(0, VALID))),
      }
  }
  const accuracy = mean(best.test)
  const spread = best.test.reduce((sum, x) => sum + (x - accuracy) ** 2, 0)
  const sigma = stream.child('order').permutation(nodes)
  return {
    key: cell.key,
    witness: null,
    measured: {
      accuracy,
      error: Math.sqrt(spread / Math.max(1, best.test.length - 1) / best.test.length),
      train: best.train,
      step: best.step,
      parameters: learner.parameters,
      loss,
      moved: Math.max(...test.slice(0, 20).map((graph) => learner.moved(graph, sigma))),
      ...simpleShares(test),
    },
  }
}

/** Everything again: data and training are functions of their streams. */
export function checkCounting(
  row: CountingRow,
  context: CheckContext<CountingParams, CountingCell>,
): CountingMeasured {
  if (row.witness !== null) throw new Error('there is no witness to this row')
  return measureCounting(context.cell, context).measured
}

/** Share of right nodes of each graph. */
function shares(learner: Learner, graphs: readonly CountingGraph[]): number[] {
  const PORTION = 200
  const out: number[] = []
  for (let from = 0; from < graphs.length; from += PORTION) {
    const part = graphs.slice(from, from + PORTION)
    const scores = learner.scores(part)
    part.forEach(({ labels }, b) => {
      const right = labels.filter((label, i) => {
        const row = scores.subarray((b * nodes + i) * nodes, (b * nodes + i + 1) * nodes)
        return row.indexOf(Math.max(...row)) === label
      })
      out.push(right.length / nodes)
    })
  }
  return out
}

function learnerOf({ model }: CountingCell, { params, stream }: Context): Learner {
  if (model === 'dense') return denseLearner(params, stream)
  const layer = batchedLayer(
    {
      nodeFeatures: classes,
      edgeFeatures: 1,
      hidden: params.hidden,
      nodeOutputs: nodes,
      readout: model,
      depth: 2,
    },
    stream.child('start'),
  )
  return layerLearner(layer)
}

function layerLearner(layer: BatchedLayer): Learner {
  const scores = (graphs: readonly CountingGraph[]): Float64Array => {
    layer.load(batchOf(graphs))
    layer.forward()
    return layer.labels().nodes
  }
  return {
    parameters: Object.values(layer.parameters()).reduce((sum, { data }) => sum + data.length, 0),
    step: (graphs, rate) => {
      layer.load(batchOf(graphs))
      layer.forward()
      const loss = layer.crossEntropy({ nodes: labelsOf(graphs) })
      layer.backward()
      layer.step({ rate })
      return loss
    },
    scores,
    moved: ({ graph }, sigma) => {
      const F = labellingOf(layer)
      return rowChange(F(graph).nodes.data, F(permuteGraph(graph, sigma)).nodes.data, sigma)
    },
  }
}

function denseLearner({ dense }: CountingParams, stream: Context['stream']): Learner {
  const net = denseNet(
    { inputs: denseInputs, hidden: [dense, dense], questions: nodes, classes: nodes },
    stream.child('start'),
  )
  return {
    parameters: net.parameters,
    step: (graphs, rate) => net.train(denseExamples(graphs), labelsOf(graphs), { rate }),
    scores: (graphs) => net.forward(denseExamples(graphs)),
    moved: (example, sigma) => {
      const turned = { ...example, graph: permuteGraph(example.graph, sigma) }
      return rowChange(
        net.forward(denseExamples([example])),
        net.forward(denseExamples([turned])),
        sigma,
      )
    },
  }
}

/** max |F(σz) − σF(z)| for scores of the nodes. */
function rowChange(before: Float64Array, after: Float64Array, sigma: Int32Array): number {
  return after.reduce((most, x, at) => {
    const old = before[sigma[Math.floor(at / nodes)] * nodes + (at % nodes)]
    return Math.max(most, Math.abs(x - old))
  }, 0)
}
