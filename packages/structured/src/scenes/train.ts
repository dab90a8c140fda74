import { checkCount } from '@nonconvex/tensor/check'
import { restoreStream, stream, type Stream, type StreamState } from '@nonconvex/tensor'
import type { LabeledScene } from './scene.js'
import type { SceneLoss } from './scene-batch.js'
import type { PredictorState, TrainablePredictor } from './trainable.js'

/**
 * Scenes that are made on demand, so that not all need be in memory. Random choices, such as one of
 * several true predicates of a pair, are drawn from the stream.
 */
export interface SceneSet {
  readonly length: number
  readonly scene: (place: number, source: Stream) => LabeledScene
}

/** Options of training a predictor. */
export interface TrainOptions {
  /** training scenes and validation scenes, at least one of each */
  readonly train: readonly LabeledScene[] | SceneSet
  readonly valid: readonly LabeledScene[] | SceneSet
  /** draws the batches */
  readonly source: Stream
  /** batch size; default 50 */
  readonly batch?: number
  /** maximum number of steps; default 1500 */
  readonly steps?: number
  /** learning rate of Adam; default 1e-3 */
  readonly rate?: number
  readonly loss?: SceneLoss
  /** steps between evaluations on the validation scenes; default 100 */
  readonly every?: number
  /** early stopping after this number of evaluations without improvement; default 5 */
  readonly patience?: number
  /** checkpoint of an earlier call, to resume with the same numbers */
  readonly resume?: TrainCheckpoint
  /** after each evaluation */
  readonly progress?: (checkpoint: TrainCheckpoint) => void
  readonly signal?: AbortSignal
}

/** The state of training, as plain data from which it can resume. */
export interface TrainCheckpoint {
  readonly step: number
  readonly state: PredictorState
  readonly source: StreamState
  /** the best validation checkpoint: loss, step and parameters */
  readonly best: { readonly loss: number; readonly step: number; readonly state: PredictorState }
  /** evaluations since then */
  readonly waited: number
  /** of each evaluation: step, mean training loss since the last one, validation loss */
  readonly history: readonly {
    readonly step: number
    readonly train: number
    readonly valid: number
  }[]
}

/** Why training ended. */
export type TrainStatus = 'steps-done' | 'no-improvement' | 'not-finite' | 'aborted'

/** The outcome of training. */
export interface TrainResult {
  readonly status: TrainStatus
  readonly checkpoint: TrainCheckpoint
}

/**
 * Trains a predictor by Adam with the loss of every step of its recurrence, and sets the parameters
 * of the best validation checkpoint.
 *
 * @param predictor - initialized; with `resume` its parameters are replaced
 * @returns why it ended, and the last checkpoint: a call that resumes from it makes the remaining
 *   steps, with the same bytes as an uninterrupted run
 * @throws RangeError without scenes, or for counts that are not integers ≥ 1
 * Cost: steps · batch forward and backward passes. Source: Herzig et al. (2018) for the loss; early
 * stopping is standard.
 *
 * @example
 * import { sceneGraphPredictor, tinyScene, trainPredictor } from '@nonconvex/structured/scenes'
 * import { stream } from '@nonconvex/tensor'
 * const scenes = Array.from({ length: 60 }, (_, t) => tinyScene(stream(1).child('scene', t)))
 * const predictor = sceneGraphPredictor({ classes: 7, predicates: 4, hidden: 8 }, stream(2))
 * const { checkpoint } = trainPredictor(predictor, {
 *   train: scenes.slice(10),
 *   valid: scenes.slice(0, 10),
 *   source: stream(3),
 *   steps: 40,
 *   every: 20,
 * })
 * console.log(checkpoint.history.length, checkpoint.history[1].valid < checkpoint.history[0].valid) // → 2 true
 */
export function trainPredictor(predictor: TrainablePredictor, options: TrainOptions): TrainResult {
  const training = trainingSteps(predictor, options)
  for (;;) {
    const next = training.next()
    if (next.done === true) return next.value
  }
}

