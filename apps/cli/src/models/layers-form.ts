import type { MultilabelNetwork } from '@nonconvex/structured/multilabel'

/** The files that `tf.loadLayersModel` reads: the layers, and their weights. */
export const layersNames: readonly string[] = ['layers.json', 'layers.bin']

/**
 * A multilabel network as `tf.loadLayersModel` reads it: features as they are in the data to the
 * probabilities of the labels, or to θ and f if the network has a potential of the count. What is
 * subtracted from features and divides them is part of the first layer.
 */
export function layersForm(network: MultilabelNetwork): ReadonlyMap<string, string | Uint8Array> {
  const { features: d, hidden, counts, labels, mean, scale } = network
  const outs = labels + counts
  const first = hidden === 0 ? outs : hidden
  const [w, b] = hidden === 0 ? [network.w2, network.b2] : [network.w1, network.b1]
  const kernel = w.map((x, at) => x / scale[Math.floor(at / first)])
  const bias = b.map((x, h) => {
    let shifted = x
    for (let j = 0; j < d; j++) shifted -= mean[j] * kernel[j * first + h]
    return shifted
  })
  const last = counts === 0 ? 'sigmoid' : 'linear'
  const layers = [
    { name: 'first', units: first, activation: hidden === 0 ? last : 'relu', kernel, bias },
    ...(hidden === 0
      ? []
      : [{ name: 'last', units: outs, activation: last, kernel: network.w2, bias: network.b2 }]),
  ]
  const sizes = [d, ...layers.map(({ units }) => units)]
  const topology = {
    class_name: 'Sequential',
    config: {
      name: 'multilabel',
      layers: layers.map(({ name, units, activation }, i) => ({
        class_name: 'Dense',
        config: {
          name,
          units,
          activation,
          use_bias: true,
          trainable: true,
          dtype: 'float32',
          ...(i === 0 && { batch_input_shape: [null, d] }),
        },
      })),
    },
    keras_version: 'tfjs-layers 4.22.0',
    backend: 'tensor_flow.js',
  }
  const weights = layers.flatMap(({ name, units }, i) => [
    { name: `${name}/kernel`, shape: [sizes[i], units], dtype: 'float32' },
    { name: `${name}/bias`, shape: [units], dtype: 'float32' },
  ])
  const document = {
    format: 'layers-model',
    generatedBy: 'nonconvex',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths: [layersNames[1]], weights }],
  }
  const arrays = layers.flatMap((layer) => [layer.kernel, layer.bias])
  const bytes = Buffer.concat(arrays.map(bytesOf))
  return new Map<string, string | Uint8Array>([
    [layersNames[0], `${JSON.stringify(document)}\n`],
    [layersNames[1], bytes],
  ])
}

/** Little-endian, as the format has it. */
function bytesOf(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * values.length)
  const view = new DataView(bytes.buffer)
  values.forEach((x, i) => {
    view.setFloat32(4 * i, x, true)
  })
  return bytes
}
