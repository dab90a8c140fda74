import type { TrainCheckpoint } from '@nonconvex/structured'
import { counted } from '@nonconvex/optim/claims'
import type { NamedScores } from './scene-scores.js'

/** What is to be told of a training, and of the images that chose its step. */
export interface DoubtedTraining {
  readonly checkpoint: Pick<TrainCheckpoint, 'best'>
  /** the network's recall on these images, then that of the counts */
  readonly onValid: readonly NamedScores[]
  readonly images: { readonly valid: number }
}

/**
 * Why a trained network may be worse than the counts that it started from; nothing where it is
 * better.
 */
export function trainingDoubts({
  checkpoint,
  onValid,
  images,
}: DoubtedTraining): readonly string[] {
  if (checkpoint.best.step === 0)
    return [
      'no step of the training was better on its validation images than its start, which is kept: this network adds nothing to the scores that it starts from; take more images, another --rate or more --epochs, or --model frequency',
    ]
  const [network, counts] = onValid.map(({ scores }) => scores.constrained.at.at(-1))
  const [found, ofCounts] = [network?.recall ?? 0, counts?.recall ?? 0]
  if (found >= ofCounts) return []
  const percent = (recall: number): string => (100 * recall).toFixed(1)
  return [
    `on the ${counted(images.valid, 'image')} that chose the step the network finds less than the counts, ${percent(found)} % of the relations against ${percent(ofCounts)} % among the first ${network?.k ?? 0}; measure both with --test, or take more images or --model frequency`,
  ]
}
