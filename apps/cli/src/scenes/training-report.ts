import type { Figure, Table } from '@nonconvex/experiments'
import type { Json } from '@nonconvex/optim/claims'
import type { SceneTask } from '@nonconvex/structured'
import type { TrainedNetwork } from './train-network.js'

const ends = {
  'steps-done': 'all steps were made',
  'no-improvement': 'no improvement on validation images',
  'not-finite': 'numbers out of range',
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

/** The same for people. */
export function trainingTable(
  trained: TrainedNetwork & { readonly task: SceneTask; readonly seed: number },
): Table {
  const { status, checkpoint, images, task, seed } = trained
  const { best, step } = checkpoint
  return {
    id: 'training',
    title: 'The training',
    columns: [
      { name: 'what', title: '' },
      { name: 'value', title: 'value', digits: 4 },
    ],
    rows: [
      ['task', task],
      ['seed', seed],
      ['images learned from', images.train],
      ['images that chose the step', images.valid],
      ['steps made', step],
      ['best of them on validation images', best.step],
      ['loss there', best.loss],
      ['ended by', ends[status]],
    ],
  }
}

/** Loss against steps, on the images learned from and on those that chose the step. */
export function trainingFigure({ checkpoint }: TrainedNetwork): Figure {
  const { history, best } = checkpoint
  // a line of one point is not seen
  const alone = history.length === 1
  const steps = history.map(({ step }) => step)
  return {
    id: 'training',
    title: 'Training',
    caption: `Loss summed over the rounds of improvement: its mean over the steps between two looks on images learned from, and on the validation images at each look. The parameters of step ${best.step}, the best there, were kept.`,
    panels: [
      {
        x: { label: 'steps of Adam' },
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
            key: 'images learned from',
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
            key: 'validation images',
          },
          { mark: 'dot', frame: 'best', x: 'x', y: 'y', tone: 'measured', radius: 4, key: 'kept' },
        ],
      },
    ],
  }
}
