import type { Encoded } from './encode.js'
import type { Breach } from './monitor.js'
import type { Ending, Outcome } from './outcome.js'
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
   * The run so far as plain JSON. @throws ArgumentError if the state is not plain data (see `encode`)
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
