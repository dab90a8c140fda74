import { argumentError } from '@nonconvex/tensor/check'
import type { Features } from '../data/sparse-rows.js'
import type { StoredTensor } from '@nonconvex/tensor/safetensors'
import { forward } from '../network/forward.js'
import { checkNet, type Net } from '../network/net.js'
import { prepare, type Preparation } from './preparation.js'

/** A model: a trained network with the preprocessing of its features. */
export interface SeparableModel {
  readonly net: Net
  readonly preparation: Preparation
}

/** The scalar settings of a model. */
export interface ModelSettings {
  readonly k: number
  readonly v: number
  readonly alpha: number
  readonly bias: number
  readonly scale: number
}

/**
 * The outputs N(x) of a model for features as in the file; the sign is the predicted label.
 *
 * @param x - n × d without the constant feature
 * @returns [n]
 * @throws ShapeError, RangeError if x lacks the model's features, or a number that is not finite
 *
 * @example
 * import { modelOutputs } from '@nonconvex/overparam/fit'
 * const net = { k: 1, d: 2, v: 1, alpha: 0.5, weights: Float64Array.of(1, 1, -1, -1) }
 * const model = { net, preparation: { bias: 2, scale: 0.5 } }
 * console.log(modelOutputs(model, { rows: 2, cols: 1, data: Float64Array.of(4, -4) })) // → Float64Array(2) [ 4.5, -1.5 ]
 */
export function modelOutputs({ net, preparation }: SeparableModel, x: Features): Float64Array {
  const d = net.d - (preparation.bias === 0 ? 0 : 1)
  if (x.cols !== d)
    throw argumentError('shape', 'modelOutputs', 'x', `to have d = ${d} columns`, x.cols)
  return forward(net, prepare(x, preparation))
}

/**
 * The arrays of a model by name: weights [2k, d], with mean and deviation [d] where the features
 * are standardised.
 *
 * @throws ShapeError, RangeError for a malformed network
 */
export function modelTensors({ net, preparation }: SeparableModel): {
  readonly [name: string]: StoredTensor
} {
  checkNet('modelTensors', net)
  const { mean, deviation } = preparation
  const vector = (data: Float64Array): StoredTensor => ({
    dtype: 'F64',
    shape: [data.length],
    data,
  })
  return {
    weights: { dtype: 'F64', shape: [2 * net.k, net.d], data: net.weights },
    ...(mean && deviation && { mean: vector(mean), deviation: vector(deviation) }),
  }
}

/**
 * Rebuilds the model from the arrays that `modelTensors` returned.
 *
 * @throws RangeError if an array is missing or of another kind or shape, or a number is outside its
 *   range
 */
export function modelFrom(
  settings: ModelSettings,
  tensors: { readonly [name: string]: StoredTensor | undefined },
): SeparableModel {
  const { k, v, alpha, bias, scale } = settings
  const { weights, mean, deviation } = tensors
  if (!(weights?.dtype === 'F64' && weights.shape.length === 2 && weights.shape[0] === 2 * k))
    throw argumentError(
      'out-of-range',
      'modelFrom',
      'weights',
      `to be F64 with 2k = ${2 * k} rows`,
      `${weights ? `${weights.dtype} [${weights.shape.join(', ')}]` : 'none'}`,
    )
  const d = weights.shape[1]
  const net = { k, d, v, alpha, weights: weights.data }
  checkNet('modelFrom', net)
  const features = d - (bias === 0 ? 0 : 1)
  const read = (name: string, tensor: StoredTensor | undefined): Float64Array => {
    if (!(tensor?.dtype === 'F64' && tensor.data.length === features))
      throw argumentError(
        'out-of-range',
        'modelFrom',
        name,
        `to be F64 [${features}]`,
        'another array',
      )
    return tensor.data
  }
  if (!mean && !deviation) return { net, preparation: { bias, scale } }
  return {
    net,
    preparation: {
      mean: read('mean', mean),
      deviation: read('deviation', deviation),
      bias,
      scale,
    },
  }
}
