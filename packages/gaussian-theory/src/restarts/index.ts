export { restartsForTeachers, restartsNeeded } from './restarts-needed.js'
export { descendBatch, type BatchDescent } from './descend-batch.js'
export type { DescendOptions, EndKind, EndPoint } from './descend-one.js'
export { GLOBAL_LOSS } from './descend-one.js'
export { clusterEnds, type Cluster } from './cluster-ends.js'
export {
  alternatingTeacher,
  overlapRestarts,
  summarizeRestarts,
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
  REFERENCE_RESTARTS,
  REFERENCE_ALTERNATING,
  REFERENCE_STEPS,
} from './reference-rates.js'
export {
  compareRates,
  jointSquare,
  pooledDifference,
  ratesAgree,
  type JointSquare,
  type RatesCompared,
  type RatesFound,
} from './compare-rates.js'
export { restartRates, type RatesSetting } from './claims.js'
export {
  fewRestarts,
  leastSuccessRate,
  RESTART_STAGES,
  restartsSuffice,
  type NamedTeacher,
  type TeacherRuns,
} from './few-restarts.js'
export { neverStuck, stuckAtMinima, type RestartFound } from './claims.js'
