// The loop, and how it ends.
export { run, resume, type Run, type RunState, type Visit } from './run.js'
export type { RunOptions } from './options.js'
export type { Outcome, RunStatus } from './outcome.js'

// What is checked at every step, and the verdict from it.
export { boundMonitor, type BoundOptions, type Breach, type Monitor } from './monitor.js'
export type { Tally } from './tally.js'
export { verdictOfRun, type RunEvidence, type WatchedOutcome } from './verdict-of-run.js'

// What is recorded and saved.
export type { RecorderState, Thin, Trace } from './trace.js'
export { decode, encode, type Encoded } from './encode.js'
export { allFinite, findNonFinite } from './finite.js'
