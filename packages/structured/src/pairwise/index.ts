// Pairwise models of labels: log potentials on nodes and edges.
export {
  pairwiseModel,
  score,
  type Incidence,
  type Marginals,
  type PairwiseModel,
  type PairwiseScores,
} from './model.js'
export { personOnBoard, type NamedScores } from './person-on-board.js'
export { pseudoLogLikelihood } from './pseudo-likelihood.js'

// Exact inference.
export {
  bruteForce,
  type BruteForce,
  type BruteForceOptions,
  type ScoredLabeling,
} from './brute-force.js'
export { isForest, treeInference, type TreeMap, type TreeMarginals } from './forest.js'
export {
  exactMap,
  exactMarginals,
  type ExactMarginals,
  type ExactOptions,
} from './exact-inference.js'

// Approximations, with their status.
export { beliefPropagation, type BeliefOptions, type Beliefs } from './belief-propagation.js'
export type { IterationStatus } from './iteration.js'
export { messageStrength, type MessageStrength } from './message-strength.js'
export {
  meanField,
  type MeanField,
  type MeanFieldOptions,
  type MeanFieldStart,
} from './mean-field.js'

// Bounds with proof.
export {
  dualDecomposition,
  treeBound,
  type DualDecomposition,
  type DualDecompositionOptions,
  type TreeBound,
  type TreeBoundOptions,
} from './tree-bound.js'

// Claims about them.
export {
  agreementProvesMap,
  bpConverges,
  bpOscillates,
  convergedIsNotCorrect,
  exactInferenceAgrees,
  logPartitionSandwich,
  partitionBoundsAttained,
  meanFieldAscends,
  type AgreementFacts,
  type AscentFacts,
  type CertifiedMapFacts,
  type FloodingFacts,
  type OscillationFacts,
  type PartitionBoundFacts,
  type SandwichFacts,
  type WrongBeliefs,
} from './claims.js'
