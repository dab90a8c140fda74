// Graphs to be labeled, and the order of their nodes.
export {
  checkGraph,
  graphOf,
  pairExists,
  type Graph,
  type GraphLabeling,
  type GraphLabels,
  type Label,
  type Labels,
} from './graph/graph.js'
export { checkPermutation, permuteGraph, permuteLabels, type Permutation } from './graph/permute.js'

// Graph-permutation-invariant layers.
export {
  gpiLayer,
  type EdgeArguments,
  type GPILayer,
  type GPILayerOptions,
  type LayerLabels,
  type LiteralArguments,
  type LocalArguments,
  type NodeArguments,
  type PairArguments,
  type VectorMap,
} from './layer/gpi-layer.js'
export type { Pool } from './layer/pool.js'
export { repeatGPI, type RepeatOptions } from './layer/repeat-gpi.js'

// Known algorithms as such layers.
export { deepSets, type DeepSetsOptions } from './layer/deep-sets.js'
export { messagePassing, type MessagePassingOptions } from './layer/message-passing.js'
export { parallelMeanField } from './layer/parallel-mean-field.js'
export {
  parallelBeliefPropagation,
  type BeliefPropagationOptions,
} from './layer/parallel-belief-propagation.js'
export type { PairwiseOptions } from './layer/pairwise-steps.js'
export { structure2vec, type Structure2vecOptions } from './layer/structure2vec.js'

// Claims about attention as such a layer.
export { attentionForgetsCounts, attentionHasForm, type StarFacts } from './layer/claims.js'
