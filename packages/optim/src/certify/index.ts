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
