import { bytes } from '../generated/philox.js'
import { instantiateKernels, once } from '../simd/instantiate.js'
import type { Identity } from './philox.js'
import { plainSource, type WordSource } from './source.js'

interface PhiloxKernels {
  readonly memory: WebAssembly.Memory
  readonly CAPACITY: WebAssembly.Global
  buffer(): number
  results(): number
  words(count: number, block: number, a: number, b: number, c: number, d: number): void
  uniforms(count: number): void
  normals(count: number): void
}

/** The WebAssembly source if available, otherwise the plain one, with the same bits. */
export const bestSource: () => WordSource = once(() => wasmSource() ?? plainSource)

/**
 * Words from the SIMD kernels, through an 8 KiB buffer.
 *
 * `undefined` without WebAssembly SIMD.
 */
export function wasmSource(): WordSource | undefined {
  const kernels = instantiateKernels<PhiloxKernels>(bytes)
  if (!kernels) return undefined
  const capacity = kernels.CAPACITY.value as number
  const numbers = new Float64Array(kernels.memory.buffer, kernels.buffer(), capacity)
  const results = new Float64Array(kernels.memory.buffer, kernels.results(), capacity)
  const halves = new Uint32Array(kernels.memory.buffer, kernels.buffer(), 2 * capacity)

  const pieces = (
    count: number,
    id: Identity,
    first: number,
    take: (at: number, size: number) => void,
  ) => {
    for (let at = 0; at < count; at += capacity) {
      const size = Math.min(capacity, count - at)
      kernels.words(size, (first + at) / 2, id[0], id[1], id[2], id[3])
      take(at, size)
    }
  }
  return {
    words: (out, id, first) => {
      pieces(out.length / 2, id, first, (at, size) => {
        out.set(halves.subarray(0, 2 * size), 2 * at)
      })
    },
    uniforms: (out, id, first) => {
      pieces(out.length, id, first, (at, size) => {
        kernels.uniforms(size)
        out.set(numbers.subarray(0, size), at)
      })
    },
    normals: (out, id, first) => {
      pieces(out.length, id, first, (at, size) => {
        kernels.normals(size)
        out.set(results.subarray(0, size), at)
      })
    },
  }
}
