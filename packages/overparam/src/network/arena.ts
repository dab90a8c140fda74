import { instantiateKernels } from '@nonconvex/tensor/simd'

const PAGE = 65536
/** Every array starts at a byte address that is a multiple of this. */
const ALIGNMENT = 16
/** The largest memory of an arena: 2 of the 4 GiB that WebAssembly can address. */
const LARGEST = 2 ** 31

/** The number of bytes that arrays of these sizes take in an arena. */
export const bytesOf = (...sizes: readonly number[]): number =>
  sizes.reduce((sum, size) => sum + Math.ceil(size / ALIGNMENT) * ALIGNMENT, 0)

/**
 * An arena: arrays in one memory of fixed size, on which kernels can run. They are allocated once
 * and live as long as the arena. Without WebAssembly it is an ordinary buffer, and no kernel runs.
 */
export class Arena {
  readonly buffer: ArrayBuffer | SharedArrayBuffer
  readonly memory: WebAssembly.Memory | undefined
  private used = 0

  /**
   * @param kind - `plain`: without kernels; `shared`: in a memory that another thread can have too
   */
  constructor(bytes: number | WebAssembly.Memory, kind: 'auto' | 'plain' | 'shared' = 'auto') {
    if (typeof bytes === 'number')
      this.memory = kind === 'plain' ? undefined : memoryOf(bytes, kind === 'shared')
    else this.memory = bytes
    this.buffer = this.memory?.buffer ?? new ArrayBuffer(bytesOf(Number(bytes)))
  }

  /** The exports of a module on this memory, or `undefined` where it does not run. */
  start<T extends object>(base64: string): T | undefined {
    return this.memory && instantiateKernels<T>(base64, { env: { memory: this.memory } })
  }

  /** Frees the whole memory; arrays that were allocated before will be overwritten. */
  clear(): void {
    this.used = 0
  }

  float64(n: number): Float64Array {
    return new Float64Array(this.buffer, this.take(8 * n), n)
  }

  float32(n: number): Float32Array {
    return new Float32Array(this.buffer, this.take(4 * n), n)
  }

  int32(n: number): Int32Array {
    return new Int32Array(this.buffer, this.take(4 * n), n)
  }

  uint8(n: number): Uint8Array {
    return new Uint8Array(this.buffer, this.take(n), n)
  }

  private take(bytes: number): number {
    const at = this.used
    this.used += bytesOf(bytes)
    return at
  }
}

function memoryOf(bytes: number, shared: boolean): WebAssembly.Memory | undefined {
  if (bytes > LARGEST) return undefined
  const pages = Math.ceil(bytes / PAGE)
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared })
  } catch {
    return undefined
  }
}
