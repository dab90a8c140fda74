/** Modules that were compiled before: a few kilobytes each, and what the engine has made fast stays so. */
const modules = new Map<string, WebAssembly.Module>()

/**
 * Starts a WebAssembly module whose bytes are inlined as base64, at once, without a promise.
 *
 * @param base64 - the module
 * @param imports - what it imports, for AssemblyScript's `--importMemory`: `{ env: { memory } }`
 * @returns its exports, or `undefined` where the platform refuses: no WebAssembly, no SIMD, a content security policy without
 *   `'wasm-unsafe-eval'`, or a browser's limit on synchronous compilation. The caller then takes plain TypeScript.
 *
 * The type of the exports is the caller's word, it is not checked.
 *
 * @example
 * import { instantiateKernels } from '@nonconvex/tensor/simd'
 * const empty = instantiateKernels<object>('AGFzbQEAAAA=')
 * console.log(empty !== undefined) // → true
 */
export function instantiateKernels<T extends object>(
  base64: string,
  imports: WebAssembly.Imports = {},
): T | undefined {
  try {
    let compiled = modules.get(base64)
    if (!compiled) {
      compiled = new WebAssembly.Module(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)))
      modules.set(base64, compiled)
    }
    return new WebAssembly.Instance(compiled, imports).exports as unknown as T
  } catch {
    return undefined
  }
}

/** A function that calls `make` the first time and keeps what it gave, also `undefined`. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
