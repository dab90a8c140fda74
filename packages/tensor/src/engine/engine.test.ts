import { afterEach, expect, it, vi } from 'vitest'
import { stream } from '../index.js'
import { EngineError, startEngine, type Engine } from './index.js'
import { weights } from './initializer.js'
import { loadTfjs } from './load.js'

let engine: Engine | undefined
afterEach(() => {
  engine?.dispose()
  engine = undefined
  vi.restoreAllMocks()
})

const events = ['uncaughtException', 'unhandledRejection']

it('starts wasm in Node, silently, and leaves no process listeners', async () => {
  const before = events.map((event) => process.listenerCount(event))
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const warned = vi.spyOn(console, 'warn').mockReturnValue()
  engine = await startEngine()
  expect(engine.backend).toBe('wasm')
  expect(engine.skipped).toEqual([])
  expect(engine.tf.getBackend()).toBe('wasm')
  expect([...engine.tf.scalar(2).mul(3).dataSync()]).toEqual([6])
  expect(events.map((event) => process.listenerCount(event))).toEqual(before)
  expect(said).not.toHaveBeenCalled()
  expect(warned).not.toHaveBeenCalled()
})

it('starts the plain backend without its greeting', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue()
  engine = await startEngine({ backend: 'cpu' })
  expect([...engine.tf.tensor1d([1, 2]).square().dataSync()]).toEqual([1, 4])
  expect(warned).not.toHaveBeenCalled()
})

it('starts again after it was disposed', async () => {
  for (const backend of ['wasm', 'cpu', 'wasm', 'wasm'] as const) {
    const { tf, dispose } = await startEngine({ backend })
    expect([
      ...tf
        .variable(tf.ones([3]))
        .sum()
        .dataSync(),
    ]).toEqual([3])
    dispose()
    dispose()
    expect(tf.findBackendFactory(backend)).toBeFalsy()
  }
})

it.each([
  [
    'webgpu',
    'startEngine: backend "webgpu" is not registered; import "@tensorflow/tfjs-backend-webgpu" first',
  ],
  ['webgl', 'startEngine: backend "webgl" is not registered; try "auto"'],
] as const)('says what to do where %s is absent', async (backend, message) => {
  await expect(startEngine({ backend })).rejects.toThrow(new EngineError(message))
})

it('says what to install when tfjs is missing', async () => {
  const missing = () => Promise.reject(new Error("Cannot find package '@tensorflow/tfjs'"))
  await expect(loadTfjs(missing)).rejects.toThrow(
    new EngineError(
      'startEngine: @tensorflow/tfjs could not be loaded; run "npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm"',
    ),
  )
})

it('seeds layers from a stream, the same on every backend', async () => {
  const found: number[][] = []
  for (const backend of ['wasm', 'cpu'] as const) {
    const { tf, initializer, dispose } = await startEngine({ backend })
    const kernelInitializer = initializer(stream(4).child('layer', 0), 'heNormal')
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: 5, inputShape: [3], kernelInitializer })],
    })
    found.push([...model.getWeights()[0].dataSync()])
    dispose()
  }
  expect(found[1]).toEqual(found[0])
  expect(found[0]).toEqual([
    ...Float32Array.from(weights(stream(4).child('layer', 0), 'heNormal', [3, 5])),
  ])
})

it.each([
  ['glorotUniform', [30, 50], 2 / 80],
  ['glorotNormal', [30, 50], 2 / 80],
  ['heUniform', [3, 3, 10, 20], 2 / 90],
  ['heNormal', [40], 2 / 40],
] as const)('draws %s weights with mean 0 and the stated variance', (kind, shape, variance) => {
  const s = stream(5).child(kind)
  const all = Array.from({ length: 200 }, () => [...weights(s, kind, shape)]).flat()
  const mean = all.reduce((a, b) => a + b, 0) / all.length
  const square = all.reduce((a, b) => a + b * b, 0) / all.length
  expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / all.length))
  expect(Math.abs(square / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / all.length))
  const limit = Math.sqrt(3 * variance)
  expect(all.some((x) => Math.abs(x) > limit)).toBe(kind.endsWith('Normal'))
})

it('saves tensors as safetensors and loads them', async () => {
  engine = await startEngine({ backend: 'cpu' })
  const { tf } = engine
  const tensors = {
    w: tf.tensor2d([1.5, -2, 3, 4], [2, 2]),
    n: tf.tensor1d([1, 2], 'int32'),
    ok: tf.tensor1d([true, false], 'bool'),
  }
  const loaded = engine.load(await engine.save(tensors, { step: '3' }))
  for (const [name, tensor] of Object.entries(tensors)) {
    expect(loaded[name].dtype).toBe(tensor.dtype)
    expect(loaded[name].shape).toEqual(tensor.shape)
    expect([...loaded[name].dataSync()]).toEqual([...tensor.dataSync()])
  }
  await expect(engine.save({ s: tf.tensor1d(['text']) })).rejects.toThrow(
    'must be float32, int32 or bool',
  )
})

it('saves a model of layers as one file, initializers and all, and loads the same bits', async () => {
  engine = await startEngine()
  const { tf, initializer } = engine
  const source = stream(6).child('Two Words', 0)
  const kernelInitializer = initializer(source, 'heNormal')
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer, activation: 'tanh' }),
      tf.layers.dense({ units: 1, kernelInitializer }),
    ],
  })
  const bytes = await engine.saveModel(model)
  const tensors = tf.memory().numTensors
  const loaded = await engine.loadModel(bytes)
  expect(tf.memory().numTensors - tensors).toBe(loaded.weights.length)
  const x = tf.tensor2d([1, 2, -3, 0.5], [2, 2])
  const [before, after] = [model, loaded].map((one) => one.predict(x) as typeof x)
  expect([...after.dataSync()]).toEqual([...before.dataSync()])
  const given = loaded.layers[0].getConfig()['kernelInitializer']
  expect(given).toEqual({
    className: 'SeededInitializer',
    config: { name: '6/Two Words/0', position: 0, kind: 'heNormal' },
  })
  const tensorsOnly = await engine.save({ x })
  await expect(engine.loadModel(tensorsOnly)).rejects.toThrow(EngineError)
})

it('hides the frames of a worker while tfjs loads: nested workers refuse them', async () => {
  const frames = () => 0
  const scope = globalThis as { requestAnimationFrame?: unknown }
  expect(scope.requestAnimationFrame).toBeUndefined()
  scope.requestAnimationFrame = frames
  try {
    let during: unknown = frames
    await loadTfjs(() => {
      during = scope.requestAnimationFrame
      return import('@tensorflow/tfjs')
    })
    expect(during).toBeUndefined()
    expect(scope.requestAnimationFrame).toBe(frames)
  } finally {
    delete scope.requestAnimationFrame
  }
})
