export { restartsForTeachers, restartsNeeded } from './restarts-needed.js'
export { descendBatch, type BatchDescent } from './descend-batch.js'
export type { DescendOptions, EndKind, EndPoint } from './descend-one.js'
export { GLOBAL_LOSS } from './descend-one.js'
export { clusterEnds, type Cluster } from './cluster-ends.js'
export {
  alternatingTeacher,
  overlapRestarts,
  summariseRestarts,
  teacherRestarts,
  type RestartOptions,
  type RestartReport,
  type TeacherOptions,
  type TeacherReport,
} from './overlap-restarts.js'
export {
  referenceOf,
  referenceTeachers,
  REFERENCE_TEACHERS,
  REFERENCE_STARTS,
  REFERENCE_ALTERNATING,
  REFERENCE_STEPS,
} from './reference-rates.js'
export {
  compareShares,
  jointSquare,
  pooledDifference,
  sharesAgree,
  type JointSquare,
  type SharesCompared,
  type SharesFound,
} from './compare-rates.js'
export { restartShares, type SharesSetting } from './claims.js'
export { fewRestarts, neverStuck, stuckAtMinima, type RestartFound } from './claims.js'
