import { argumentError } from '@nonconvex/tensor/check'
import type { Dataset } from '../data/dataset.js'
import type { SgdOptions } from '../sgd/options.js'
import type { SgdOutcome, SgdStatus } from '../sgd/outcome.js'
import { SgdRun } from '../sgd/sgd-run.js'
import { deadUnits, type DeadUnits } from './dead-units.js'

/** The outcome of training a ReLU network. */
export interface ReluOutcome {
  /** 'stuck': every example with a positive loss is dead, a certified failure */
  readonly status: SgdStatus | 'stuck'
  readonly message: string
  readonly outcome: SgdOutcome
  readonly dead: DeadUnits
}

/**
 * Trains a ReLU network (α = 0) until the loss is exactly 0, or until failure is certified: dead
 * examples are checked after 1, 2, 4, … passes, so that the run is at most twice as long as
 * necessary.
 *
 * @param data - x is n × d, y in {−1, +1}
 * @param options - as for `trainSgd`; alpha is always 0
 * @throws ShapeError, RangeError for a malformed data set or option
 *
 * @example
 * import { trainRelu } from '@nonconvex/overparam/relu'
 * const data = { x: { rows: 2, cols: 2, data: Float64Array.of(1, 0, 0, 1) }, y: Float64Array.of(1, 1) }
 * const start = Float64Array.of(1, -1, -1, -1)
 * const { message } = trainRelu(data, { k: 1, start, order: { kind: 'cyclic' } })
 * console.log(message) // → stuck: 1 example has a positive loss, and no unit is active on it
 */
export function trainRelu(data: Dataset, options: SgdOptions): ReluOutcome {
  const { alpha = 0 } = options
  if (!(alpha >= 0 && alpha <= 1))
    throw argumentError('out-of-range', 'trainRelu', 'alpha', 'to be in [0, 1]', alpha)
  const relu = { ...options, alpha: 0 }
  const run = new SgdRun(data, relu, undefined, 'trainRelu')
  for (let passes = 1; ; passes *= 2) {
    if (options.signal?.aborted) run.abort()
    const status = run.advance(passes * data.x.rows)
    options.watch?.(run.progress())
    const outcome = run.outcome()
    const dead = deadUnits(outcome.net, data)
    if (status !== 'converged' && dead.stuck) {
      const { length } = dead.examples
      const what = length === 1 ? '1 example has' : `${length} examples have`
      const on = length === 1 ? 'it' : 'them'
      const message = `stuck: ${what} a positive loss, and no unit is active on ${on}`
      return { status: 'stuck', message, outcome, dead }
    }
    if (status !== 'running') return { status, message: outcome.message, outcome, dead }
  }
}
