import { ShapeError } from '@nonconvex/tensor'
import type { Examples } from '../data/dataset.js'
import type { SgdOptions } from './options.js'
import type { SgdOutcome } from './outcome.js'
import { SgdRun } from './sgd-run.js'

/** The updates of a run: the example and the step of each. */
export interface UpdateList {
  readonly sequence: Int32Array
  readonly atStep: Int32Array
}

/**
 * Replays a list of updates and accepts it only if it is the list of the run: each must be an
 * update (y N(x) < 1) on the example that the order visits at that step, and no other visit may be
 * an update. Between two updates the weights are constant, so each example visited in between is
 * evaluated once, by a forward pass unless the engine's screen decides. Potentials are checked as
 * in the run; after the last update visits continue until the stopping rule ends the run, so a loss
 * of exactly 0 is verified on all n.
 *
 * @param data - the training data
 * @param options - those of the run
 * @param list - its updates
 * @returns the outcome of the run
 * @throws ShapeError if the two lists differ in length
 * @throws ShapeError, RangeError for a malformed data set or option
 * @throws RangeError at the first visit that differs: an update that is not one, that names another
 *   example, or that is missing; the message has its number and step
 *
 * Cost: that of the run up to the first difference.
 *
 * @example
 * import { replay, trainSgd } from '@nonconvex/overparam'
 * const x = { rows: 1, cols: 1, data: Float64Array.of(1) }
 * const data = { x, y: Float64Array.of(1) }
 * const options = { k: 1, start: new Float64Array(2), order: { kind: 'cyclic' } } as const
 * console.log(replay(data, options, trainSgd(data, options)).status) // → converged
 */
export function replay(data: Examples, options: SgdOptions, list: UpdateList): SgdOutcome {
  const { sequence, atStep } = list
  if (sequence.length !== atStep.length)
    throw new ShapeError(
      `replay: expected a step for each of ${sequence.length} updates, got ${atStep.length}`,
    )
  const run = new SgdRun(data, options, undefined, 'replay')
  for (let u = 0; u < sequence.length; u++) follow(run, list, u)
  while (run.advance(data.x.rows) === 'running');
  const outcome = run.outcome()
  if (outcome.updates > sequence.length)
    throw new RangeError(
      `replay: expected ${sequence.length} updates, got another one at step ${outcome.atStep[sequence.length]}`,
    )
  return outcome
}

/** Advances the run to update u of the list and checks that no earlier visit is an update. */
function follow(run: SgdRun, { sequence, atStep }: UpdateList, u: number): void {
  const fail = (what: string): never => {
    throw new RangeError(
      `replay: update ${u + 1} of ${sequence.length} at step ${atStep[u]}: ${what}`,
    )
  }
  const { step } = run.progress()
  if (atStep[u] <= step) fail(`expected a step after ${step}, got ${atStep[u]}`)
  run.advance(atStep[u] - step - 1)
  if (run.progress().updates > u)
    fail(`expected no update before this step, got one at step ${run.outcome().atStep[u]}`)
  if (run.status !== 'running')
    fail(`expected a run that reaches this step, got one that ends before it: ${run.status}`)
  run.advance(1)
  const { updates, example } = run.lastUpdate()
  if (updates !== u + 1)
    fail('expected an example with y N(x) < 1, got a larger margin, which causes no update')
  if (example !== sequence[u])
    fail(`expected example ${example}, which the order visits at this step, got ${sequence[u]}`)
}
