import type { Encoded } from './encode.js'
import type { Breach } from './monitor.js'
import type { Ending, Outcome } from './outcome.js'
import type { Tally } from './tally.js'
import type { RecorderState } from './trace.js'

/** A state with the number of the step that made it. */
export interface Visit<S> {
  readonly step: number
  readonly state: S
}

/**
 * A run in progress. Iterating over it makes steps and yields each state, beginning with the
 * initial one; leaving the loop pauses the run, and iterating again, `finish` or `finishAsync`
 * continues it.
 */
export interface Run<S> extends Iterable<Visit<S>> {
  /** the step of the present state */
  readonly step: number
  readonly state: S
  /** true once there is an outcome */
  readonly ended: boolean
  /** Makes one step (the first call checks the initial state); false once the run has ended. */
  advance(): boolean
  /** Makes all remaining steps. The same object on every call. */
  finish(): Outcome<S>
  /**
   * Makes all remaining steps, yielding to the event loop after every `slice` steps (default 1000),
   * so that a signal can arrive, a page stays responsive, a timer fires.
   */
  finishAsync(options?: { readonly slice?: number }): Promise<Outcome<S>>
  /**
   * The run so far as plain JSON. @throws ArgumentError if the state is not plain data (see `encode`)
   */
  save(): RunState<S>
}

/** A paused or finished run as plain JSON, without loss of precision. */
export interface RunState<S> {
  readonly schema: 'nonconvex/run@1'
  readonly step: number
  /** false: the initial state was not checked yet */
  readonly begun: boolean
  readonly state: Encoded<S>
  readonly recorder: Encoded<RecorderState>
  readonly tallies: Encoded<readonly Tally[]>
  readonly breaches: Encoded<readonly Breach[]>
  /** how it ended, if it cannot be resumed: neither aborted nor at the step limit */
  readonly ending?: Encoded<Ending<S>>
}
