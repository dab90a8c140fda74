// The integral behind everything.
export { sMinusTCos } from './integral/s-minus-t-cos.js'
export { reluPair, reluPairGradient, reluPairHessian } from './integral/relu-pair.js'
export { arcCosineKernel } from './integral/arc-cosine-kernel.js'

// The no-overlap loss.
export { coefficients, type Coefficients } from './no-overlap/coefficients.js'
export { noOverlapLoss, noOverlapGradient } from './no-overlap/loss.js'
export {
  noOverlapHessian,
  noOverlapEigenvalues,
  type NoOverlapEigenvalues,
} from './no-overlap/hessian.js'
export { noOverlapObjective } from './no-overlap/objective.js'
export { rayMinimizer, rayLoss, plRatio } from './no-overlap/ray.js'
export { oneSidedDerivative } from './no-overlap/ray.js'
export {
  lossClosedForm,
  gradientClosedForm,
  slideForm,
  hessianEigenvalues,
  topCurvature,
} from './no-overlap/claims.js'
export { sortedEigenvalues } from './no-overlap/hessian.js'
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
} from './no-overlap/critical-points.js'
export {
  maximumAtOrigin,
  minimumAtTeacher,
  saddleLooksFlat,
  thirdOrderDescent,
  discRadii,
  threeCriticalPoints,
  kindsProved,
  type GradientSearch,
} from './no-overlap/claims.js'
export { fitPowerLaw, type PowerLaw } from './power-law.js'
export { pointEvidence, type Landscape, type PointEvidence } from './no-overlap/point-evidence.js'
export {
  noOverlapIntervals,
  proveCriticalPoints,
  type CriticalPointProofs,
} from './no-overlap/critical-point-proofs.js'
export { proveNoOther, type NoOtherPoint } from './no-overlap/no-other-point.js'

export { certificateRecord, ends, type CertificateRecord, type Ends } from './certificate-record.js'
export { proveKinds, type KindsProved } from './no-overlap/critical-point-proofs.js'
