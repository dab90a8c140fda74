// Guarantees from the counts of a run
export { certificates, type CertificateCounts, type Certificates } from './certificates.js'
export {
  boundStatus,
  compareGuarantees,
  type Guarantee,
  type GuaranteeTable,
} from './compare-guarantees.js'
export type { GuaranteeId, Promised } from './guarantee-rows.js'
export type { GuaranteeRun } from './guarantee-run.js'
export type { SubsetCounts, UpdateCounts } from '@nonconvex/optim/statistics'
export {
  agnosticBound,
  multisetBound,
  sequenceBound,
  subsetBound,
} from '@nonconvex/optim/statistics'
export { blocksBound, stableClosedForm, type BlocksBound } from './stable-compression.js'
export {
  growthBound,
  leaveOneOutBound,
  logGrowth,
  marginBound,
  publishedBound,
} from './comparisons.js'

// The least that a bound can be
export {
  blocksNearFloor,
  boundsAboveFloor,
  clopperPearsonExact,
  compressionFloor,
  type FloorCase,
  type LimitCase,
} from './compression-floor.js'

export { codeCases, codesAttained, type CodeCase } from './code-bounds.js'
export { closedForms, closedFormsRelax, type ClosedForm } from './closed-forms.js'

export {
  leaveOneOutAttained,
  leaveOneOutSides,
  type LeaveOneOutSides,
} from './leave-one-out-attained.js'

// Limits of compression, in exact arithmetic
export {
  aboveFloorProved,
  clopperPearsonAssertions,
  clopperPearsonProved,
  floorAssertions,
  partAssertions,
  partFails,
  type FloorFound,
} from './tail-proof.js'

// Training again on a subset
export { differingWeights, retrain, type Retrained } from './retrain.js'

// Claims
export {
  boundCovers,
  certificateConfirmed,
  heldOutCovers,
  leaveOneOut,
  noOverfitting,
  sampleHypotheses,
  subsetRebuilds,
  type CoverageFacts,
  type LeaveOneOutDraw,
  type Rebuilt,
  type SampleFacts,
  type Tested,
  type WidthErrors,
} from './claims.js'

// Width and random labels
export {
  diversityHurtsLinear,
  errorGrowth,
  fitsRandomLabels,
  fittedByConstruction,
  randomLabelsHalf,
  randomLabelsVacuous,
  widthHarmlessOnDigits,
  widthHurtsLinear,
  type Constructed,
  type ErrorPair,
  type ErrorPairs,
  type LabelRun,
  type RandomLabels,
} from './width-claims.js'
