export { gordanResidual, separate, type GordanWitness, type Separation } from './separate.js'
export {
  halfSpaceSample,
  intersectionLabel,
  isSymmetric,
  type InputKind,
  type LabeledPoints,
} from './half-space-sample.js'
export {
  baum,
  quadraticFeatures,
  type BaumResult,
  type BaumStatus,
  type Membership,
} from './baum.js'
export { baumSampleSizes, guaranteedError, type BaumSampleSizes } from './sample-sizes.js'
export { baumSizes, baumSizeSides, type SizeSides } from './sizes-claim.js'
export { baumLearns, baumFails, type BaumDraws, type BaumFound } from './claims.js'
export { testBaum, type BaumTest } from './baum.js'
export { baumRate, EXAMPLES_EACH, type BaumCurve } from './claims.js'
