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
  perceptronLimit,
  type LimitFacts,
  type RuleRun,
  type UpdateTrace,
} from './claims.js'
