import type { Stream } from '@nonconvex/tensor'
import { frequencyCounter, type FrequencyTable } from '../baselines/frequency-table.js'
import type { SceneTask } from '../recall/scene-predictor.js'
import type { AnnotatedScene } from '../load/annotated-scene.js'
import type { PerObjectPredictor } from '../scenes/per-object.js'
import type { SceneGraphPredictor } from '../scenes/predictor.js'
import {
  trainingSteps,
  type SceneSet,
  type TrainCheckpoint,
  type TrainResult,
} from '../scenes/train.js'
import { fittingSteps } from './fitting.js'
import { annotatedNetwork, type NetworkOptions } from './network-options.js'
import { networkScenes, type NetworkScenes } from './network-scenes.js'

/** Data and options of training. */
export interface NetworkTrainingOptions {
  readonly options: Omit<NetworkOptions, 'seed'>
  readonly task: SceneTask
  /** the counts of all training images */
  readonly table: FrequencyTable
  /** the counted images with relations, at least two */
  readonly scenes: readonly AnnotatedScene[]
  /** draws the validation images, the initial weights, and the batches */
  readonly source: Stream
  readonly resume?: TrainCheckpoint
  /** called after each validation */
  readonly progress?: (checkpoint: TrainCheckpoint) => void
  readonly signal?: AbortSignal
}

/** A training, lazily run. */
export interface NetworkTraining {
  /** the network; after the last step it has the parameters of the best validation checkpoint */
  readonly network: SceneGraphPredictor | PerObjectPredictor
  /** yields after each step of Adam */
  readonly training: Generator<number, TrainResult>
  /** numbers of training and validation images */
  readonly images: { readonly train: number; readonly valid: number }
  readonly valid: readonly AnnotatedScene[]
  readonly validCounts: FrequencyTable
  /** steps of an epoch, and maximum number of steps */
  readonly pass: number
  readonly steps: number
}

/** A tenth of the images chooses the step, at most this many. */
const VALID = 500
/** Steps between two evaluations: a pass over the images, within these bounds. */
const EVERY = { least: 25, most: 200 }
/** Parts of the images, each of which sees the counts of the others only. */
const FOLDS = 5
/** Evaluations without a new best after which training ends. */
const PATIENCE = 5
/** What a pair without relation counts, against 1 for one with: settled as networkDefaults were. */
const NONE = 0.3

/**
 * Training of a network on annotated images, step by step. A tenth of the images is the validation
 * set; the others form five folds, each with the counts of the others as input, so that no image is
 * counted in its own input. In predcls only relations are learned, as classes are given.
 *
 * @throws RangeError for fewer than two images, or options that are out of range; during training,
 *   SceneDataError if an image lacks the input of the task
 * Cost: epochs · images forward and backward passes; memory: the images. Source: ours; see
 * networkScenes and trainingSteps.
 *
 * @example
 * import { frequencyCounter } from '@nonconvex/structured/baselines'
 * import { networkTraining } from '@nonconvex/structured/network'
 * import { stream } from '@nonconvex/tensor'
 * const counter = frequencyCounter({ classes: ['none', 'dog', 'cat'], predicates: ['none', 'sees'] })
 * const image = { width: 4, height: 4, boxes: [[0, 0, 2, 2], [2, 2, 4, 4]], classes: [1, 2], relations: [[0, 1, 1]] } as const
 * const scenes = [1, 2, 3].map((id) => ({ ...image, id }))
 * scenes.forEach(counter.add)
 * const options = { model: 'network', hidden: 4, steps: 1, attention: 'none', rate: 0.01, epochs: 3, batch: 2 } as const
 * const made = networkTraining({ options, task: 'predcls', table: counter.table(), scenes, source: stream(1) })
 * console.log(made.images.train, [...made.training].length) // → 2 3
 */
export function networkTraining(given: NetworkTrainingOptions): NetworkTraining {
  const { options, task, table, scenes, source, resume, progress, signal } = given
  if (scenes.length < 2)
    throw new RangeError(
      `networkTraining: expected at least 2 images with relations, got ${scenes.length}`,
    )
  const { batch, epochs, rate } = options
  const order = source.child('split').sample(scenes.length, scenes.length)
  const held = Math.min(VALID, Math.ceil(scenes.length / 10))
  const [valid, train] = [order.subarray(0, held), order.subarray(held)].map((part) =>
    Array.from(part, (place) => scenes[place]),
  )
  const validCounts = countsOf(valid, table)
  const set = (part: readonly AnnotatedScene[], folds: readonly NetworkScenes[]): SceneSet => ({
    length: part.length,
    scene: (place, draws) => folds[place % folds.length].labeled(part[place], draws),
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
  const network = annotatedNetwork(options, table)
  network.initialize(source.child('start'))
  startAtCounts(network)
  const made = trainingSteps(network, {
    train: set(train, folds),
    source: source.child('batches'),
    valid: set(valid, [networkScenes(table, task, validCounts)]),
    batch,
    steps,
    rate,
    every: Math.min(Math.max(pass, EVERY.least), EVERY.most),
    patience: PATIENCE,
    loss: task === 'predcls' ? { objects: 0, none: NONE } : { none: NONE },
    ...(signal && { signal }),
    ...(resume && { resume }),
    ...(progress && { progress }),
  })
  const training = fittingSteps(scenes, made)
  const images = { train: train.length, valid: valid.length }
  return { network, training, images, valid, validCounts, pass, steps }
}

function countsOf(scenes: readonly AnnotatedScene[], names: FrequencyTable): FrequencyTable {
  const counter = frequencyCounter(names)
  scenes.forEach(counter.add)
  return counter.table()
}

/** σ(4) = 0.982: an open gate passes scores on, and can still be closed. */
const OPEN = 4

/**
 * Lets a network begin with the scores that it is given, the counts: what it adds to them is 0, its
 * gates are open. From a random start it would first have to learn to leave them alone.
 */
function startAtCounts(network: SceneGraphPredictor | PerObjectPredictor): void {
  const { parameters } = network.state()
  const named = Object.entries(parameters).map(([name, part]) => {
    const found = /(?:^|\.)(rho|rhoEdge)\.(out|outBias)$/.exec(name)
    if (!found) return [name, part] as const
    const ofPairs = found[1] === 'rhoEdge' || name.startsWith('pairs.')
    const labels = ofPairs ? network.predicates : network.classes
    // the last entries of what is put out are gates
    const value = (col: number): number => (found[2] === 'outBias' && col >= labels ? OPEN : 0)
    return [name, { ...part, data: part.data.map((_, i) => value(i % part.cols)) }] as const
  })
  network.setParameters(Object.fromEntries(named))
}
