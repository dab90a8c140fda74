export type { CertifiableObjective, ErrorBudget, IntervalObjective } from './objective.js'
export type {
  Certificate,
  CertificateStatus,
  Certified,
  GradientTooLarge,
  HessianNotDefinite,
  Inconclusive,
  MayCrossKink,
  Polished,
  RadiusOutsideBound,
} from './outcome.js'
export { certify, type CertifyOptions } from './certify.js'
export { certifyByIntervals, type CertifyByIntervalsOptions } from './certify-by-intervals.js'
export { decideInequality, type Inequality, type Term } from './inequality.js'
export { polish, type Derivatives } from './polish.js'