/**
 * {@link trainPredictor} step by step, for callers that do other work in between, such as handling
 * Ctrl-C. It yields after each step of Adam; the numbers are the same.
 *
 * @throws as trainPredictor, at the first step
 *
 * @example
 * import { sceneGraphPredictor, tinyScene, trainingSteps } from '@nonconvex/structured/scenes'
 * import { stream } from '@nonconvex/tensor'
 * const scenes = Array.from({ length: 20 }, (_, t) => tinyScene(stream(1).child('scene', t)))
 * const predictor = sceneGraphPredictor({ classes: 7, predicates: 4, hidden: 8 }, stream(2))
 * const options = { train: scenes.slice(5), valid: scenes.slice(0, 5), source: stream(3), steps: 4 }
 * let seen = 0
 * for (const step of trainingSteps(predictor, options)) seen += step
 * console.log(seen) // → 10
 */
export function* trainingSteps(
  predictor: TrainablePredictor,
  options: TrainOptions,
): Generator<number, TrainResult> {
  const { batch = 50, steps = 1500, rate = 1e-3, every = 100, patience = 5 } = options
  const [train, valid] = [setOf(options.train), setOf(options.valid)]
  const counts = {
    'train scenes': train.length,
    'valid scenes': valid.length,
    batch,
    steps,
    every,
    patience,
  }
  for (const [name, count] of Object.entries(counts)) checkCount('trainPredictor', name, count)
  const { loss = {}, signal, progress } = options
  let checkpoint = options.resume ?? start(predictor, valid, options)
  predictor.restore(checkpoint.state)
  const source = restoreStream(checkpoint.source)
  let status: TrainStatus = checkpoint.waited >= patience ? 'no-improvement' : 'steps-done'
  let sum = 0
  for (let step = checkpoint.step + 1; step <= steps && status === 'steps-done'; step++) {
    if (signal?.aborted) {
      status = 'aborted'
      break
    }
    const scenes = Array.from({ length: batch }, () =>
      train.scene(source.integer(train.length), source),
    )
    sum += predictor.accumulate(scenes, loss)
    predictor.update({ rate })
    if (step % every === 0 || step === steps) {
      const since = step - checkpoint.step
      const validLoss = lossOn(predictor, valid, loss)
      if (!Number.isFinite(validLoss)) {
        status = 'not-finite'
        break
      }
      const state = predictor.state()
      const better = validLoss < checkpoint.best.loss
      checkpoint = {
        step,
        state,
        source: source.save(),
        best: better ? { loss: validLoss, step, state } : checkpoint.best,
        waited: better ? 0 : checkpoint.waited + 1,
        history: [...checkpoint.history, { step, train: sum / since, valid: validLoss }],
      }
      sum = 0
      progress?.(checkpoint)
      if (checkpoint.waited >= patience) status = 'no-improvement'
    }
    yield step
  }
  predictor.restore(checkpoint.best.state)
  return { status, checkpoint }
}

const setOf = (scenes: readonly LabeledScene[] | SceneSet): SceneSet =>
  'scene' in scenes ? scenes : { length: scenes.length, scene: (place) => scenes[place] }

function start(
  predictor: TrainablePredictor,
  valid: SceneSet,
  { source, loss }: TrainOptions,
): TrainCheckpoint {
  const state = predictor.state()
  return {
    step: 0,
    state,
    source: source.save(),
    best: { loss: lossOn(predictor, valid, loss ?? {}), step: 0, state },
    waited: 0,
    history: [],
  }
}

/** The loss on scenes, in portions; no gradient is kept. */
function lossOn(predictor: TrainablePredictor, scenes: SceneSet, loss: SceneLoss): number {
  let total = 0
  // the same choices at each evaluation
  const source = stream(0)
  for (let from = 0; from < scenes.length; from += PORTION) {
    const count = Math.min(PORTION, scenes.length - from)
    const part = Array.from({ length: count }, (_, i) => scenes.scene(from + i, source))
    total += (predictor.accumulate(part, loss) * count) / scenes.length
    predictor.clearGradients()
  }
  return total
}

/** Scenes of the validation that go through the predictor together. */
const PORTION = 200
