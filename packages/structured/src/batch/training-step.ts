import type { BatchedLayer, BatchTruth } from './batched-layer.js'
import type { AdamOptions } from './parameters.js'
import type { GraphBatch } from './graph-batch.js'

/**
 * One step of training: forward pass, mean cross-entropy of nodes plus that of pairs, backward
 * pass, Adam.
 *
 * @param layer - its labels are scores of classes
 * @param truth - a class for each node of the batch, and for each pair if the layer labels pairs
 * @returns the loss before the step
 * @throws as BatchedLayer.load and crossEntropy
 *
 * Cost: two to three times that of the labels alone; no allocation after the largest batch.
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { batchedLayer, graphBatch, trainingStep } from '@nonconvex/structured/batch'
 * import { stream } from '@nonconvex/tensor'
 * const sizes = { nodeFeatures: 1, edgeFeatures: 0, hidden: 4, nodeOutputs: 2 }
 * const layer = batchedLayer(sizes, stream(1))
 * const batch = graphBatch([graphOf([[1], [2]])])
 * const first = trainingStep(layer, batch, { nodes: Int32Array.of(0, 1) })
 * console.log(trainingStep(layer, batch, { nodes: Int32Array.of(0, 1) }) < first) // → true
 */
export function trainingStep(
  layer: BatchedLayer,
  batch: GraphBatch,
  truth: BatchTruth,
  options: AdamOptions = {},
): number {
  layer.load(batch)
  layer.forward()
  const loss = layer.crossEntropy(truth)
  layer.backward()
  layer.step(options)
  return loss
}
