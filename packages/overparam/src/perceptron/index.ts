// The linear rules, and the claims about them
export {
  averagedPerceptron,
  batchPerceptron,
  marginPerceptron,
  perceptron,
  type BatchPerceptronOutcome,
  type PerceptronOutcome,
} from './perceptron.js'
export {
  batchPerceptronBounded,
  linearLimit,
  marginPerceptronBounded,
  perceptronBounded,
  perceptronBoundsAttained,
  perceptronLimit,
  type LimitFacts,
  type RuleRun,
  type TightRuleRun,
  type UpdateTrace,
} from './claims.js'
export { batchWorstCase, orthonormalExamples } from './tight-data.js'
