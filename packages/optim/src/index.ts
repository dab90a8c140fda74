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
export { residualAtMost, type Optimizer, type OptimizerState } from './optimizers/optimizer.js'
export { gradientDescent, type GradientDescentState } from './optimizers/gradient-descent.js'
export { momentum, type MomentumState } from './optimizers/momentum.js'
export { sgd, type SgdOptions, type SgdState } from './optimizers/sgd.js'
export { lbfgs, type LbfgsState } from './optimizers/lbfgs.js'
export {
  levenbergMarquardt,
  type LeastSquares,
  type LevenbergMarquardtState,
} from './optimizers/levenberg-marquardt.js'
export { adam, type AdamOptions, type AdamState } from './optimizers/adam.js'

// The loop "step, watch, stop", and how it ends.
export { run, resume } from './run/run.js'
export type { Run, RunState, Visit } from './run/run-state.js'
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
