import { readSafetensors, writeSafetensors } from '@nonconvex/tensor/safetensors'
import { models, type Settings, type Trained } from './messages.js'

/** Weights are stored as integers up to this, each tensor in units of its own. */
const MOST = 127

/** What the file says of the networks in it. */
export interface Stored {
  readonly settings: Settings
  readonly trained: Trained
}

/**
 * The networks as a safetensors file: each tensor in units of its largest weight ÷ 127. Its accuracies
 * are those of the weights that come out of it.
 */
export function packed({ settings, trained }: Stored): Uint8Array<ArrayBuffer> {
  const tensors = models.flatMap((model) =>
    Object.entries(trained.weights[model]).map(([name, { rows, cols, data }]) => {
      const unit = data.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / MOST || 1
      const numbers = Int8Array.from(data, (x) => Math.round(x / unit))
      const tensor = { dtype: 'I8', shape: [rows, cols], data: numbers } as const
      return { name: `${model}/${name}`, unit, tensor }
    }),
  )
  return writeSafetensors(Object.fromEntries(tensors.map(({ name, tensor }) => [name, tensor])), {
    settings: JSON.stringify(settings),
    right: JSON.stringify(trained.right),
    objects: String(trained.objects),
    units: JSON.stringify(Object.fromEntries(tensors.map(({ name, unit }) => [name, unit]))),
  })
}

/** The networks of such a file. It is ours: what is wrong with it ends in an error. */
export function unpacked(bytes: Uint8Array): Stored {
  const { tensors, metadata } = readSafetensors(bytes)
  const said = (name: string): unknown => JSON.parse(metadata[name] ?? 'null')
  const units = said('units') as { readonly [name: string]: number }
  const weightsOf = (model: string) =>
    Object.fromEntries(
      Object.entries(tensors).flatMap(([name, tensor]) => {
        if (!tensor || !name.startsWith(`${model}/`)) return []
        const [rows, cols] = tensor.shape
        const unit = units[name]
        const data = Float64Array.from(tensor.data as Int8Array, (x) => Math.fround(x * unit))
        return [[name.slice(model.length + 1), { rows, cols, data }]]
      }),
    )
  const weights = Object.fromEntries(models.map((model) => [model, weightsOf(model)]))
  return {
    settings: said('settings') as Settings,
    trained: {
      weights: weights as Trained['weights'],
      right: said('right') as Trained['right'],
      objects: said('objects') as number,
    },
  }
}
