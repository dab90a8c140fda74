export { type OverlapOptions } from './lags.js'
export { OverlapEvaluator } from './overlap-evaluator.js'
export { overlapBatch, overlapGradient, overlapLoss, overlapObjective } from './overlap-loss.js'
export { overlapHessian } from './overlap-hessian.js'
export { patchGradient, patchHessian, patchLoss, stridePatches } from './patch-loss.js'
export {
  hessianLipschitz,
  localEvidence,
  overlapSmoothness,
  pairLipschitz,
  type LocalEvidence,
  type OverlapShape,
} from './smoothness.js'
export {
  antiparallelRay,
  reflectedLoss,
  spuriousMinimum,
  telescopeIndex,
  quadrantWalls,
  type AntiparallelRay,
} from './reflected-teacher.js'
export { overlapCertifiable } from './overlap-certifiable.js'
export { overlapIntervals } from './overlap-intervals.js'
export { certifyMinimum, isSpurious, type CertifyMinimumOptions } from './certify-minimum.js'
export {
  overlapHypotheses,
  overlapEvidence,
  lagForm,
  reflected,
  overlapDescent,
  spuriousMinimumEmerges,
  staysInQuadrant,
  hessianLipschitzHolds,
  type DescentFound,
  type QuadrantFacts,
} from './claims.js'
export {
  isSpuriousRecord,
  tallyStuck,
  certifiedMinimum,
  provedMinimum,
  stuckCertified,
  type StuckPoint,
  type StuckTally,
} from './claims.js'
export { minimumAssertion, type CertifiedMinimumFacts } from './minimum-assertion.js'
export {
  provedPatches,
  provedPatchesOfThree,
  smoothnessAssertions,
  smoothnessProved,
  spuriousForEveryK,
  spuriousOfThree,
} from './proof-claims.js'
