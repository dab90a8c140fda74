import type * as Tfjs from '@tensorflow/tfjs'
import type * as WasmBackend from '@tensorflow/tfjs-backend-wasm'

/** The module of TensorFlow.js. */
export type Tf = typeof Tfjs

/** The error that `startEngine` throws if no backend starts; its message names the remedy. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
}

const INSTALL = 'npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm'

export async function loadTfjs(
  load: () => Promise<Tf> = () => import('@tensorflow/tfjs'),
): Promise<Tf> {
  return found('@tensorflow/tfjs', () => withoutFrames(load))
}

/**
 * Loads tfjs with requestAnimationFrame hidden. While tfjs loads it decides that `model.fit` pauses
 * by this function where it exists; it exists in workers, but throws in a worker that another
 * worker started.
 */
async function withoutFrames<T>(load: () => Promise<T>): Promise<T> {
  const scope = globalThis as { document?: unknown; requestAnimationFrame?: unknown }
  const { document, requestAnimationFrame } = scope
  if (document !== undefined || requestAnimationFrame === undefined) return load()
  scope.requestAnimationFrame = undefined
  try {
    return await load()
  } finally {
    scope.requestAnimationFrame = requestAnimationFrame
  }
}

/** The module that registers the wasm backend when it is loaded. */
export async function loadWasmBackend(): Promise<typeof WasmBackend> {
  return found('@tensorflow/tfjs-backend-wasm', () => import('@tensorflow/tfjs-backend-wasm'))
}

async function found<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    throw new EngineError(`startEngine: ${name} could not be loaded; run "${INSTALL}"`, { cause })
  }
}
