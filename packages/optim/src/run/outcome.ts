import type { Breach } from './monitor.js'
import type { Tally } from './tally.js'
import type { Trace } from './trace.js'

/**
 * The status in which a run ended.
 *
 * - `converged`: by `stop`; the message has its reason
 * - `max-steps`: `maxSteps` steps were made; resume with more to continue
 * - `violated`: a monitor found a breach
 * - `not-finite`: a state, a monitored or an observed number is NaN or infinite; `place` names it
 * - `aborted`: by the signal; resume to continue
 * - `failed`: `step`, a monitor, `stop`, `observe` or `finite` threw; `place` names it
 */
export type RunStatus = 'converged' | 'max-steps' | 'violated' | 'not-finite' | 'aborted' | 'failed'

/** The outcome of a finished run: status, message and evidence. */
export interface Outcome<S> {
  readonly status: RunStatus
  readonly message: string
  /** the step that made `state`; 0 is the initial state */
  readonly step: number
  /** the last state made; of `violated` and `not-finite` the state in which it was detected */
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

/** The outcome of a run without the evidence. */
export interface Ending<S> {
  readonly status: RunStatus
  readonly message: string
  readonly place?: string
  readonly lastFinite?: S
}
