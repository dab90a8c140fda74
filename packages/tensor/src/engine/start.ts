import type { LayersModel, NamedTensorMap, Tensor } from '@tensorflow/tfjs'
import type { Stream } from '../random/stream.js'
import { activate, candidates, deactivate, type Backend, type WasmPaths } from './backends.js'
import { seededInitializer, type Initializer, type InitializerKind } from './initializer.js'
import { EngineError, loadTfjs, type Tf } from './load.js'
import { loadModel, loadTensors, saveModel, saveTensors } from './weights.js'

/** Options of `startEngine`. */
export interface EngineOptions {
  /**
   * default 'auto': wasm in Node; in a browser webgpu (if its package was imported), webgl, wasm,
   * cpu
   */
  readonly backend?: 'auto' | Backend
  /** for wasm in a browser: where its three .wasm files are served */
  readonly wasmPaths?: WasmPaths
}

/** TensorFlow.js running on a backend. */
export interface Engine {
  readonly tf: Tf
  readonly backend: Backend
  /** better backends that 'auto' could not start, with the reason */
  readonly skipped: readonly { readonly backend: Backend; readonly reason: string }[]
  /** A layer's initializer that draws from `stream`; kind: default 'glorotUniform'. */
  readonly initializer: (stream: Stream, kind?: InitializerKind) => Initializer
  /** Writes named tensors as the bytes of a safetensors file. */
  readonly save: (
    tensors: Readonly<Record<string, Tensor>>,
    metadata?: Readonly<Record<string, string>>,
  ) => Promise<Uint8Array<ArrayBuffer>>
  /** Reads the tensors of a safetensors file onto this backend. */
  readonly load: (bytes: Uint8Array) => NamedTensorMap
  /**
   * Writes a model of tf.layers as the bytes of a safetensors file, with its layers as metadata.
   * Compilation settings are not saved.
   */
  readonly saveModel: (model: LayersModel) => Promise<Uint8Array<ArrayBuffer>>
  /**
   * Reads a model from the bytes that `saveModel` wrote, with identical weights; custom layers must
   * be registered first.
   */
  readonly loadModel: (bytes: Uint8Array) => Promise<LayersModel>
  /** Frees the backend with all its tensors and variables; `startEngine` can start it again. */
  readonly dispose: () => void
}

/**
 * Starts TensorFlow.js on the best available backend, without console output.
 *
 * tfjs is global in a thread: a second call with another backend affects the first caller, too.
 * Needs the optional packages `@tensorflow/tfjs` and, for wasm, `@tensorflow/tfjs-backend-wasm`;
 * they are loaded lazily.
 *
 * @throws EngineError with the remedy if tfjs is missing, or the backend asked for does not start
 *
 * Accuracy: tfjs computes in float32 and backends differ in the last bits. Cost: 0.4 s in Node.
 *
 * @example
 * import { startEngine } from '@nonconvex/tensor/engine'
 * const { tf, backend, dispose } = await startEngine()
 * console.log(backend, tf.scalar(2).mul(3).dataSync()[0]) // → wasm 6
 * dispose()
 */
export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const tf = await loadTfjs()
  const { backend: wanted = 'auto', wasmPaths } = options
  const skipped: { backend: Backend; reason: string }[] = []
  for (const backend of wanted === 'auto' ? candidates(tf) : [wanted]) {
    try {
      await activate(tf, backend, wasmPaths)
      return running(tf, backend, skipped)
    } catch (error) {
      if (wanted !== 'auto') throw error
      skipped.push({ backend, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  const reasons = skipped.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ')
  throw new EngineError(`startEngine: expected one backend to start, got ${reasons}`)
}

function running(tf: Tf, backend: Backend, skipped: Engine['skipped']): Engine {
  return {
    tf,
    backend,
    skipped,
    initializer: (stream, kind = 'glorotUniform') => seededInitializer(tf, stream, kind),
    save: saveTensors,
    load: (bytes) => loadTensors(tf, bytes),
    saveModel,
    loadModel: (bytes) => loadModel(tf, bytes),
    dispose: () => {
      deactivate(tf, backend)
    },
  }
}
