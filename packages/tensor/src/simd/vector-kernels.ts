import { bytes } from '../generated/vector.js'
import { instantiateKernels } from './instantiate.js'

/**
 * The functions of assembly/vector.ts; their arguments are byte addresses, which are multiples of
 * 8, and counts of numbers.
 */
export interface VectorKernels {
  dot(a: number, b: number, n: number): number
  axpy(y: number, factor: number, x: number, n: number): void
  gemv(y: number, a: number, x: number, rows: number, cols: number): void
  gemvTransposed(y: number, a: number, x: number, rows: number, cols: number): void
  cholesky(l: number, n: number): number
}

const PAGE = 65536

/**
 * Starts the kernels on a memory of their own of at least `size` bytes; `undefined` if they are not
 * available.
 */
export function startVectorKernels(
  size: number,
): { readonly buffer: ArrayBuffer; readonly kernels: VectorKernels } | undefined {
  const pages = Math.ceil(size / PAGE)
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    const kernels = instantiateKernels<VectorKernels>(bytes, { env: { memory } })
    return kernels && { buffer: memory.buffer, kernels }
  } catch {
    return undefined
  }
}
