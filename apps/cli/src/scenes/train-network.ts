import {
  frequencyCounter,
  networkScenes,
  trainingSteps,
  type FrequencyTable,
  type NetworkScenes,
  type SceneSet,
  type SceneTask,
  type TrainCheckpoint,
  type TrainResult,
} from '@nonconvex/structured'
import type { AnnotatedScene } from '@nonconvex/structured/load'
import { stream } from '@nonconvex/tensor'
import { badInput, unfinished } from '../exit.js'
import type { Terminal } from '../terminal/terminal.js'
import { count, formatNumber } from '../text/numbers.js'
import { emptyNetwork, type Network } from './network-model.js'
import type { NetworkOptions } from './network-options.js'

/** What a network is trained on, and how. */
export interface TrainNetwork {
  readonly options: NetworkOptions
  readonly task: SceneTask
  readonly table: FrequencyTable
  /** the counted images with a relation */
  readonly scenes: readonly AnnotatedScene[]
  readonly resume: TrainCheckpoint | undefined
  /** called with each look at the validation images */
  readonly keep: (checkpoint: TrainCheckpoint) => void
}

/** A trained network, and how it came about. */
export interface TrainedNetwork extends TrainResult {
  readonly network: Network
  /** images learned from, and those that chose the step */
  readonly images: { readonly train: number; readonly valid: number }
  readonly valid: readonly AnnotatedScene[]
  readonly validCounts: FrequencyTable
  /** steps of Adam at most */
  readonly steps: number
}

/** A tenth of the images chooses the step, at most this many. */
const VALID = 500
/** Steps between two looks: a pass over the images, within these bounds. */
const EVERY = { least: 25, most: 200 }
/** Parts of the images, each of which sees the counts of the others only. */
const FOLDS = 5
/** Looks without a new best after which training ends. */
const PATIENCE = 5
/** Milliseconds of work between two chances for Ctrl-C. */
const TURN = 50

/**
 * Trains by steps of Adam, and lets other things happen in between. In predcls only relations are learned, as classes are given.
 *
 * @returns with status `aborted` if the signal came
 */
export async function trainNetwork(
  { options, task, table, scenes, resume, keep }: TrainNetwork,
  { signal, terminal, clock }: { signal: AbortSignal; terminal: Terminal; clock: () => number },
): Promise<TrainedNetwork> {
  if (scenes.length < 2)
    throw badInput(
      `a network needs 2 images with relations or more, one to choose the step by, got ${scenes.length}; --model frequency does with one`,
    )
  const { seed, batch, epochs, rate } = options
  const root = stream(seed).child('fit-scenes')
  const order = root.child('split').sample(scenes.length, scenes.length)
  const held = Math.min(VALID, Math.ceil(scenes.length / 10))
  const [valid, train] = [order.subarray(0, held), order.subarray(held)].map((part) =>
    Array.from(part, (place) => scenes[place]),
  )
  const validCounts = countsOf(valid, table)
  const set = (part: readonly AnnotatedScene[], folds: readonly NetworkScenes[]): SceneSet => ({
    length: part.length,
    scene: (place, source) => folds[place % folds.length].labelled(part[place], source),
  })
  // no image sees counts that it is part of
  const folds = Array.from({ length: FOLDS }, (_, fold) =>
    networkScenes(
      table,
      task,
      countsOf(
        train.filter((__, i) => i % FOLDS === fold),
        table,
      ),
    ),
  )
  const pass = Math.ceil(train.length / batch)
  const steps = pass * epochs
  const network = emptyNetwork(options, table)
  network.initialise(root.child('start'))
  let said = ''
  const training = trainingSteps(network, {
    ...{ train: set(train, folds), source: root.child('batches') },
    valid: set(valid, [networkScenes(table, task, validCounts)]),
    ...{
      batch,
      steps,
      rate,
      signal,
      every: Math.min(Math.max(pass, EVERY.least), EVERY.most),
      patience: PATIENCE,
    },
    loss: task === 'predcls' ? { objects: 0, none: NONE } : { none: NONE },
    ...(resume && { resume }),
    progress: (checkpoint) => {
      keep(checkpoint)
      said = lossText(checkpoint)
    },
  })
  if (resume) {
    said = lossText(resume)
    terminal.hint(`going on after step ${formatNumber(resume.step)}`)
  }
  let turn = clock()
  for (;;) {
    const next = training.next()
    if (next.done === true) {
      const { status, checkpoint } = next.value
      if (status === 'not-finite')
        throw unfinished(
          `training left the numbers after step ${formatNumber(checkpoint.step)}; give a smaller --rate than ${rate}`,
        )
      const images = { train: train.length, valid: valid.length }
      return { ...next.value, network, images, valid, validCounts, steps }
    }
    if (clock() - turn < TURN / 1000) continue
    terminal.redraw(
      `training: epoch ${Math.ceil(next.value / pass)} of ${epochs}, ${count(next.value, 'step')} of ${formatNumber(steps)}${said}`,
    )
    // a signal is seen between two turns of the loop of events
    await new Promise((resolve) => setImmediate(resolve))
    turn = clock()
  }
}

/** What a pair without relation counts, against 1 for one with: chosen on a tenth of the training part of VRD. */
const NONE = 0.3

function countsOf(scenes: readonly AnnotatedScene[], names: FrequencyTable): FrequencyTable {
  const counter = frequencyCounter(names)
  scenes.forEach(counter.add)
  return counter.table()
}

function lossText({ history, best }: TrainCheckpoint): string {
  const last = history.at(-1)
  return last === undefined
    ? ''
    : `; loss ${last.train.toFixed(3)}, on validation ${last.valid.toFixed(3)}, best ${best.loss.toFixed(3)}`
}
