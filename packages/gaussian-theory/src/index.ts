// The integral behind everything.
export { sMinusTCos } from './s-minus-t-cos.js'
export { reluPair, reluPairGradient, reluPairHessian } from './relu-pair.js'
export { arcCosineKernel } from './arc-cosine-kernel.js'
export * from './integral/index.js'

// The no-overlap loss.
export { coefficients, type Coefficients } from './coefficients.js'
export { noOverlapLoss, noOverlapGradient } from './no-overlap-loss.js'
export {
  noOverlapHessian,
  noOverlapEigenvalues,
  type NoOverlapEigenvalues,
} from './no-overlap-hessian.js'
export { noOverlapObjective } from './no-overlap-objective.js'
export { rayMinimiser, rayLoss, plRatio } from './ray.js'
export { oneSidedDerivative } from './one-sided-derivative.js'
export * from './closed-form-claims.js'
export * from './sample-agreement.js'

// Its critical points.
export {
  criticalPoints,
  landscapeHypotheses,
  type CriticalKind,
  type CriticalPoint,
} from './critical-points.js'
export * from './critical-point-claims.js'
export {
  noOverlapIntervals,
  proveCriticalPoints,
  type CriticalPointProofs,
} from './critical-point-proofs.js'
export { proveNoOther, type NoOtherPoint } from './no-other-point.js'

export { certificateRecord, ends, type CertificateRecord, type Ends } from './certificate-record.js'
export { proveKinds, type KindsProved } from './critical-point-kinds.js'

// Gradient descent on it.
export { gdStep, reducedStep, type Polar } from './descent/step.js'
export {
  descentState,
  nextState,
  PHI_RESOLUTION,
  type DescentProblem,
  type DescentState,
} from './descent/state.js'
export * from './descent/invariant-claims.js'
export { invariants, type Invariant } from './descent/invariants.js'
export * from './descent/bounds.js'
export * from './descent/bound-claims.js'
export * from './descent/long-run-claims.js'
export * from './descent/escape-law.js'
export * from './descent/random-start.js'
export {
  antiparallelAngle,
  antiparallelDensity,
  antiparallelProbability,
} from './descent/start-probability.js'
export { rateTheorem, type RateTheorem } from './descent/rate-theorem.js'
export { runGD, type GDOptions, type GDReport, type GDStatus } from './descent/run-gd.js'
export type { GDBounds, GoalsMet } from './descent/run-verdicts.js'

// Networks with overlap.
export * from './overlap/index.js'

// Random restarts on them.
export * from './restarts/index.js'

// Their minima and saddles.
export * from './atlas/index.js'

// Samples, and stochastic gradient descent.
export * from './finite/index.js'

// Leaky ReLU, and the other arc-cosine kernels.
export * from './leaky/index.js'

// Arbitrary inputs: set splitting as a training problem.
export * from './hardness/index.js'

// Intersections of half-spaces: Baum's algorithm.
export * from './baum/index.js'
