// Data: examples with labels ±1
export {
  checkDataset,
  minMargin,
  radius,
  rowNorms2,
  signedMargins,
  withConstant,
  type Dataset,
  type Examples,
} from './data/dataset.js'
export { sparseRows, type Features, type SparseRows } from './data/sparse-rows.js'
export { findContradiction, type Contradiction } from './data/contradiction.js'

// The network
export type { Net } from './network/net.js'
export { activations, forward } from './network/forward.js'
export { memorize } from './network/memorize.js'
export { errorRate, hingeLoss, hingeRate } from './network/loss.js'

// SGD
export { trainSgd, trainSgdAsync } from './sgd/train-sgd.js'
export { SgdRun } from './sgd/sgd-run.js'
export { rebuildWeights } from './sgd/rebuild-weights.js'
export type { SgdOptions, SgdProgress } from './sgd/options.js'
export type { SgdOutcome, SgdStatus, SgdTrace, SmallestRoom } from './sgd/outcome.js'
export type { SgdState } from './sgd/state.js'
export type { EngineKind, EngineName } from './sgd/engine-kind.js'
export { epochOf, visitor, type Order } from './sgd/order.js'
export { initialWeights, type Initialization } from './sgd/initial-weights.js'
export type { UpdateState } from './sgd/update-state.js'
export { replay, type UpdateList } from './sgd/replay.js'

// Bounds on the number of updates
export { updateBounds, type BoundName, type UpdateBounds } from './bounds/update-bounds.js'
export {
  alignment,
  boundSetting,
  initialExcess,
  initialPush,
  type InitialPush,
} from './bounds/start.js'
export type { BoundSetting } from './bounds/setting.js'
export { paperBound } from './bounds/paper-bound.js'
export { quadraticBound } from './bounds/quadratic-bound.js'
export { slopeBound } from './bounds/slope-bound.js'
export { displacementBound } from './bounds/displacement-bound.js'
export { ledger, type Ledger } from './bounds/ledger.js'

// The margin
export {
  certifyMargin,
  separability,
  type Separability,
  type SeparabilityOptions,
} from './margin/separability.js'
export { margin, minNormPoint, type Margin, type MinNormPoint } from './margin/margin.js'

// The theorem: its claims, their hypotheses, and the proof watched update by update
export {
  boundIndependentOfWidth,
  cauchySchwarz,
  globalMinimum,
  lowerLine,
  normEnvelope,
  updateIdentities,
  publishedBounded,
  updatesBounded,
} from './claims/claims.js'
export { potentialMonitors } from './claims/potential-monitors.js'
export {
  theoremHypotheses,
  type RunFacts,
  type Separable,
  type TheoremFacts,
} from './claims/facts.js'
