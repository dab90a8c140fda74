import type { Dataset } from '../data/dataset.js'
import type { SgdOptions } from './options.js'
import type { SgdOutcome } from './outcome.js'
import { SgdRun } from './sgd-run.js'

/** Multiply–adds between two looks at the signal: some 20 ms. */
const WORK = 2e7
/** What a visit costs besides, in multiply–adds: it counts for small networks. */
const VISIT = 100

const chunk = (data: Dataset, options: SgdOptions): number =>
  Math.max(1, Math.floor(WORK / (2 * options.k * data.x.cols + VISIT)))

/** One chunk; false when the run has ended. */
function forward(run: SgdRun, steps: number, options: SgdOptions): boolean {
  if (options.signal?.aborted) run.abort()
  const status = run.advance(steps)
  options.watch?.(run.progress())
  return status === 'running'
}

/**
 * Trains a two-layer network by SGD on the hinge loss, one example at a time, until the loss is exactly 0.
 *
 * @param data - x is n × d, y in {−1, +1}
 * @param options - width, start, order; see `SgdOptions` for the defaults
 * @returns the outcome: how it ended, U, T, c, the list of updates, the network, the trace if asked for
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * Float64, no hidden state: the same arguments give the same bits, whatever the engine.
 * Cost: 2k multiply–adds per visit and non-zero feature, as many per update.
 * Source: Brutzkus, Globerson, Malach, Shalev-Shwartz (2018).
 *
 * @example
 * import { startWeights, trainSgd } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * const options = { k: 1, start: startWeights({ kind: 'zero' }, 1, 2), alpha: 1, eta: 2 }
 * const run = trainSgd({ x, y: Float64Array.of(1, -1) }, { ...options, order: { kind: 'cyclic' } })
 * console.log(run.message) // → 2 updates in 4 steps; the loss is exactly 0
 */
export function trainSgd(data: Dataset, options: SgdOptions): SgdOutcome {
  const run = new SgdRun(data, options, undefined, 'trainSgd')
  const steps = chunk(data, options)
  while (forward(run, steps, options));
  return run.outcome()
}

/**
 * The same as `trainSgd`, letting the event loop turn between chunks of about 20 ms, so that a page stays
 * alive and `signal` can come from outside.
 *
 * @throws ShapeError, RangeError as `trainSgd`, in the promise
 *
 * @example
 * import { startWeights, trainSgdAsync } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * const options = { k: 1, start: startWeights({ kind: 'zero' }, 1, 2), order: { kind: 'cyclic' } }
 * const run = await trainSgdAsync({ x, y: Float64Array.of(1, -1) }, options)
 * console.log(run.status, run.distinct) // → converged 2
 */
export async function trainSgdAsync(data: Dataset, options: SgdOptions): Promise<SgdOutcome> {
  const run = new SgdRun(data, options, undefined, 'trainSgdAsync')
  const steps = chunk(data, options)
  while (forward(run, steps, options)) await new Promise((resolve) => setTimeout(resolve, 0))
  return run.outcome()
}
