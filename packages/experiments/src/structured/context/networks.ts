import { batchedLayer, batchStructure, denseNet } from '@nonconvex/structured/batch'
import type { LabeledSequence } from '@nonconvex/structured/learning'
import type { Stream } from '@nonconvex/tensor'

/** Rounds of the invariant layer, with shared weights. */
const ROUNDS = 3
const BATCH = 50
const RATE = 0.01

/** The networks that are compared with the CRF. */
export type NetworkKind = 'mlp' | 'sets' | 'invariant'

interface Network {
  /** scores of the states, [positions · K] */
  readonly scores: (data: readonly LabeledSequence[]) => Float64Array
  readonly train: (data: readonly LabeledSequence[], rate: number) => void
}

/** Labels, which are also the features of a position; and hidden units. */
interface Sizes {
  readonly K: number
  readonly hidden: number
}

const networks: { readonly [N in NetworkKind]: (sizes: Sizes, source: Stream) => Network } = {
  mlp: positions,
  sets: (sizes, source) => layers(sizes, source, { edges: false, rounds: 1 }),
  invariant: (sizes, source) => layers(sizes, source, { edges: true, rounds: ROUNDS }),
}

/**
 * Trains a network by Adam on batches of 50 sequences, with a step size that falls to 0; the most
 * probable label of each position of others. A position has as many features as there are labels.
 */
export function trainedNetwork(
  kind: NetworkKind,
  data: readonly LabeledSequence[],
  {
    hidden,
    steps,
    stream,
  }: { readonly hidden: number; readonly steps: number; readonly stream: Stream },
): (held: readonly LabeledSequence[]) => Int32Array[] {
  const K = data[0].x.cols
  const network = networks[kind]({ K, hidden }, stream.child('start'))
  const order = stream.child('batches')
  for (let step = 0; step < steps; step++) {
    const batch = Array.from({ length: BATCH }, () => data[order.integer(data.length)])
    network.train(batch, RATE * (1 - step / steps))
  }
  return (held) => {
    const scores = network.scores(held)
    let at = 0
    return held.map(({ x }) =>
      Int32Array.from({ length: x.rows }, () => {
        const own = scores.subarray(K * at, K * (at + 1))
        at++
        return own.indexOf(Math.max(...own))
      }),
    )
  }
}

const featuresOf = (data: readonly LabeledSequence[]): Float64Array =>
  Float64Array.from(data.flatMap(({ x }) => Array.from(x.data)))

const statesOf = (data: readonly LabeledSequence[]): Int32Array =>
  Int32Array.from(data.flatMap(({ y }) => Array.from(y)))

/** An MLP of a single position. */
function positions({ K, hidden }: Sizes, source: Stream): Network {
  const net = denseNet({ inputs: K, hidden: [hidden], questions: 1, classes: K }, source)
  return {
    scores: (data) => net.forward(featuresOf(data)),
    train: (data, rate) => net.train(featuresOf(data), statesOf(data), { rate }),
  }
}

/**
 * The invariant layer on the positions of a sequence: without pairs it is DeepSets. With pairs of
 * neighbors, whose feature is the direction, it is applied several times with shared weights, each
 * time to the features of the positions and to its own scores of the round before.
 */
function layers(
  { K, hidden }: Sizes,
  source: Stream,
  { edges, rounds }: { readonly edges: boolean; readonly rounds: number },
): Network {
  const nodeFeatures = rounds > 1 ? 2 * K : K
  const edgeFeatures = edges ? 1 : 0
  const readout = edges ? 'local' : 'literal'
  const sizes = { nodeFeatures, edgeFeatures, hidden, nodeOutputs: K, readout } as const
  const layer = batchedLayer(sizes, source)

  /** Features beside scores, which are 0 before the first round. */
  const rowsOf = (x: Float64Array, scores: Float64Array | undefined): Float64Array => {
    if (rounds === 1) return x
    const rows = new Float64Array(2 * x.length)
    for (let i = 0; i < x.length; i += K) {
      rows.set(x.subarray(i, i + K), 2 * i)
      if (scores) rows.set(scores.subarray(i, i + K), 2 * i + K)
    }
    return rows
  }
  const forward = (data: readonly LabeledSequence[]): void => {
    const lists = batchStructure({
      sizes: data.map(({ x }) => x.rows),
      exists: (_, i, j) => edges && Math.abs(i - j) === 1,
    })
    const x = featuresOf(data)
    const directions = edges ? Float64Array.from(lists.i, (i, p) => lists.j[p] - i) : noNumbers
    layer.load(
      { ...lists, nodes: rowsOf(x, undefined), edges: directions, nodeFeatures, edgeFeatures },
      rounds,
    )
    layer.forward(0)
    for (let round = 1; round < rounds; round++) {
      layer.setFeatures(rowsOf(x, layer.labels(round - 1).nodes), directions, round)
      layer.forward(round)
    }
  }
  return {
    scores: (data) => {
      forward(data)
      return layer.labels(rounds - 1).nodes
    },
    // the loss is that of the scores of every round
    train: (data, rate) => {
      forward(data)
      const nodes = statesOf(data)
      layer.crossEntropy({ nodes }, rounds - 1)
      for (let round = rounds - 1; round > 0; round--) {
        const back = layer.backwardToFeatures(round).nodes
        layer.crossEntropy({ nodes }, round - 1)
        const gradients = layer.labels(round - 1).nodes
        gradients.forEach((g, at) => {
          gradients[at] = g + back[2 * K * Math.floor(at / K) + K + (at % K)]
        })
        layer.setLabelGradients(gradients, noNumbers, round - 1)
      }
      layer.backward(0)
      layer.step({ rate })
    },
  }
}

const noNumbers = new Float64Array(0)
