// Projections onto the capped simplex: labels that sum to a budget.
export { budgetGradient, type Budget, type BudgetGradient } from './budget.js'
export { projectBudget, type ProjectBudgetOptions } from './project-budget.js'
export {
  constraintsGradient,
  projectConstraints,
  type ConstrainedLabels,
  type ConstraintsGradient,
  type ConstraintsOptions,
  type InfeasibleConstraints,
  type LinearConstraint,
  type ProjectedLabels,
  type UnfinishedProjection,
} from './project-constraints.js'
export {
  marginalsGradient,
  projectMarginals,
  type CappedMarginals,
  type MarginalsGradient,
  type ProjectedMarginals,
  type UnfinishedMarginals,
} from './project-marginals.js'
export type { InfeasibleCaps } from './class-caps.js'
export { budgetBatch, type BatchOutcome, type BudgetBatch } from './budget-batch.js'
export { softBudget, type SoftBudgetOptions } from './soft-budget.js'
export { dykstra, type DykstraEnd, type DykstraOptions } from './dykstra.js'
export { publishedBudget, publishedBudgetGradient } from './published-budget.js'

// Cardinality potentials: the distribution of labels with a potential of their count.
export { poissonBinomial } from './poisson-binomial.js'
export {
  cardinalityLogZ,
  cardinalityMarginals,
  cardinalitySample,
  countPotential,
  type CardinalityMarginals,
} from './cardinality-distribution.js'

// Decoding.
export { cardinalityMap, decodeF1, decodeTopK, threshold, type ExpectedF1 } from './decode.js'
export { decodeCountF1 } from './decode-counted.js'
export { cappedClasses, type LabeledBoxes } from './capped-classes.js'
export { f1Example } from './f1-example.js'
export { makeMultilabel, type Multilabel, type MultilabelOptions } from './make-multilabel.js'

// Claims about them.
export {
  budgetIsKept,
  countIsWorth,
  f1DecodingIsBest,
  marginalsAreExact,
  publishedBudgetLeaks,
  type BudgetFacts,
  type CountWorthFacts,
  type EnumerationFacts,
} from './claims.js'

export {
  projectionGradients,
  projectionGradientsAtKinks,
  projectionsFeasible,
  projectionsNearest,
  type GradientFacts,
  type ProjectionFacts,
} from './projection-claims.js'

export {
  cappedLabelsAreBest,
  capsAreKept,
  transportProjectionsAgree,
  trueCapsHelp,
  type CapsFacts,
} from './caps-claims.js'

// In exact arithmetic.
export { decideF1, decideProjection, f1Proved, projectionProved } from './exact-proofs.js'
