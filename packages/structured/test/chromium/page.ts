import { registerLayers } from '@nonconvex/structured/tfjs'
import { startEngine } from '@nonconvex/tensor/engine'

/** An array of numbers with its shape. */
export interface Numbers {
  readonly shape: readonly number[]
  readonly values: readonly number[]
}

export interface Answer {
  readonly backend: string
  readonly predictions: readonly number[]
  /** after saving the model to IndexedDB and loading it from there */
  readonly again: readonly number[]
  /** tensors more after 1,000 predictions than before */
  readonly leaked: number
  /** of each of ten further epochs of `model.fit` */
  readonly losses: readonly number[]
}

async function answer(
  backend: 'wasm' | 'cpu',
  saved: readonly number[],
  inputs: readonly Numbers[],
  truth: Numbers,
): Promise<Answer> {
  const engine = await startEngine({ backend, wasmPaths: '/wasm/' })
  const { tf } = engine
  registerLayers(engine)
  const model = await engine.loadModel(Uint8Array.from(saved))
  const tensor = ({ shape, values }: Numbers): ReturnType<typeof tf.tensor> =>
    tf.tensor([...values], [...shape])
  const x = inputs.map(tensor)
  const numbersOf = (one: typeof model): number[] =>
    tf.tidy(() => Array.from((one.predict(x) as ReturnType<typeof tensor>).dataSync()))
  const predictions = numbersOf(model)
  await model.save('indexeddb://model')
  const again = numbersOf(await tf.loadLayersModel('indexeddb://model'))
  const before = tf.memory().numTensors
  for (let t = 0; t < 1000; t++) tf.dispose(model.predict(x))
  const leaked = tf.memory().numTensors - before
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' })
  const { history } = await model.fit(x, tensor(truth), { epochs: 10, shuffle: false, verbose: 0 })
  const losses = history['loss'].map(Number)
  engine.dispose()
  return { backend: engine.backend, predictions, again, leaked, losses }
}

Object.assign(globalThis, { answer })
