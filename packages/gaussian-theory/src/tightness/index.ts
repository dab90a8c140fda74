// How tight the bounds of gradient descent are: worst initializations and constants, and the claims
export { slowInitialization, stepsToStationary } from './slow-initialization.js'
export {
  curvatureFraction,
  lipschitzFraction,
  pairLipschitzFraction,
  type HessianForm,
  type NeighboringPoints,
} from './curvature.js'
export {
  curvatureFound,
  escapeAttained,
  escapeClosedForm,
  lipschitzFound,
  pairLipschitzFound,
  stationarityOrder,
  type EscapeRun,
  type FoundOnNetwork,
  type StationaryRun,
} from './claims.js'
export { stepsAttained, stepsReached, type StepReached } from './steps-attained.js'
