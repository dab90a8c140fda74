export { bruteForceSplit, splits, unsplit, type Partition } from './set-splitting.js'
export {
  partitionToWeights,
  setSplittingData,
  splittingGap,
  weightsToPartition,
  type SetSplittingData,
} from './reduction.js'
export { fanoPlane, plantedInstance, randomInstance } from './instances.js'
export {
  splittingDescent,
  SplittingProblem,
  type SplittingDescentOptions,
  type SplittingEnd,
  type SplittingReport,
} from './splitting-descent.js'
export {
  gaussianIsEasy,
  setSplitting,
  splittingGapHolds,
  splittingRounding,
  type GapFacts,
  type ReductionFacts,
  type RoundingFacts,
  type TractabilityFacts,
} from './claims.js'
export {
  gapAssertions,
  gapAttained,
  zeroLoss,
  zeroLossAssertions,
  type SplittingProof,
} from './splitting-proof.js'
