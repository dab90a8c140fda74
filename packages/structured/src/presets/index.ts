export { deepSets, type DeepSetsOptions } from './deep-sets.js'
export { messagePassing, type MessagePassingOptions } from './message-passing.js'
export { parallelMeanField } from './parallel-mean-field.js'
export {
  parallelBeliefPropagation,
  type BeliefPropagationOptions,
} from './parallel-belief-propagation.js'
export type { PairwiseOptions } from './pairwise-steps.js'
export { structure2vec, type Structure2vecOptions } from './structure2vec.js'
