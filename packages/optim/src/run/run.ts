import type { Breach } from './monitor.js'
import type { Outcome, Ending } from './outcome.js'
import type { Encoded } from './encode.js'
import { Loop } from './loop.js'
import { checkOptions, type RunOptions } from './options.js'
import type { Tally } from './tally.js'
import type { RecorderState } from './trace.js'

/** A state and the step that made it. */
export interface Visit<S> {
  readonly step: number
  readonly state: S
}

/**
 * A run under way. Iterating makes steps and yields each state, the start first; leaving the loop
 * pauses, and iterating again, `finish` or `finishAsync` goes on from there.
 */
export interface Run<S> extends Iterable<Visit<S>> {
  /** the step of the present state */
  readonly step: number
  readonly state: S
  /** true once there is an outcome */
  readonly ended: boolean
  /** Makes one step (the first call checks the start); false once the run has ended. */
  advance(): boolean
  /** Makes all steps that are left. The same object on every call. */
  finish(): Outcome<S>
  /**
   * Makes all steps that are left, and lets the event loop run after every `slice` steps (default
   * 1000), so that a signal can be given from outside, a page stays alive, a timer fires.
   */
  finishAsync(options?: { readonly slice?: number }): Promise<Outcome<S>>
  /**
   * The run so far as plain JSON. @throws RangeError if the state is not plain data (see `encode`)
   */
  save(): RunState<S>
}

/** A paused or finished run as plain JSON, exact to the bit. */
export interface RunState<S> {
  readonly schema: 'nonconvex/run@1'
  readonly step: number
  /** false: the start was not checked yet */
  readonly begun: boolean
  readonly state: Encoded<S>
  readonly recorder: Encoded<RecorderState>
  readonly tallies: Encoded<readonly Tally[]>
  readonly breaches: Encoded<readonly Breach[]>
  /** how it ended, if for good: neither aborted nor out of steps */
  readonly ending?: Encoded<Ending<S>>
}

/**
 * One loop for everything that makes steps: step → finite? → monitors → trace → stop?
 *
 * Nothing happens before the first iteration, `advance` or `finish`. The start is checked like any
 * other state. Whatever happens in the loop becomes the status of the outcome, also what `step` and
 * the other functions throw (`failed`); only misuse of `run` itself throws. The signal is looked at
 * before each step; a synchronous loop sees only signals given from within, by the code between
 * iterations, or (with `finishAsync`) between slices.
 *
 * @throws RangeError if maxSteps is not an integer >= 0, a claim has two monitors, or `thin` is out
 *   of range
 *
 * Cost: 5 ns a step; with two monitors, a trace, a signal and the default `finite` about 0.1 µs
 * (run.bench.ts).
 *   The default `finite` takes about 0.4 ns for each number of a Float64Array.
 *
 * @example
 * import { run } from '@nonconvex/optim'
 * const stop = (x: number) => (x < 1e-3 ? 'x < 1e-3' : undefined)
 * const halving = run({ start: 1, step: (x) => x / 2, stop, maxSteps: 100 })
 * console.log(halving.finish().message) // → converged at step 10: x < 1e-3
 */
export function run<S>(options: RunOptions<S>): Run<S> {
  checkOptions('run', options)
  return new Loop(options)
}

/**
 * Goes on with a saved run: with the same options, the same bytes as if it had never been
 * interrupted. A run that was aborted or had reached maxSteps goes on under the new options; one
 * that ended otherwise has its outcome at once.
 *
 * @param options - as for `run`; `start` is not needed
 * @param saved - from `save`, also through JSON.stringify and JSON.parse
 * @throws RangeError if `saved` is something else, or of other monitors
 *
 * @example
 * import { resume, run } from '@nonconvex/optim'
 * const options = { start: 1, step: (x: number) => x / 2, maxSteps: 3 }
 * const paused = run(options)
 * for (const { step } of paused) if (step === 1) break
 * console.log(resume(options, JSON.parse(JSON.stringify(paused.save()))).finish().state) // → 0.125
 */
export function resume<S>(
  options: Omit<RunOptions<S>, 'start'> & { readonly start?: S },
  saved: RunState<S>,
): Run<S> {
  checkOptions('resume', options)
  const schema: unknown = (saved as Partial<RunState<S>> | null | undefined)?.schema
  if (schema !== 'nonconvex/run@1')
    throw new RangeError(`resume: expected a saved run 'nonconvex/run@1', got ${String(schema)}`)
  return new Loop(options, saved)
}
