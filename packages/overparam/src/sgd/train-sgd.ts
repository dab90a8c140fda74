import type { Examples } from '../data/dataset.js'
import type { SgdOptions } from './options.js'
import type { SgdOutcome } from './outcome.js'
import { SgdRun } from './sgd-run.js'

/**
 * The estimated number of nanoseconds between two checks of the signal; the clock is not read, so
 * that runs stay deterministic.
 */
const SLICE = 2e7

/** Advances a run in chunks of about equal time. */
class Chunks {
  private readonly run: SgdRun
  private readonly options: SgdOptions
  private steps: number

  constructor(run: SgdRun, options: SgdOptions) {
    this.run = run
    this.options = options
    const { visit, update } = run.cost()
    this.steps = Math.max(1, Math.floor(SLICE / (visit + update)))
  }

  /** Makes one chunk of steps; false when the run has ended. */
  next(): boolean {
    const { run, options } = this
    if (options.signal?.aborted) run.abort()
    const before = run.progress()
    const status = run.advance(this.steps)
    const after = run.progress()
    options.watch?.(after)
    const { visit, update } = run.cost()
    // the next chunk has about as many updates per visit as this one
    const fraction = (after.updates - before.updates) / Math.max(1, after.step - before.step)
    this.steps = Math.max(
      1,
      Math.min(2 * this.steps, Math.floor(SLICE / (visit + fraction * update))),
    )
    return status === 'running'
  }
}

/**
 * Trains a two-layer network by SGD on the hinge loss, one example at a time, until the loss is
 * exactly 0.
 *
 * @param data - x is n × d, y in {−1, +1}
 * @param options - width, initialization, order; see `SgdOptions` for the defaults
 * @returns the outcome: status, U, T, c, the list of updates, the network, and the trace if
 *   requested
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * All arithmetic is float64 without hidden state: the same arguments give the same bits with every
 * engine. Cost: 2k multiply–adds per visit and non-zero feature, as many per update. Source:
 * Brutzkus, Globerson, Malach, Shalev-Shwartz (2018).
 *
 * @example
 * import { initialWeights, trainSgd } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * const options = { k: 1, start: initialWeights({ kind: 'zero' }, 1, 2), alpha: 1, eta: 2 }
 * const run = trainSgd({ x, y: Float64Array.of(1, -1) }, { ...options, order: { kind: 'cyclic' } })
 * console.log(run.message) // → 2 updates in 4 steps; the loss is exactly 0
 */
export function trainSgd(data: Examples, options: SgdOptions): SgdOutcome {
  const run = new SgdRun(data, options, undefined, 'trainSgd')
  const chunks = new Chunks(run, options)
  while (chunks.next());
  return run.outcome()
}

/**
 * Trains as `trainSgd` does, but yields to the event loop between chunks of about 20 ms, so that a
 * page stays responsive and `signal` can arrive.
 *
 * @throws ShapeError, RangeError as `trainSgd`, in the promise
 *
 * @example
 * import { initialWeights, trainSgdAsync } from '@nonconvex/overparam'
 * const x = { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }
 * const options = { k: 1, start: initialWeights({ kind: 'zero' }, 1, 2), order: { kind: 'cyclic' } }
 * const run = await trainSgdAsync({ x, y: Float64Array.of(1, -1) }, options)
 * console.log(run.status, run.distinct) // → converged 2
 */
export async function trainSgdAsync(data: Examples, options: SgdOptions): Promise<SgdOutcome> {
  const run = new SgdRun(data, options, undefined, 'trainSgdAsync')
  const chunks = new Chunks(run, options)
  while (chunks.next()) await new Promise((resolve) => setTimeout(resolve, 0))
  return run.outcome()
}
