import { startWeights } from '@nonconvex/overparam'
import { digitsTask, loadDigits, type DigitsTask } from '@nonconvex/overparam/digits'
import type { Stream } from '@nonconvex/tensor'
import { InputError } from '../../define/input-error.js'
import type { RunTask } from '../runs/run-cell.js'
import type { MnistCell, MnistParams } from './params.js'

interface Split {
  readonly key: string
  readonly task: Promise<DigitsTask>
}

/** The last split: the same for every cell of a run, and large. */
let last: Split | undefined

function splitOf(p: MnistParams, shared: Stream): Split {
  const key = JSON.stringify([shared.name, p.positive, p.negative, p.n])
  if (last?.key !== key) last = { key, task: makeTask(p, shared) }
  return last
}

async function makeTask(p: MnistParams, shared: Stream): Promise<DigitsTask> {
  const digits = await loadDigits()
  const { positive, negative, n: train } = p
  const classes = new Set([...positive, ...negative])
  const most = digits.labels.reduce((sum, label) => sum + Number(classes.has(label)), 0)
  if (train > most)
    throw new InputError(
      `parameter n: expected at most ${most}, as many digits as there are of these classes, got ${train}`,
    )
  return digitsTask({ digits, positive, negative, train, stream: shared.child('split') })
}

/** The run of a cell: digits from the stream that all cells share, start and order from its own. */
export async function mnistTask(
  cell: MnistCell,
  p: MnistParams,
  streams: { readonly stream: Stream; readonly shared: Stream },
): Promise<RunTask> {
  const { train, test } = await splitOf(p, streams.shared).task
  return {
    data: train,
    test,
    options: {
      k: cell.k,
      alpha: p.alpha,
      eta: p.eta,
      start: startWeights(
        { kind: 'scaled', row: p.row, stream: streams.stream.child('start') },
        cell.k,
        train.x.cols,
      ),
      order: { kind: 'permutation', stream: streams.stream.child('order') },
      maxSteps: p.epochs * train.y.length,
    },
  }
}
