// ReLU, the limit without a leak: bad minima, dead units, training that may get stuck
export { flatRadius, reluBadMinimum, type BadMinimumOptions } from './bad-minimum.js'
export { deadUnits, type DeadUnits } from './dead-units.js'
export { trainRelu, type ReluOutcome } from './train-relu.js'

// Unit vectors as examples, where the probability of failure is exact
export {
  coordinateData,
  coordinateFate,
  deadProbability,
  reluFailureProbability,
  reluWidths,
  transitionLimit,
  type CoordinateFate,
  type CoordinateStart,
} from './coordinates.js'
export { tallyCoordinates, type CoordinateRun, type CoordinateTally } from './coordinate-tally.js'

// Claims
export {
  leakSucceeds,
  reluBadMinima,
  reluFails,
  reluSucceeds,
  reluTransition,
  type BadMinimumFacts,
  type CoordinateWidth,
  type TransitionPoint,
} from './claims.js'
export { deadCoordinates, type WidthErrors } from './dead-coordinates.js'
export { flatAssertions, reluFlatProved } from './flat-proof.js'

// Formulas on the width, on both sides
export {
  attainedUpdates,
  reluUpdatesAttained,
  reluWidthsAttained,
  transitionAttained,
  transitionSides,
  widthSides,
  type AttainedUpdates,
  type TransitionSides,
  type WidthSides,
} from './formula-claims.js'
