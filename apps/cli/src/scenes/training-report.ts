import type { Table } from '@nonconvex/experiments'
import type { Figure } from '@nonconvex/experiments/figure'
import type { Json } from '@nonconvex/optim/claims'
import type { SceneTask } from '@nonconvex/structured/recall'
import type { TrainedNetwork } from './train-network.js'

const ends = {
  'steps-done': 'all epochs done',
  'no-improvement': 'early stopping',
  'not-finite': 'diverged',
  aborted: 'interrupted',
} as const

/** How a network was trained, for a document. */
export const trainingJson = ({ status, checkpoint, images }: TrainedNetwork): Json => ({
  status,
  images,
  steps: checkpoint.step,
  best: { step: checkpoint.best.step, loss: checkpoint.best.loss },
  history: checkpoint.history.map(({ step, train, valid }) => ({ step, train, valid })),
})

/** The same as a table. */
export function trainingTable(
  trained: TrainedNetwork & { readonly task: SceneTask; readonly seed: number },
): Table {
  const { status, checkpoint, images, task, seed } = trained
  const { best, step } = checkpoint
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
      ['training steps', step],
      ['best validation step', best.step],
      ['best validation loss', best.loss],
      ['stopped because', ends[status]],
    ],
  }
}

/** Training and validation loss against steps. */
export function trainingFigure({ checkpoint }: TrainedNetwork): Figure {
  const { history, best } = checkpoint
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
