/**
 * The modules that were compiled before, a few kilobytes each; code that the engine has optimized
 * stays optimized.
 */
const modules = new Map<string, WebAssembly.Module>()

/**
 * Instantiates a WebAssembly module from inlined base64 bytes, synchronously.
 *
 * @param base64 - the module
 * @param imports - its imports, for AssemblyScript's `--importMemory`: `{ env: { memory } }`
 * @returns its exports, or `undefined` if the platform does not allow it: no WebAssembly, no SIMD,
 *   a content security policy without `'wasm-unsafe-eval'`, or a browser's limit on synchronous
 *   compilation. The caller then uses plain TypeScript.
 *
 * A module compiled with `--maximumMemory` also runs on shared memory.
 *
 * The type of the exports is not checked.
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
    const shared = isShared(imports)
    const key = shared ? `shared ${base64}` : base64
    let compiled = modules.get(key)
    if (!compiled) {
      const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
      if (shared) markShared(bytes)
      compiled = new WebAssembly.Module(bytes)
      modules.set(key, compiled)
    }
    return new WebAssembly.Instance(compiled, imports).exports as unknown as T
  } catch {
    return undefined
  }
}

/** Whether the imported memory is shared between threads. */
function isShared({ env }: WebAssembly.Imports): boolean {
  const memory = (env as WebAssembly.ModuleImports | undefined)?.['memory']
  return (
    typeof SharedArrayBuffer !== 'undefined' &&
    memory instanceof WebAssembly.Memory &&
    memory.buffer instanceof SharedArrayBuffer
  )
}

/**
 * The first bytes of the import of a memory: "env", "memory", and the flag for a memory with a
 * maximum size.
 */
const IMPORT = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 1]
const SHARED = 3

/**
 * Marks the imported memory of a module as shared. One bit of the module says so; the code is the
 * same for both, since threads do not wait inside the kernels.
 */
function markShared(bytes: Uint8Array): void {
  const at = bytes.findIndex((_, i) => IMPORT.every((byte, p) => bytes[i + p] === byte))
  if (at >= 0) bytes[at + IMPORT.length - 1] = SHARED
}

/** A function that calls `make` once and caches its result, even `undefined`. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
