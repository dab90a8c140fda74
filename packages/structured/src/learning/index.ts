// Learning the labels of sequences.
export { chainCrf, nodeClassifier } from './chain-crf.js'
export type { ChainCrf, ChainPredictor, FittedChain } from './chain-crf.js'
export type { FitOptions, LinearFit } from './fit.js'
export type { ChainSizes, IndicatorRows, LabeledSequence, SequenceFeatures } from './sequences.js'
export type { TrainingProgress } from './training.js'

// Learning the labels of the nodes of graphs.
export {
  graphCrf,
  graphProblem,
  type FittedGraphCrf,
  type GraphCrf,
  type GraphCrfOptions,
  type GraphPredictor,
} from './graph-crf.js'
export type { GraphSizes, LabeledGraph } from './graph-model.js'
export type { GraphInference } from './graph-objective.js'

// Structured problems with linear scores.
export { chainProblem, type Labeling, type StructuredProblem } from './problem.js'
export { m3n, type M3nCheck, type M3nOptions, type M3nResult } from './m3n.js'
export {
  attainedMistakes,
  perceptronPasses,
  structuredPerceptron,
  type MistakeBound,
  type PerceptronOptions,
  type StructuredPerceptron,
} from './structured-perceptron.js'

// Data with known answers.
export { parityBayes, parityChains, type ParityChains, type ParityOptions } from './parity-chain.js'
export { separableChains, type SeparableChains, type SeparableOptions } from './separable-chains.js'

// Claims about them.
export {
  crfCertificateAttained,
  farCertificate,
  m3nCertificateAttained,
  type AttainedCertificate,
} from './certificates-attained.js'
export {
  crfCertificateHolds,
  crfIsOptimal,
  m3nCertificateHolds,
  m3nGap,
  mistakesAttained,
  mistakesBounded,
  perceptronErrorBounded,
  type AttainedFacts,
  type BoundedError,
  type CertificateFacts,
  type GapFacts,
  type MistakesFacts,
  type OptimalFacts,
} from './claims.js'
export {
  contextBeatsLocal,
  contextFlipsPicture,
  contextIsWorth,
  crfBeatsLocal,
  crfBeatsNetworks,
  positionsWithinBayes,
  sceneContextOrder,
  sceneRulesWithinBayes,
  sequencesWithinBayes,
  type ContextFacts,
  type NetworkFacts,
  type OverBayesFacts,
  type PictureFacts,
} from './context-claims.js'
export type { OverBayes } from '../by-interval.js'
