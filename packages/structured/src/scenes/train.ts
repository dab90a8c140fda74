import { restoreStream } from '@nonconvex/tensor/random'
import type { Stream, StreamState } from '@nonconvex/tensor/random'
import type { PredictorState, SceneGraphPredictor, SceneLoss } from './predictor.js'
import type { LabelledScene } from './scene.js'

/** How a predictor is trained. */
export interface TrainOptions {
  /** scenes to learn from, at least one; and to decide by when to stop, at least one */
  readonly train: readonly LabelledScene[]
  readonly valid: readonly LabelledScene[]
  /** draws the scenes of each step */
  readonly source: Stream
  /** scenes of a step; default 50 */
  readonly batch?: number
  /** at most; default 1500 */
  readonly steps?: number
  /** of Adam; default 1e-3 */
  readonly rate?: number
  readonly loss?: SceneLoss
  /** steps between two looks at the validation scenes; default 100 */
  readonly every?: number
  /** looks without a new best before it stops; default 5 */
  readonly patience?: number
  /** from an earlier call, to go on with the same numbers */
  readonly resume?: TrainCheckpoint
  /** after each look */
  readonly progress?: (checkpoint: TrainCheckpoint) => void
  readonly signal?: AbortSignal
}

/** Where training stands: plain data, enough to go on. */
export interface TrainCheckpoint {
  readonly step: number
  readonly state: PredictorState
  readonly source: StreamState
  /** lowest loss on the validation scenes, its step and parameters */
  readonly best: { readonly loss: number; readonly step: number; readonly state: PredictorState }
  /** looks since then */
  readonly waited: number
  /** of each look: step, mean loss of the steps before, loss on the validation scenes */
  readonly history: readonly {
    readonly step: number
    readonly train: number
    readonly valid: number
  }[]
}

/** Why training ended. */
export type TrainStatus = 'steps-done' | 'no-improvement' | 'not-finite' | 'aborted'

/**
 * Trains a predictor by Adam with the loss of every step of its recurrence, and leaves it with the parameters that were best on the
 * validation scenes.
 *
 * @param predictor - initialised; with `resume` its parameters are replaced
 * @returns why it ended, and the last checkpoint: a call that resumes from it makes the steps that are left, with the same bytes as if
 *   there had been no stop
 * @throws RangeError for no scene, or counts that are no integers ≥ 1
 * Cost: steps · batch scenes forwards and backwards. Source: Herzig et al. (2018) for the loss; early stopping is standard.
 *
 * @example
 * import { sceneGraphPredictor, tinyScene, trainPredictor } from '@nonconvex/structured'
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
export function trainPredictor(
  predictor: SceneGraphPredictor,
  options: TrainOptions,
): { status: TrainStatus; checkpoint: TrainCheckpoint } {
  const { train, valid, batch = 50, steps = 1500, rate = 1e-3, every = 100, patience = 5 } = options
  const counts = {
    'train scenes': train.length,
    'valid scenes': valid.length,
    batch,
    steps,
    every,
    patience,
  }
  for (const [name, count] of Object.entries(counts))
    if (!Number.isSafeInteger(count) || count < 1)
      throw new RangeError(`trainPredictor: ${name} must be an integer ≥ 1, got ${count}`)
  const { loss = {}, signal, progress } = options
  let checkpoint = options.resume ?? start(predictor, options)
  predictor.restore(checkpoint.state)
  const source = restoreStream(checkpoint.source)
  let status: TrainStatus = checkpoint.waited >= patience ? 'no-improvement' : 'steps-done'
  let sum = 0
  for (let step = checkpoint.step + 1; step <= steps && status === 'steps-done'; step++) {
    if (signal?.aborted) {
      status = 'aborted'
      break
    }
    const scenes = Array.from({ length: batch }, () => train[source.integer(train.length)])
    sum += predictor.accumulate(scenes, loss)
    predictor.layer.step({ rate })
    if (step % every !== 0 && step !== steps) continue
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
  predictor.restore(checkpoint.best.state)
  return { status, checkpoint }
}

function start(
  predictor: SceneGraphPredictor,
  { source, valid, loss }: TrainOptions,
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
function lossOn(
  predictor: SceneGraphPredictor,
  scenes: readonly LabelledScene[],
  loss: SceneLoss,
): number {
  const PORTION = 200
  let total = 0
  for (let from = 0; from < scenes.length; from += PORTION) {
    const part = scenes.slice(from, from + PORTION)
    total += (predictor.accumulate(part, loss) * part.length) / scenes.length
    predictor.layer.clearGradients()
  }
  return total
}
