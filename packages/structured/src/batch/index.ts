export { BatchedLayer, type Arithmetic, type BatchTruth } from './batched-layer.js'
export type { BatchLabels } from './label-copies.js'
export { batchStructure, graphBatch, type BatchStructure, type GraphBatch } from './graph-batch.js'
export { batchedLayer, labelingOf } from './make-layer.js'
export { trainingStep } from './training-step.js'
export type { BatchedLayerOptions, LayerSizes, PoolKind } from './options.js'
export type { AdamOptions, NamedParameters, OptimizerState } from './parameters.js'
export { DenseNet, denseNet, type DenseNetOptions } from './dense-net.js'

// Claims about networks that learn to count.
export {
  countingCeiling,
  countingCeilingAttained,
  countingExact,
  countingInvariant,
  denseGuesses,
  fewerGraphs,
  lstmReadsOrder,
  type AccuracyFacts,
  type OrderFacts,
} from './claims.js'
