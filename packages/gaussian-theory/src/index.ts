// The integral behind everything.
export { sMinusTCos } from './s-minus-t-cos.js'
export { reluPair, reluPairGradient, reluPairHessian } from './relu-pair.js'
export { arcCosineKernel } from './arc-cosine-kernel.js'

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
export {
  sortedEigenvalues,
  lossClosedForm,
  gradientClosedForm,
  slideForm,
  hessianEigenvalues,
  topCurvature,
} from './closed-form-claims.js'
export {
  zScores,
  agreement,
  zBound,
  type SampleComparison,
  type AgreementFacts,
} from './sample-agreement.js'

// Its critical points.
export {
  criticalPoints,
  landscapeHypotheses,
  type CriticalKind,
  type CriticalPoint,
} from './critical-points.js'
export {
  pointEvidence,
  fitPowerLaw,
  peakAtOrigin,
  minimumAtTeacher,
  saddleLooksFlat,
  thirdOrderDescent,
  discRadii,
  threeCriticalPoints,
  kindsProved,
  type Landscape,
  type PointEvidence,
  type PowerLaw,
  type GradientSearch,
} from './critical-point-claims.js'
export {
  noOverlapIntervals,
  proveCriticalPoints,
  type CriticalPointProofs,
} from './critical-point-proofs.js'
export { proveNoOther, type NoOtherPoint } from './no-other-point.js'

export { certificateRecord, ends, type CertificateRecord, type Ends } from './certificate-record.js'
export { proveKinds, type KindsProved } from './critical-point-kinds.js'
