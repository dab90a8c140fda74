import type { Note } from '../exit.js'
import type { TrainCheckpoint } from '@nonconvex/structured/scenes'
import { counted } from '@nonconvex/optim/claims'
import type { NamedScores } from './scene-scores.js'

/** What the warnings about a training are based on. */
export interface ValidatedTraining {
  readonly checkpoint: Pick<TrainCheckpoint, 'best'>
  /** recall on the validation images: of the network, then of the frequency baseline */
  readonly onValid: readonly NamedScores[]
  readonly images: { readonly valid: number }
}

/**
 * Warns where a trained network is not better than the frequency baseline on the validation images.
 */
export function trainingWarnings({
  checkpoint,
  onValid,
  images,
}: ValidatedTraining): readonly Note[] {
  if (checkpoint.best.step === 0)
    return [
      {
        code: 'training-no-gain',
        text: 'no training step improved the validation loss, so the initialization is kept: the network equals the scores it starts from; use more images, another --rate or more --epochs, or --model frequency',
      },
    ]
  const [network, counts] = onValid.map(({ scores }) => scores.constrained.at.at(-1))
  const [found, ofCounts] = [network?.recall ?? 0, counts?.recall ?? 0]
  if (found >= ofCounts) return []
  const percent = (recall: number): string => (100 * recall).toFixed(1)
  return [
    {
      code: 'training-below-baseline',
      text: `on the ${counted(images.valid, 'validation image')} the network is below the frequency baseline, recall@${network?.k ?? 0} ${percent(found)} % against ${percent(ofCounts)} %; compare both with --test, or use more images or --model frequency`,
    },
  ]
}
