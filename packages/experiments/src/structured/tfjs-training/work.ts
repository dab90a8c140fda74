import { pairedDifference, type MeanWithError } from '@nonconvex/optim/statistics'
import {
  batchedLayer,
  trainingStep,
  type BatchedLayer,
  type GraphBatch,
} from '@nonconvex/structured/batch'
import {
  float32Bound,
  registerLayers,
  tfjsEquivariant,
  tfjsForward,
  tfjsSaved,
  tfjsTrains,
  type GraphLayer,
  type ScoresCompared,
} from '@nonconvex/structured/tfjs'
import { startEngine, type Engine } from '@nonconvex/tensor/engine'
import { permuteGraph } from '@nonconvex/structured'
import { mean } from '../../averages.js'
import type { CellsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { line, panelOf } from '../../figure/layers.js'
import {
  batchOf,
  correctOf,
  countingGraph,
  labelsOf,
  type CountingGraph,
} from '../counting/task.js'
import { tfjsTraining, type Params } from './experiment.js'

/** Nodes of a graph, and their classes; labels are 0 … n − 1. */
const [n, classes] = [6, 2]

type Cell = CellsOf<typeof tfjsTraining>['network']
type Context = MeasureContext<Params>

/** How the layer computes in TensorFlow.js. */
const ways = ['kernel', 'composed'] as const

type Way = (typeof ways)[number]

/** One for each way. */
type Both<T> = { readonly [way in Way]: T }

const both = <T>(of: (way: Way) => T): Both<T> => ({
  kernel: of('kernel'),
  composed: of('composed'),
})

/** A trained network: loss of each epoch, and the accuracy on the nodes of the test graphs. */
interface Trained {
  readonly losses: readonly number[]
  readonly accuracy: number
}

export interface TfjsMeasured {
  readonly float64: Trained
  readonly tfjs: Trained
  /** accuracy of TensorFlow.js less that of float64, over the test graphs */
  readonly gain: MeanWithError
  readonly forward: Both<ScoresCompared>
  readonly permuted: Both<ScoresCompared>
  readonly saved: { readonly predictions: number; readonly changed: number }
}

/** Numbers of float32 training are recorded to three digits. */
const rounded = (x: number): number => Number(x.toPrecision(3))

async function measure({ seed }: Cell, context: Context): Promise<TfjsMeasured> {
  const { params, shared, stream } = context
  const draw = (name: string, count: number): CountingGraph[] =>
    Array.from({ length: count }, (_, t) => countingGraph(shared.child(name, t), n, classes))
  const [train, test] = [draw('train', params.graphs), draw('test', params.test)]
  // the cpu backend: a page has no files of the wasm backend, and its last bits are the same there
  const engine = await startEngine({ backend: 'cpu' })
  const weightSeed = shared.child('weights', seed).integer(2 ** 31)
  const model = modelOf(engine, params.hidden, weightSeed)
  const reference = batchedLayer(model.layers.kernel.sizes, undefined, 'float64')
  reference.setParameters(model.layers.kernel.parameters())
  const float64 = trainInFloat64(reference, train, context)
  const losses = await fit(engine, model, train, context)
  const tested = batchOf(test)
  const [ofReference, exact] = [correctOf(scoresOf(reference, tested), test), model.layers.kernel]
  reference.setParameters(exact.parameters())
  const expected = scoresOf(reference, tested)
  const bound = float32Bound(exact.sizes, exact.parameters(), tested)
  const order = stream.child('order').permutation(n)
  const moved = test.map(({ graph }) => ({ graph: permuteGraph(graph, order) }))
  const compared = both((way) => {
    model.layers[way].setParameters(exact.parameters())
    const found = predict(engine, model.scores[way], test)
    const again = unpermuted(predict(engine, model.scores[way], moved), order)
    return {
      found,
      forward: compare(found, expected, bound, 1),
      permuted: compare(again, found, bound, 2),
    }
  })
  const correct = correctOf(compared.kernel.found, test)
  const saved = await afterSaving(engine, model, test)
  model.dispose()
  return {
    float64: { losses: float64, accuracy: mean(ofReference) / n },
    tfjs: { losses, accuracy: mean(correct) / n },
    gain: pairedDifference(correct.map(fraction), ofReference.map(fraction)),
    forward: both((way) => compared[way].forward),
    permuted: both((way) => compared[way].permuted),
    saved,
  }
}

type LayersModel = ReturnType<Engine['tf']['model']>

interface Model {
  readonly layers: Both<GraphLayer>
  /** from nodes and pairs to scores, by both arithmetics */
  readonly scores: Both<LayersModel>
  /** softmax of the kernel's scores, which is trained */
  readonly trained: LayersModel
  readonly dispose: () => void
}

function modelOf(engine: Engine, hidden: number, seed: number): Model {
  const { tf } = engine
  const makers = registerLayers(engine)
  const made = both((compute) => {
    const inputs = [tf.input({ shape: [null, classes] }), tf.input({ shape: [null, null, 1] })]
    const layer = makers.graphPermutationInvariant({ hidden, nodeOutputs: n, seed, compute })
    const scores = layer.apply(inputs) as (typeof inputs)[number]
    return { inputs, layer, scores, model: tf.model({ inputs, outputs: scores }) }
  })
  const { inputs, scores } = made.kernel
  const softmax = tf.layers.activation({ activation: 'softmax' })
  const layers = both((way) => made[way].layer)
  return {
    layers,
    scores: both((way) => made[way].model),
    trained: tf.model({ inputs, outputs: softmax.apply(scores) as typeof scores }),
    dispose: () => {
      tf.dispose(ways.flatMap((way) => layers[way].weights.map((w) => w.read())))
    },
  }
}

type Tensor = ReturnType<Engine['tf']['tensor']>

/** An example, without its labels. */
type Input = Pick<CountingGraph, 'graph'>

function inputsOf({ tf }: Engine, graphs: readonly Input[]): Tensor[] {
  const tensorOf = (part: 'nodes' | 'edges', ...shape: readonly number[]): Tensor =>
    tf.tensor(Float32Array.from(graphs.flatMap(({ graph }) => Array.from(graph[part].data))), [
      graphs.length,
      n,
      ...shape,
    ])
  return [tensorOf('nodes', classes), tensorOf('edges', n, 1)]
}

/** Trains by `model.fit`, without shuffling: the graphs are drawn independently. */
async function fit(
  engine: Engine,
  { trained }: Model,
  graphs: readonly CountingGraph[],
  { params, signal, watch }: Context,
): Promise<number[]> {
  const { tf } = engine
  const x = inputsOf(engine, graphs)
  const y = tf.tidy(() =>
    tf.oneHot(tf.tensor2d(labelsOf(graphs), [graphs.length, n], 'int32'), n).toFloat(),
  )
  const optimizer = tf.train.adam(params.rate, 0.9, 0.999, 1e-8)
  trained.compile({ optimizer, loss: 'categoricalCrossentropy' })
  const losses: number[] = []
  await trained.fit(x, y, {
    epochs: params.epochs,
    batchSize: params.batch,
    shuffle: false,
    verbose: 0,
    callbacks: {
      onEpochEnd: (epoch, logs) => {
        const loss = Number(logs?.['loss'])
        losses.push(rounded(loss))
        watch({ epoch: epoch + 1, loss })
        signal.throwIfAborted()
      },
    },
  })
  tf.dispose([...x, y])
  optimizer.dispose()
  return losses
}

/** The same batches in the same order, from the same weights. */
function trainInFloat64(
  layer: BatchedLayer,
  graphs: readonly CountingGraph[],
  { params, signal }: Context,
): number[] {
  const { batch, epochs, rate } = params
  const batches = Array.from({ length: Math.ceil(graphs.length / batch) }, (_, b) =>
    graphs.slice(b * batch, (b + 1) * batch),
  ).map((some) => ({ size: some.length, graphs: batchOf(some), nodes: labelsOf(some) }))
  return Array.from({ length: epochs }, () => {
    let sum = 0
    for (const { size, graphs: of, nodes } of batches) {
      signal.throwIfAborted()
      sum += size * trainingStep(layer, of, { nodes }, { rate })
    }
    return rounded(sum / graphs.length)
  })
}

function scoresOf(layer: BatchedLayer, batch: GraphBatch): Float64Array {
  layer.load(batch)
  layer.forward()
  return layer.labels().nodes
}

function predict(engine: Engine, model: LayersModel, graphs: readonly Input[]): Float64Array {
  const scores = engine.tf.tidy(() =>
    (model.predict(inputsOf(engine, graphs), { batchSize: graphs.length }) as Tensor).dataSync(),
  )
  return Float64Array.from(scores)
}

/** The largest difference, and the largest fraction of `times` bounds. */
function compare(
  found: Float64Array,
  expected: Float64Array,
  bound: Float64Array,
  times: number,
): ScoresCompared {
  const differences = found.map((x, i) => Math.abs(x - expected[i]))
  return {
    difference: rounded(differences.reduce((most, x) => Math.max(most, x), 0)),
    used: rounded(differences.reduce((most, x, i) => Math.max(most, x / (times * bound[i])), 0)),
  }
}

/** Scores of permuted graphs in the original order. */
function unpermuted(scores: Float64Array, order: Int32Array): Float64Array {
  const out = new Float64Array(scores.length)
  for (let first = 0; first < scores.length; first += n * n)
    order.forEach((to, i) => {
      out.set(scores.subarray(first + i * n, first + (i + 1) * n), first + to * n)
    })
  return out
}

/** Predictions that change when the trained model is saved and loaded. */
async function afterSaving(
  engine: Engine,
  { trained }: Model,
  graphs: readonly CountingGraph[],
): Promise<TfjsMeasured['saved']> {
  const loaded = await engine.loadModel(await engine.saveModel(trained))
  const [before, after] = [trained, loaded].map((model) => predict(engine, model, graphs))
  loaded.dispose()
  return {
    predictions: before.length,
    changed: before.filter((x, i) => !Object.is(x, after[i])).length,
  }
}

const fraction = (count: number): number => count / n

export const work = workOf(tfjsTraining, {
  parts: { network: { measure } },
  conclude: ({ network }, _, verdict) => {
    const cases = (of: (found: TfjsMeasured) => Both<ScoresCompared>) =>
      network.flatMap(({ cell, measured }) =>
        ways.map((way) => ({
          which: `${way}, initialization ${cell.seed}`,
          facts: of(measured)[way],
        })),
      )
    return {
      verdicts: [
        verdict.each(tfjsForward, ['network'], () => cases(({ forward }) => forward)),
        verdict(tfjsTrains, ['network'], () => ({
          gains: network.map(({ measured }) => measured.gain),
          reference: Math.min(...network.map(({ measured }) => measured.float64.accuracy)),
        })),
        verdict.each(tfjsEquivariant, ['network'], () => cases((found) => found.permuted)),
        verdict.each(tfjsSaved, ['network'], () =>
          network.map(({ cell, measured }) => ({
            which: `initialization ${cell.seed}`,
            facts: measured.saved,
          })),
        ),
      ],
      tables: [
        tableOf('networks', 'Trained networks on the test graphs', network, {
          seed: ['initialization', ({ cell }) => cell.seed],
          tfjs: ['accuracy, `model.fit`', ({ measured }) => measured.tfjs.accuracy, 4],
          float64: ['accuracy, float64', ({ measured }) => measured.float64.accuracy, 4],
          kernel: ['difference, kernel', ({ measured }) => measured.forward.kernel.difference, 3],
          composed: [
            'difference, composed ops',
            ({ measured }) => measured.forward.composed.difference,
            3,
          ],
          used: [
            'fraction of the bound',
            ({ measured: { forward } }) => Math.max(...ways.map((way) => forward[way].used)),
            3,
          ],
          moved: [
            'change by a permutation',
            ({ measured: { permuted: p } }) => Math.max(...ways.map((way) => p[way].difference)),
            3,
          ],
        }),
      ],
      figures: [
        {
          id: 'losses',
          title: 'Training in float32 follows training in float64',
          caption:
            'Mean cross-entropy of each epoch for every initialization: TensorFlow.js by `model.fit`, and float64 from the same weights on the same batches.',
          panels: [
            panelOf(
              { x: { label: 'epoch' }, y: { label: 'training loss', scale: 'log' } },
              (['float64', 'tfjs'] as const).map((which) =>
                line(
                  which,
                  network.flatMap(({ cell, measured }) =>
                    measured[which].losses.map((loss, epoch) => ({ seed: cell.seed, loss, epoch })),
                  ),
                  {
                    x: ({ epoch }) => epoch + 1,
                    y: ({ loss }) => loss,
                    group: ({ seed }) => `initialization ${seed}`,
                  },
                  which === 'tfjs'
                    ? { tone: 'measured', key: 'model.fit, float32', dash: true }
                    : { tone: 'soft', key: 'float64' },
                ),
              ),
            ),
          ],
        },
      ],
    }
  },
})
