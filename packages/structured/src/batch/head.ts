import type { Block } from '../kernel/ops.js'
import type { Head } from './layout.js'
import { matrixAt, type Pass } from './pass.js'

/**
 * Computes the labels y of a readout from its first hidden layer, `layers[0]`; fills the other
 * layers.
 */
export function headForward(
  { ops, layout, buffers, weights }: Pass,
  { hidden, out, outBias, outputs }: Head,
  layers: readonly Block[],
  y: Block,
  rows: number,
): void {
  const { units } = layout
  const { panels } = buffers
  hidden.forEach((layer, l) => {
    const next = layers[l + 1]
    ops.gemm(next, layers[l], matrixAt(weights, layer.weights), rows, units, units, { panels })
    ops.addRow(next, weights + layer.bias.at, rows, units)
    ops.relu(next, rows, units)
  })
  const last = layers[layers.length - 1]
  ops.gemm(y, last, matrixAt(weights, out), rows, units, outputs, { panels })
  ops.addRow(y, weights + outBias.at, rows, outBias.cols)
}

/**
 * Backpropagates the gradients of the labels, in y, to the layers; the caller applies the ReLU of
 * the first one.
 */
export function headBack(
  { ops, layout, buffers, weights, gradients }: Pass,
  { hidden, out, outBias }: Head,
  layers: readonly Block[],
  d: readonly Block[],
  y: Block,
  rows: number,
): void {
  const { units } = layout
  const back = { panels: buffers.panels, transposed: true }
  const top = hidden.length
  const { cols } = out
  ops.gemmT(matrixAt(gradients, out), layers[top], y, rows, units, cols)
  ops.sumRows(gradients + outBias.at, y, rows, cols)
  ops.gemm(d[top], y, matrixAt(weights, out), rows, cols, units, back)
  for (let l = top; l > 0; l--) {
    const layer = hidden[l - 1]
    ops.mask(d[l], layers[l], rows, units)
    ops.gemmT(matrixAt(gradients, layer.weights), layers[l - 1], d[l], rows, units, units)
    ops.sumRows(gradients + layer.bias.at, d[l], rows, units)
    ops.gemm(d[l - 1], d[l], matrixAt(weights, layer.weights), rows, units, units, back)
  }
}
