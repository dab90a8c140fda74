// Objectives, and whether their derivatives are right.
export type { Objective, SampledObjective } from './objective/objective.js'
export {
  checkGradient,
  type GradientCheck,
  type GradientCheckOptions,
} from './objective/check-gradient.js'
export { checkHessian, type HessianCheck } from './objective/check-hessian.js'
export { hessianMatrix } from './objective/hessian.js'

// Optimizers: plain-data states, all driven by `run`.
export { residualAtMost, type Optimiser, type OptimiserState } from './optimise/optimiser.js'
export { gradientDescent, type GradientDescentState } from './optimise/gradient-descent.js'
export { momentum, type MomentumState } from './optimise/momentum.js'
export { sgd, type SgdOptions, type SgdState } from './optimise/sgd.js'
export { adam, type AdamOptions, type AdamState } from './optimise/adam.js'
export { newton, newtonDone, type NewtonOptions, type NewtonState } from './optimise/newton.js'
export type { Direction } from './optimise/newton-direction.js'
export { projectedGradient, type ProjectedGradientState } from './optimise/projected-gradient.js'

// The loop "step, watch, stop", and how it ends.
export { run, resume, type Run, type RunState, type Visit } from './run/run.js'
export type { RunOptions } from './run/options.js'
export type { Outcome, RunStatus } from './run/outcome.js'

// What is checked at every step, and the verdict from it.
export { boundMonitor, type BoundOptions, type Breach, type Monitor } from './run/monitor.js'
export type { Tally } from './run/tally.js'
export { verdictOfRun, type RunEvidence, type WatchedOutcome } from './run/verdict-of-run.js'

// What is recorded and saved.
export type { RecorderState, Thin, Trace } from './run/trace.js'
export { decode, encode, type Encoded } from './run/encode.js'
export { allFinite, findNonFinite } from './run/finite.js'

// Many initializations from named streams.
export {
  manyStarts,
  type Finished,
  type ManyStarts,
  type ManyStartsOptions,
} from './starts/many-starts.js'
export { summarise, type Summary } from './starts/summary.js'
