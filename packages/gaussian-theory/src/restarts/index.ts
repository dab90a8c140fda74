export { restartsForTeachers, restartsNeeded } from './restarts-needed.js'
export {
  descendBatch,
  type BatchDescent,
  type DescendOptions,
  type EndKind,
  type EndPoint,
} from './descend-batch.js'
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
export * from './reference-shares.js'
export {
  compareShares,
  jointSquare,
  pooledDifference,
  sharesAgree,
  type JointSquare,
  type SharesCompared,
  type SharesFound,
} from './compare-shares.js'
export * from './share-claims.js'
export * from './claims.js'
