// Data: examples with labels ±1
export {
  checkDataset,
  minMargin,
  radius,
  rowNorms2,
  signedMargins,
  withConstant,
} from './data/dataset.js'
export type { Dataset } from './data/dataset.js'
export { findContradiction } from './data/contradiction.js'
export type { Contradiction } from './data/contradiction.js'

// The network
export type { Net } from './network/net.js'
export { activations, forward } from './network/forward.js'
export { errorRate, hingeLoss, hingeRate } from './network/loss.js'

// SGD
export { trainSgd, trainSgdAsync } from './sgd/train-sgd.js'
export { SgdRun } from './sgd/sgd-run.js'
export { rebuildWeights } from './sgd/rebuild-weights.js'
export type { SgdOptions, SgdProgress } from './sgd/options.js'
export type { SgdOutcome, SgdStatus, SgdTrace, SmallestRoom } from './sgd/outcome.js'
export type { SgdState } from './sgd/state.js'
export type { EngineKind, EngineName } from './sgd/engine.js'
export { epochOf, visitor } from './sgd/order.js'
export type { Order } from './sgd/order.js'
export { startWeights } from './sgd/start-weights.js'
export type { Start } from './sgd/start-weights.js'
export type { UpdateState } from './sgd/update-state.js'
export { replay } from './sgd/replay.js'
export type { UpdateList } from './sgd/replay.js'

// Bounds on the number of updates
export { updateBounds } from './bounds/update-bounds.js'
export type { BoundName, UpdateBounds } from './bounds/update-bounds.js'
export { alignment, boundSetting, initialExcess } from './bounds/start.js'
export type { BoundSetting } from './bounds/setting.js'
export { paperBound } from './bounds/paper-bound.js'
export { quadraticBound } from './bounds/quadratic-bound.js'
export { slopeBound } from './bounds/slope-bound.js'
export { displacementBound } from './bounds/displacement-bound.js'
export { ledger } from './bounds/ledger.js'
export type { Ledger } from './bounds/ledger.js'

// The margin
export { certifyMargin, separability } from './margin/separability.js'
export type { Separability, SeparabilityOptions } from './margin/separability.js'
export { margin, minNormPoint } from './margin/margin.js'
export type { Margin, MinNormPoint } from './margin/margin.js'
export {
  averagedPerceptron,
  batchPerceptron,
  marginPerceptron,
  perceptron,
} from './margin/perceptron.js'
export type { BatchPerceptronOutcome, PerceptronOutcome } from './margin/perceptron.js'

// Certain beyond rounding
export { exactWitness } from './certify/exact-witness.js'
export type { ExactWitness } from './certify/exact-witness.js'
export { separatorProof } from './certify/separator-proof.js'
export type { SeparatorProof } from './certify/separator-proof.js'
export { marginCertified, noSeparator } from './certify/claims.js'
export { decideMargin, decideNoSeparator } from './certify/decisions.js'
export type { MarginFacts, WitnessFacts } from './certify/decisions.js'

// Claims
export {
  boundIndependentOfWidth,
  cauchySchwarz,
  globalMinimum,
  lowerLine,
  normEnvelope,
  updateIdentities,
  updatesBounded,
} from './claims/claims.js'
export { potentialMonitors } from './claims/potential-monitors.js'
export { decideGlobalMinimum, decidePotential, decideUpdates } from './claims/decisions.js'
export { decideIndependence } from './claims/decide-independence.js'
export { theoremHypotheses } from './claims/evidence.js'
export type { Evidence, RunFacts, Separable } from './claims/evidence.js'

// Generalisation: guarantees from the counts of a run
export { certificates } from './generalisation/certificates.js'
export type { CertificateCounts, Certificates } from './generalisation/certificates.js'
export { compareGuarantees } from './generalisation/compare-guarantees.js'
export type { Guarantee, GuaranteeTable } from './generalisation/compare-guarantees.js'
export type { GuaranteeId, Promised } from './generalisation/guarantee-rows.js'
export type { GuaranteeRun } from './generalisation/guarantee-run.js'
export type { SubsetCounts, UpdateCounts } from './generalisation/counts.js'
export {
  agnosticBound,
  multisetBound,
  sequenceBound,
  subsetBound,
} from './generalisation/compression.js'
export { blocksBound, stableClosedForm } from './generalisation/stable-compression.js'
export type { BlocksBound } from './generalisation/stable-compression.js'
export {
  growthBound,
  leaveOneOutBound,
  logGrowth,
  marginBound,
  publishedBound,
} from './generalisation/comparisons.js'
export { retrain } from './generalisation/retrain.js'
export type { Retrained } from './generalisation/retrain.js'
export {
  boundCovers,
  certificateConfirmed,
  heldOutCovers,
  leaveOneOut,
  subsetRebuilds,
} from './generalisation/claims.js'
export {
  decideCoverage,
  decideLeaveOneOut,
  decideRebuilt,
  differingWeights,
  sampleHypotheses,
} from './generalisation/decisions.js'
export { decideConfirmed } from './generalisation/decide-confirmed.js'
export type { Tested } from './generalisation/decide-confirmed.js'
export type { LeaveOneOutDraw, Rebuilt, SampleFacts } from './generalisation/decisions.js'

// ReLU, the limit without a leak
export { flatRadius, reluBadMinimum } from './relu/bad-minimum.js'
export type { BadMinimumOptions } from './relu/bad-minimum.js'
export { deadUnits } from './relu/dead-units.js'
export type { DeadUnits } from './relu/dead-units.js'
export { trainRelu } from './relu/train-relu.js'
export type { ReluOutcome } from './relu/train-relu.js'
export {
  coordinateData,
  coordinateFate,
  reluFailureProbability,
  reluWidths,
} from './relu/coordinates.js'
export type { CoordinateFate, CoordinateStart } from './relu/coordinates.js'
export {
  leakSucceeds,
  reluBadMinima,
  reluFails,
  reluSucceeds,
  reluTransition,
} from './relu/claims.js'
export { decideLeakSucceeds, decideTransition, transitionLimit } from './relu/decide-transition.js'
export type { TransitionPoint } from './relu/decide-transition.js'
export { decideBadMinimum } from './relu/decide-bad-minimum.js'
export type { BadMinimumFacts } from './relu/decide-bad-minimum.js'
export { tallyCoordinates } from './relu/coordinate-tally.js'
export type { CoordinateRun, CoordinateTally } from './relu/coordinate-tally.js'
export { decideReluFailure, decideReluSuccess } from './relu/decide-coordinates.js'
export type { CoordinateWidth } from './relu/decide-coordinates.js'

// Inductive bias: how linear the network is, and what it learnt
export { linearity } from './inductive-bias/linearity.js'
export type { Linearity, LinearityOptions, PointLinearity } from './inductive-bias/linearity.js'
export type { Spectrum } from './inductive-bias/spectrum.js'
