import type { Figure } from '@nonconvex/experiments/figure'
import type { ShownTable } from '../text/prose.js'
import type { ScenesRecord } from './scenes-record.js'
import type { TrainedNetwork } from './train-network.js'

const ends = {
  'steps-done': 'all epochs done',
  'no-improvement': 'early stopping',
  'not-finite': 'diverged',
  aborted: 'interrupted',
} as const

/** How a network was trained, for a document. */
export const trainingJson = ({ status, checkpoint, images }: TrainedNetwork) => ({
  status,
  images,
  steps: checkpoint.step,
  best: { step: checkpoint.best.step, loss: checkpoint.best.loss },
  history: checkpoint.history.map(({ step, train, valid }) => ({ step, train, valid })),
})

type Network = NonNullable<ScenesRecord['training']['network']>

/** The same as a table. */
export function trainingTable(
  { status, images, steps, best }: Network,
  { task, seed }: { readonly task: string; readonly seed: number },
): ShownTable {
  return {
    id: 'training',
    title: 'Training',
    columns: [
      { name: 'what', title: '' },
      { name: 'value', title: 'value', digits: 4 },
    ],
    rows: [
      ['task', task],
      ['seed', seed],
      ['training images', images.train],
      ['validation images', images.valid],
      ['training steps', steps],
      ['best validation step', best.step],
      ['best validation loss', best.loss],
      ['stopped because', ends[status]],
    ],
  }
}

/** Training and validation loss against steps. */
export function trainingFigure({ history, best }: Network): Figure {
  // a line of one point is not seen
  const alone = history.length === 1
  const steps = history.map(({ step }) => step)
  return {
    id: 'training',
    title: 'Training',
    caption: `Loss summed over the message-passing rounds: mean training loss between two evaluations, and validation loss at each evaluation. The checkpoint of step ${best.step}, the best validation loss, was kept.`,
    panels: [
      {
        x: { label: 'Adam steps' },
        y: { label: 'loss' },
        frames: {
          train: { x: steps, y: history.map(({ train }) => train) },
          valid: { x: steps, y: history.map(({ valid }) => valid) },
          best: { x: [best.step], y: [best.loss] },
        },
        marks: [
          {
            mark: 'line',
            frame: 'train',
            x: 'x',
            y: 'y',
            tone: 'soft',
            key: 'training',
          },
          ...(alone
            ? [{ mark: 'dot', frame: 'train', x: 'x', y: 'y', tone: 'soft', radius: 4 } as const]
            : []),
          {
            mark: 'line',
            frame: 'valid',
            x: 'x',
            y: 'y',
            tone: 'measured',
            key: 'validation',
          },
          { mark: 'dot', frame: 'best', x: 'x', y: 'y', tone: 'measured', radius: 4, key: 'kept' },
        ],
      },
    ],
  }
}
