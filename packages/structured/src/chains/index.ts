// Chains of labels: exact inference in time linear in the length.
export {
  chain,
  chainKl,
  chainMaxMarginals,
  chainSample,
  posteriorLabels,
  viterbi,
  type ChainLabeling,
  type ChainMarginals,
  type ChainScores,
  type ViterbiResult,
} from './chain.js'
