import { replay, trainSgdAsync, type Examples, type SgdOptions } from '@nonconvex/overparam'
import type { MeasureContext } from '../../define/experiment.js'
import { witnessed, type Witnessed } from '../../define/work.js'
import { measuredOf, type Measured } from './facts.js'
import { decideSeparable, provenSeparable } from './separable.js'
import { evidenceOf, witnessOf, type RunWitness } from './witness.js'

/** The data and options of one run; the separator is not needed. */
export interface RunTask {
  readonly data: Examples
  readonly test?: Examples
  readonly options: SgdOptions
}

const traced = (task: RunTask, wStar: Float64Array | undefined): SgdOptions =>
  wStar ? { ...task.options, trace: { wStar } } : task.options

/** Trains a network; checks both potentials at every update if a separator is known. */
export async function measureRun(
  task: RunTask,
  { signal, watch }: Pick<MeasureContext<unknown>, 'signal' | 'watch'>,
): Promise<Witnessed<Measured, RunWitness>> {
  const known = decideSeparable(task.data)
  const options = traced(task, known.wStar)
  const outcome = await trainSgdAsync(task.data, {
    ...options,
    signal,
    watch: (progress) => watch({ ...progress }),
  })
  signal.throwIfAborted()
  const { separable, wStar } = known
  const measured = measuredOf({ ...task, options, outcome, separable, ...(wStar && { wStar }) })
  return witnessed(measured, witnessOf(outcome, known))
}

/**
 * Recomputes the measured numbers, a function of the task alone, with the witness as a hint. Its
 * list of updates must be that of the run, visit by visit; the potentials are watched again, the
 * loss is 0 on all examples after the last. Its separator, or Gordan weights, must be what
 * `separability` finds on these data, to the last bit: another separator would give other bounds.
 * Their consequences are then recomputed.
 *
 * @throws RangeError if the witness is malformed, or anything in it differs
 *
 * Cost: about that of the run; separability is decided once for a data set.
 */
export function replayRun(witness: unknown, task: RunTask): Measured {
  const { list, ...given } = evidenceOf(witness)
  const { wStar, gordan } = decideSeparable(task.data)
  sameBits('separator', given.wStar, wStar)
  sameBits('gordan', given.gordan, gordan)
  const options = traced(task, wStar)
  const outcome = replay(task.data, options, list)
  const separable = provenSeparable(task.data, {
    ...(wStar && { wStar }),
    ...(gordan && { gordan }),
  })
  return measuredOf({ ...task, options, outcome, separable, ...(wStar && { wStar }) })
}

/** @throws RangeError unless both are absent, or equal in every bit */
function sameBits(
  name: string,
  given: Float64Array | undefined,
  found: Float64Array | undefined,
): void {
  const length = (array: Float64Array | undefined): string =>
    array ? `${array.length} numbers` : 'none'
  if (given?.length !== found?.length)
    throw new RangeError(`witness: expected ${name} to have ${length(found)}, got ${length(given)}`)
  const at = given?.findIndex((value, i) => !Object.is(value, found?.[i])) ?? -1
  if (at >= 0)
    throw new RangeError(
      `witness: expected ${name}[${at}] to be ${found?.[at]}, as recomputed from the data, got ${given?.[at]}`,
    )
}
