import type { NamedParameters } from '@nonconvex/structured/batch'
import { readingOrder, recurrentNet, type RecurrentNet } from '@nonconvex/structured/baselines'
import type { LabeledScene } from '@nonconvex/structured/scenes'
import type { Stream } from '@nonconvex/tensor'
import { C, graphOfScene, R } from './demo.js'
import type { Labeling } from './labeling.js'

const BATCH = 20
const RATE = 3e-3

/**
 * The model that depends on the order: LSTMs in place of the two sums, which read the objects as
 * they are listed.
 */
export interface OrderedNet {
  readonly labeling: Labeling
  /** yields after each step of Adam */
  readonly training: (
    scenes: readonly LabeledScene[],
    steps: number,
    source: Stream,
  ) => Generator<number>
  readonly weights: () => NamedParameters
  readonly restore: (weights: NamedParameters) => void
}

/** State of its LSTMs beside invariant networks with so many hidden units. */
export const lstmStateSize = (hidden: number): number => Math.ceil(0.75 * hidden)

/** With start values from the stream. */
export function orderedNet(hidden: number, source: Stream): OrderedNet {
  const state = lstmStateSize(hidden)
  const net = recurrentNet({ nodeFeatures: C, edgeFeatures: R, state, nodeOutputs: C }, source)
  return {
    labeling: (graph) => {
      const { rows } = graph.nodes
      return { nodes: { rows, cols: C, data: net.forward([graph], readingOrder(1, rows)) } }
    },
    training: (scenes, steps, batches) => training(net, scenes, steps, batches),
    weights: () =>
      Object.fromEntries(net.weights.names.map((name) => flat(name, net.weights.read(name)))),
    restore: (weights) => {
      for (const [name, { data }] of Object.entries(weights)) net.weights.write(name, data)
    },
  }
}

const flat = (name: string, data: Float64Array) =>
  [name, { rows: 1, cols: data.length, data }] as const

/** A step takes scenes of one size, that of a scene drawn from all. */
function* training(
  net: RecurrentNet,
  scenes: readonly LabeledScene[],
  steps: number,
  source: Stream,
): Generator<number> {
  for (let step = 1; step <= steps; step++) {
    const n = scenes[source.integer(scenes.length)].classes.length
    const alike = scenes.filter(({ classes }) => classes.length === n)
    const batch = Array.from({ length: BATCH }, () => alike[source.integer(alike.length)])
    const truth = Int32Array.from(batch.flatMap(({ classes }) => Array.from(classes)))
    net.train(batch.map(graphOfScene), readingOrder(batch.length, n), truth, { rate: RATE })
    yield step
  }
}
