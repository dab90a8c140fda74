export { gordanResidual, separate, type GordanWitness, type Separation } from './separate.js'
export {
  halfSpaceSample,
  intersectionLabel,
  isSymmetric,
  type InputKind,
  type LabelledPoints,
} from './half-space-sample.js'
export {
  baum,
  baumSampleSizes,
  quadraticFeatures,
  type BaumResult,
  type BaumSampleSizes,
  type BaumStatus,
  type Membership,
} from './baum.js'
export * from './claims.js'
