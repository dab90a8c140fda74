import { ShapeError } from '@nonconvex/tensor'
import type { Examples } from '../data/dataset.js'
import { byFeature, byUnit } from '../network/net.js'
import { sparseLayer } from '../network/first-layer.js'
import { settle, type SgdOptions } from './options.js'
import { slopeBytes, wasActive } from './slope-bits.js'

/**
 * Recomputes the weights after a list of updates from their examples and activation patterns, which
 * are 2k bits per update:
 *
 *     W = W_0 + Σ_u η y_u v_j s_uj x_u,   s_uj = 1 if bit j of update u is set, else α
 *
 * @param data - the training data
 * @param options - those of the run
 * @param updates - its updates, as an outcome with option `slopes` has them: [U], and U times
 *   ⌈2k/8⌉ bytes
 * @returns 2k × d, row-major; the same bits as the run had then
 * @throws ShapeError, RangeError for a malformed data set or option; ShapeError if the slopes are
 *   of other updates or units; RangeError if an example is out of range
 *
 * Cost: 2k multiply–adds per update and feature that is not zero.
 *
 * @example
 * import { rebuildWeights, trainSgd } from '@nonconvex/overparam'
 * const data = { x: { rows: 1, cols: 1, data: Float64Array.of(2) }, y: Float64Array.of(1) }
 * const options = { k: 1, start: new Float64Array(2), order: { kind: 'cyclic' }, slopes: true } as const
 * const { sequence, slopes, net } = trainSgd(data, options)
 * if (slopes) console.log(rebuildWeights(data, options, { sequence, slopes })[0] === net.weights[0]) // → true
 */
export function rebuildWeights(
  data: Examples,
  options: SgdOptions,
  updates: { readonly sequence: Int32Array; readonly slopes: Uint8Array },
): Float64Array {
  const { net, eta } = settle('rebuildWeights', data, options)
  const { sequence, slopes } = updates
  const { k, d, v, alpha } = net
  const bytes = slopeBytes(k)
  if (slopes.length !== bytes * sequence.length)
    throw new ShapeError(
      `rebuildWeights: expected ${bytes} bytes for each of ${sequence.length} updates, got ${slopes.length}`,
    )
  const wrong = sequence.find((i) => i < 0 || i >= data.x.rows)
  if (wrong !== undefined)
    throw new RangeError(
      `rebuildWeights: expected updates of examples 0 to ${data.x.rows - 1}, got ${wrong}`,
    )
  const weights = byFeature(net.weights, 2 * k, d)
  const layer = sparseLayer(data.x, weights, 2 * k)
  for (const [u, i] of sequence.entries()) {
    const plus = eta * data.y[i] * v
    for (let j = 0; j < 2 * k; j++)
      layer.push[j] = (j < k ? plus : -plus) * (wasActive(slopes, u * bytes, j) ? 1 : alpha)
    layer.add(i)
  }
  return byUnit(layer.weights, 2 * k, d)
}
