export {
  linear,
  relu,
  leaky,
  abs,
  square,
  relu2,
  erf,
  hermite,
  combine,
  kernelNamed,
  type Kernel,
} from './kernels.js'
export { orthonormalTeacher, type TeacherStudent } from './network.js'
export { loss, grad, oneSidedSlope, type GradientReport } from './loss.js'
export {
  descendToCritical,
  orthonormalInitialization,
  type DescentEnd,
  type OrthonormalShape,
} from './orthonormal-descent.js'
export { hessian } from './hessian.js'
export { mergeByPermutation, type FoundPoint } from './permutation-families.js'
export { perpendicularBlock, splitBlocks } from './wider-networks.js'
export { teacherSpectrum } from './teacher-spectrum.js'
export { skewEigenvalue, type FamilyEntries } from './skew-eigenvalue.js'
export { solveFamily, type FamilyKind, type FamilyPoint } from './symmetric-family.js'
export { reluIntervals } from './relu-intervals.js'
export { duLoss, duGrad, duBestA, duCritical, type DuCritical } from './du.js'
export { duTeacher, duRun, type DuRun, type DuSetting } from './du-descent.js'
export {
  duThreshold,
  duAboveThreshold,
  duGuarantee,
  type DuRunsFacts,
  type DuThresholdFacts,
} from './claims.js'
export { PUBLISHED_RUNS, publishedSearch, type PublishedSearch } from './published-search.js'
export {
  extraDimensionKeeps,
  extraNeuronMinimumProved,
  orthonormalEndsProved,
  orthonormalEndsSymmetric,
  orthonormalMinimumProved,
  orthonormalMissedFraction,
  orthonormalPublishedLoss,
  splitEscapes,
  teacherSpectrumAgrees,
  type ExtraDimensionFacts,
  type OrthonormalCertificate,
  type OrthonormalEnds,
  type OrthonormalRuns,
  type SplitFacts,
} from './spurious-claims.js'
