import type { Json } from '@nonconvex/optim'
import { replay, trainSgdAsync } from '@nonconvex/overparam'
import type { Dataset, SgdOptions } from '@nonconvex/overparam'
import type { MeasureContext } from '../../define/experiment.js'
import { measuredOf } from './facts.js'
import type { Measured } from './facts.js'
import { provenSeparable } from './separable.js'
import type { Known } from './separable.js'
import { evidenceOf, witnessOf } from './witness.js'

/** One run to make: data, and all that SGD needs but the separator. */
export interface RunTask {
  readonly data: Dataset
  readonly test?: Dataset
  readonly options: SgdOptions
}

export interface RunRow {
  readonly key: string
  readonly measured: Measured
  readonly witness: Json
}

const traced = (task: RunTask, wStar: Float64Array | undefined): SgdOptions =>
  wStar ? { ...task.options, trace: { wStar } } : task.options

/** Trains, watching both potentials at every update where a separator is known. */
export async function measureRun(
  key: string,
  task: RunTask,
  known: Known,
  context: Pick<MeasureContext<unknown>, 'signal' | 'watch'>,
): Promise<RunRow> {
  const options = traced(task, known.wStar)
  const outcome = await trainSgdAsync(task.data, {
    ...options,
    signal: context.signal,
    watch: (progress) => context.watch({ ...progress }),
  })
  context.signal.throwIfAborted()
  const { separable, wStar } = known
  const measured = measuredOf({ ...task, options, outcome, separable, ...(wStar && { wStar }) })
  return { key, measured, witness: witnessOf(outcome, known) }
}

/**
 * The measured numbers as they follow from the witness: each listed update is made where the order puts it and
 * must be one, the potentials are watched again, the loss is 0 on all examples after the last; separability
 * from the separator or the Gordan weights. No training run is made.
 *
 * @throws RangeError if the witness is malformed, or an update in it is not one
 */
export function checkRun(row: { readonly witness: Json }, task: RunTask): RunRow['measured'] {
  const { list, wStar, gordan } = evidenceOf(row.witness)
  const options = traced(task, wStar)
  const { outcome } = replay(task.data, options, list)
  const separable = provenSeparable(task.data, {
    ...(wStar && { wStar }),
    ...(gordan && { gordan }),
  })
  return measuredOf({ ...task, options, outcome, separable, ...(wStar && { wStar }) })
}
