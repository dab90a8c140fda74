import { instantiateKernels } from '@nonconvex/tensor/simd'
import { bytes } from '../generated/overlap.js'

/** The functions of assembly/overlap.ts; the block lies at address 0. */
export interface OverlapKernels {
  evaluate(m: number, near: number, stride: number): void
  /** at most `steps` steps; fewer if a lane left the safe range on the last one */
  descend(m: number, near: number, stride: number, steps: number): number
}

export interface StartedKernels {
  readonly buffer: ArrayBuffer
  readonly kernels: OverlapKernels
}

const PAGE = 65536
/** The largest memory of a block: 2 of the 4 GiB that WebAssembly can address. */
const LARGEST = 2 ** 31
/**
 * Blocks up to this size share one memory and one instance, which the platform has then compiled
 * well.
 */
const SHARED = 16 * PAGE

let shared: { readonly started: StartedKernels | undefined } | undefined

/**
 * Starts the kernels on a memory of at least `size` bytes; `undefined` if it cannot be allocated.
 * Starting the next small block overwrites the memory of the last one, so a block must not outlive
 * the function that made it.
 */
export function startOverlap(size: number): StartedKernels | undefined {
  if (size > SHARED) return start(size)
  shared ??= { started: start(SHARED) }
  return shared.started
}

function start(size: number): StartedKernels | undefined {
  if (size > LARGEST) return undefined
  const pages = Math.ceil(size / PAGE)
  try {
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    const kernels = instantiateKernels<OverlapKernels>(bytes, { env: { memory } })
    return kernels && { buffer: memory.buffer, kernels }
  } catch {
    return undefined
  }
}
