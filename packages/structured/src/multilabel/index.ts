// Multilabel examples from files.
export {
  denseFeatures,
  labelsOf,
  MultilabelDataError,
  type MultilabelData,
  type MultilabelFault,
} from './data.js'
export { readArff, type ArffOptions } from './arff.js'
export { labelList } from './label-list.js'
export { readLabelColumns } from './csv.js'
export {
  readLabelSets,
  readPredictedColumns,
  type LabelSetsOptions,
  type PredictedLabels,
} from './predictions.js'
export { readSparseLines, type SparseLinesOptions } from './sparse-lines.js'

// A network and what chooses labels from its probabilities.
export {
  labelMarginals,
  labelOutputs,
  labelProbabilities,
  multilabelDefaults,
  multilabelNetwork,
  multilabelTraining,
  type LabelMarginals,
  type MultilabelNetwork,
  type MultilabelNetworkOptions,
  type MultilabelTraining,
  type MultilabelTrainingOptions,
  type MultilabelTrainingState,
} from './network.js'
export type { AdamState } from './adam.js'
export {
  decodeKnownCounts,
  decodeLabels,
  decodeRows,
  decoders,
  labelScores,
  predictedLabels,
  type Decoder,
  type LabelScores,
} from './decoders.js'
export {
  expectedF1AboveMode,
  expectedF1AboveUnrolled,
  modeAboveThreshold,
  type DecoderGainFacts,
} from './claims.js'
