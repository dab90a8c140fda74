import {
  trainPredictor,
  type PerObjectPredictor,
  type SceneGraphPredictor,
  type TrainCheckpoint,
  type TrainOptions,
} from '@nonconvex/structured/scenes'
import type { MeasureContext } from '../define/experiment.js'

/** Streams the losses of a network in training. */
export const watched =
  ({ watch }: Pick<MeasureContext<unknown>, 'watch'>) =>
  ({ step, history }: Pick<TrainCheckpoint, 'step' | 'history'>) => {
    const { train: loss, valid } = history[history.length - 1]
    watch({ step, loss, valid })
  }

/** Trains a network from its initialization; returns its best step. */
export function trainFrom(
  predictor: PerObjectPredictor | SceneGraphPredictor,
  context: Pick<MeasureContext<unknown>, 'stream' | 'signal' | 'watch'>,
  options: Omit<TrainOptions, 'source' | 'rate' | 'signal' | 'progress'>,
): number {
  const { stream, signal } = context
  predictor.initialize(stream.child('start'))
  const { checkpoint } = trainPredictor(predictor, {
    ...options,
    source: stream.child('batches'),
    rate: 1e-3,
    signal,
    progress: watched(context),
  })
  signal.throwIfAborted()
  return checkpoint.best.step
}
