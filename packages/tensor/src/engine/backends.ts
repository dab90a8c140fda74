import { EngineError, loadWasmBackend, type Tf } from './load.js'

/** The backends of tfjs that an engine can run on. */
export type Backend = 'wasm' | 'cpu' | 'webgl' | 'webgpu'

/**
 * The URLs of the three .wasm files of the wasm backend in a browser: their folder, or one URL for
 * each file.
 */
export type WasmPaths =
  | string
  | {
      readonly 'tfjs-backend-wasm.wasm': string
      readonly 'tfjs-backend-wasm-simd.wasm': string
      readonly 'tfjs-backend-wasm-threaded-simd.wasm': string
    }

/** The backends that 'auto' tries, best first. */
export function candidates(tf: Tf): readonly Backend[] {
  const drawing = 'document' in globalThis || 'OffscreenCanvas' in globalThis
  if (!drawing) return ['wasm', 'cpu']
  const webgpu: Backend[] = tf.findBackendFactory('webgpu') ? ['webgpu'] : []
  return [...webgpu, 'webgl', 'wasm', 'cpu']
}

/**
 * Activates `backend` in tfjs; throws EngineError with the reason if it does not start.
 */
export async function activate(tf: Tf, backend: Backend, wasmPaths?: WasmPaths): Promise<void> {
  if (backend === 'wasm') await prepareWasm(tf, wasmPaths)
  const kept = factories.get(backend)
  if (kept && !tf.findBackendFactory(backend)) tf.registerBackend(backend, kept)
  if (!tf.findBackendFactory(backend)) {
    const remedy =
      backend === 'webgpu' ? 'import "@tensorflow/tfjs-backend-webgpu" first' : 'try "auto"'
    throw new EngineError(`startEngine: backend "${backend}" is not registered; ${remedy}`)
  }
  if (!(await keepingListeners(() => tf.setBackend(backend)))) {
    throw new EngineError(`startEngine: backend "${backend}" does not start here; try "auto"`)
  }
  await tf.ready()
  // The cpu backend greets on standard error when it is first used.
  if (backend === 'cpu') Object.assign(tf.backend(), { firstUse: false })
}

type Factory = ReturnType<Tf['findBackendFactory']>

/**
 * The factories of the backends that were removed: tfjs drops them, and loading their modules again
 * would not register them.
 */
const factories = new Map<Backend, Factory>()

/** Frees a backend with all its tensors. */
export function deactivate(tf: Tf, backend: Backend): void {
  const factory = tf.findBackendFactory(backend)
  if (!factory) return
  factories.set(backend, factory)
  tf.disposeVariables()
  tf.removeBackend(backend)
}

async function prepareWasm(tf: Tf, wasmPaths?: WasmPaths): Promise<void> {
  const wasm = await loadWasmBackend()
  // Isolated pages would get the threaded build, which hangs in a minified bundle. The flag exists
  // only now.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  if (wasmPaths !== undefined) wasm.setWasmPaths(wasmPaths)
}

interface Emitter {
  listeners(event: string): (() => void)[]
  removeListener(event: string, listener: () => void): unknown
}

/**
 * Runs `start` and removes the process listeners that it added: the wasm loader adds two, with
 * which an unhandled rejection of the user's program would print a line of the loader and exit with
 * status 7.
 */
async function keepingListeners<T>(start: () => Promise<T>): Promise<T> {
  const { process } = globalThis as { process?: Partial<Emitter> }
  if (typeof process?.listeners !== 'function' || typeof process.removeListener !== 'function') {
    return start()
  }
  const emitter = process as Emitter
  const events = ['uncaughtException', 'unhandledRejection']
  const before = events.map((event) => new Set(emitter.listeners(event)))
  try {
    return await start()
  } finally {
    events.forEach((event, i) => {
      for (const listener of emitter.listeners(event)) {
        if (!before[i].has(listener)) emitter.removeListener(event, listener)
      }
    })
  }
}
