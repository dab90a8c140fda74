import type { Breach } from './monitor.js'
import type { Tally } from './tally.js'
import type { Trace } from './trace.js'

/**
 * How a run ended.
 *
 * - `converged`: `stop` said so; the message holds its reason
 * - `max-steps`: `maxSteps` steps were made; resume with more to go on
 * - `violated`: a monitor found a breach
 * - `not-finite`: a state, a monitored or an observed number is NaN or infinite; `place` says where
 * - `aborted`: the signal was given; resume to go on
 * - `failed`: `step`, a monitor, `stop`, `observe` or `finite` threw; `place` says which
 */
export type RunStatus = 'converged' | 'max-steps' | 'violated' | 'not-finite' | 'aborted' | 'failed'

/** A finished run: a status, a message for the reader, and the evidence. */
export interface Outcome<S> {
  readonly status: RunStatus
  readonly message: string
  /** the step that made `state`; 0 is the start */
  readonly step: number
  /** the last state made; of `violated` and `not-finite` the one in which that was found */
  readonly state: S
  /** of `not-finite`: the state before, if there was one */
  readonly lastFinite?: S
  /** of `not-finite` and `failed`: 'state.w[3]', 'monitor gaussian/I1', 'step' */
  readonly place?: string
  /** of `failed`, in this process: what was thrown (not saved) */
  readonly error?: unknown
  readonly trace: Trace
  /** the first 100 breaches; the tallies count all */
  readonly breaches: readonly Breach[]
  /** one for each monitor, in their order */
  readonly tallies: readonly Tally[]
}

/** How a run ended, before the evidence is put together. */
export interface Ending<S> {
  readonly status: RunStatus
  readonly message: string
  readonly place?: string
  readonly lastFinite?: S
}
