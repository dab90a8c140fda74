import { ShapeError } from '@nonconvex/tensor'
import { positiveNumber } from '../border.js'
import type { Dataset } from '../data/dataset.js'
import { settle } from './options.js'
import type { SgdOptions } from './options.js'
import type { SgdOutcome } from './outcome.js'
import { SgdRun } from './sgd-run.js'

/** The updates of a run: which example, at which step. */
export interface UpdateList {
  readonly sequence: Int32Array
  readonly atStep: Int32Array
}

export interface Replay {
  /** as the run itself would have reported it */
  readonly outcome: SgdOutcome
  /** visits between updates that were looked at again, of all of them */
  readonly looked: number
  readonly between: number
}

/** Multiply–adds spent on visits between updates: about 0.3 s. */
const WORK = 3e8

/**
 * Follows a list of updates without making the whole run: each must be an update (y N(x) < 1) of the example
 * that the order visits at that step; potentials are watched as in the run; after the last update every
 * example is visited until the stopping rule ends the run, so a loss of exactly 0 is seen on all n.
 * Of the visits between updates, which the list says were clean, every m-th is looked at: all of them in a
 * small run.
 *
 * @param data - the training data
 * @param options - those of the run
 * @param list - its updates
 * @param work - multiply–adds allowed for visits between updates
 * @throws ShapeError if the two lists differ in length
 * @throws ShapeError, RangeError for a malformed data set or option
 * @throws RangeError if an update is not one, names another example, or one is missing: the message has its number
 *
 * Cost: O(2k · non-zero features) per update and per example, and `work`.
 *
 * @example
 * import { replay, trainSgd } from '@nonconvex/overparam'
 * const x = { rows: 1, cols: 1, data: Float64Array.of(1) }
 * const data = { x, y: Float64Array.of(1) }
 * const options = { k: 1, start: new Float64Array(2), order: { kind: 'cyclic' } } as const
 * console.log(replay(data, options, trainSgd(data, options)).outcome.status) // → converged
 */
export function replay(
  data: Dataset,
  options: SgdOptions,
  list: UpdateList,
  work: number = WORK,
): Replay {
  settle('replay', data, options)
  positiveNumber('replay', 'work', work)
  const { sequence, atStep } = list
  if (sequence.length !== atStep.length)
    throw new ShapeError(
      `replay: expected a step for each of ${sequence.length} updates, got ${atStep.length}`,
    )
  const run = new SgdRun(data, options)
  const last = atStep.at(-1) ?? 0
  const between = last - sequence.length
  const stride = Math.max(1, Math.ceil((between * 2 * options.k * data.x.cols) / work))
  let step = 0
  let looked = 0
  const fail = (u: number, what: string): never => {
    throw new RangeError(
      `replay: update ${u + 1} of ${sequence.length} at step ${atStep[u]}: ${what}`,
    )
  }
  for (let u = 0; u < sequence.length; u++) {
    if (atStep[u] <= step) fail(u, `expected a step after ${step}, got ${atStep[u]}`)
    while (step + stride < atStep[u]) {
      run.pass(stride - 1)
      run.advance(1)
      step += stride
      looked++
      if (run.progress().updates > u)
        fail(u, `expected no update before it, got one at step ${step}`)
    }
    run.pass(atStep[u] - step - 1)
    run.advance(1)
    step = atStep[u]
    const { updates, example } = run.lastUpdate()
    if (updates !== u + 1) fail(u, 'expected y N(x) < 1 there, got a clean visit')
    if (example !== sequence[u]) fail(u, `the order visits example ${example}, got ${sequence[u]}`)
    if (run.status !== 'running' && u + 1 < sequence.length)
      fail(u, `the run ends there: ${run.status}`)
  }
  while (run.advance(data.x.rows) === 'running');
  const outcome = run.outcome()
  if (outcome.updates > sequence.length)
    throw new RangeError(
      `replay: expected ${sequence.length} updates, got another one at step ${outcome.atStep[sequence.length]}`,
    )
  return { outcome, looked, between }
}
