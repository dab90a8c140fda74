// Instances on which the bounds on the number of updates are attained, and the claims about them
export {
  displacementFloor,
  tightUpdateData,
  type TightInstance,
  type TightOptions,
} from './tight-update-data.js'
export { worstCaseFactor, type WorstSlope } from './worst-case-factor.js'
export {
  displacementBoundAttained,
  displacementBoundHolds,
  displacementForms,
  initialTermAttained,
  publishedAttained,
  publishedLoose,
  publishedOrder,
  quadraticAttained,
  slopeBoundAttained,
  widthFreeAttained,
  type DisplacedRun,
  type InitialRow,
  type TightRun,
} from './claims.js'
export {
  orthonormalAttained,
  orthonormalRuns,
  twoExamplesGrow,
  twoExamplesRuns,
  type OrthonormalRun,
  type TwoExamplesRun,
} from './exact-updates.js'
export {
  potentialsAttained,
  potentialsReached,
  type PotentialReached,
  type PotentialsRun,
} from './potentials-attained.js'
