import { checkInteger } from '../check/numbers.js'
import { axpyInto } from '../dense/axpy.js'
import { dot } from '../dense/dot.js'
import { gemvInto, type GemvOptions } from '../dense/gemv.js'
import { checkMatrix, checkSameLength } from '../check/arrays.js'
import { ShapeError } from '../check/errors.js'
import type { Matrix } from '../types.js'
import { startVectorKernels, type VectorKernels } from './vector-kernels.js'

/**
 * Arrays in the memory of the SIMD kernels, with operations that avoid copies.
 *
 * The operations accept any arrays: those in other memory use the plain functions of `dense`. The
 * results are the same, bit for bit.
 */
export interface Workspace {
  /** 'wasm', or 'plain' if WebAssembly SIMD or the memory is unavailable */
  readonly kernels: 'wasm' | 'plain'
  /** free bytes */
  readonly free: number
  /**
   * Allocates n zeros.
   *
   * @throws RangeError if n is not an integer ≥ 0 or exceeds the free memory
   */
  float64(n: number): Float64Array
  /** Frees the whole memory: earlier arrays will alias later ones. */
  reset(): void
  /** as `dot` of `@nonconvex/tensor` */
  dot(a: Float64Array, b: Float64Array): number
  /** as `axpyInto` of `@nonconvex/tensor` */
  axpyInto(y: Float64Array, a: number, x: Float64Array): Float64Array
  /** as `gemvInto` of `@nonconvex/tensor` */
  gemvInto(y: Float64Array, a: Matrix, x: Float64Array, options?: GemvOptions): Float64Array
}

const LARGEST = 2 ** 31
/** Every array starts at a byte address that is a multiple of this. */
const ALIGNMENT = 16

/**
 * Creates a workspace of fixed size. It never grows, so its arrays stay valid.
 *
 * @param size - bytes, integer, 1 ≤ size ≤ 2^31
 * @param options - `kernels: 'plain'` for no WebAssembly
 * @throws RangeError on another size
 *
 * @example
 * import { createWorkspace } from '@nonconvex/tensor/simd'
 * const space = createWorkspace(1024)
 * const x = space.float64(3)
 * x.set([1, 2, 3])
 * console.log(space.dot(x, x)) // → 14
 */
export function createWorkspace(
  size: number,
  options: { readonly kernels?: 'auto' | 'plain' } = {},
): Workspace {
  checkInteger('createWorkspace', 'size', size, 1, LARGEST, '[1, 2^31] bytes')
  const started = options.kernels === 'plain' ? undefined : startVectorKernels(size)
  const buffer = started?.buffer ?? new ArrayBuffer(Math.ceil(size / ALIGNMENT) * ALIGNMENT)
  return new MemoryWorkspace(buffer, size, started?.kernels)
}

class MemoryWorkspace implements Workspace {
  private readonly buffer: ArrayBuffer
  private readonly size: number
  private readonly native: VectorKernels | undefined
  private used = 0

  constructor(buffer: ArrayBuffer, size: number, native: VectorKernels | undefined) {
    this.buffer = buffer
    this.size = size
    this.native = native
  }

  get kernels(): 'wasm' | 'plain' {
    return this.native ? 'wasm' : 'plain'
  }

  get free(): number {
    return Math.max(0, this.size - this.used)
  }

  float64(n: number): Float64Array {
    const most = Math.floor(this.free / 8)
    checkInteger('float64', 'n', n, 0, most, `[0, ${most}], what is free`)
    const out = new Float64Array(this.buffer, this.used, n).fill(0)
    this.used = Math.ceil((this.used + 8 * n) / ALIGNMENT) * ALIGNMENT
    return out
  }

  reset(): void {
    this.used = 0
  }

  dot(a: Float64Array, b: Float64Array): number {
    const native = this.nativeFor(a, b)
    if (!native) return dot(a, b)
    checkSameLength('dot', 'a', a, 'b', b)
    return native.dot(a.byteOffset, b.byteOffset, a.length)
  }

  axpyInto(y: Float64Array, a: number, x: Float64Array): Float64Array {
    const native = this.nativeFor(y, x)
    if (!native) return axpyInto(y, a, x)
    checkSameLength('axpyInto', 'y', y, 'x', x)
    native.axpy(y.byteOffset, a, x.byteOffset, y.length)
    return y
  }

  gemvInto(y: Float64Array, a: Matrix, x: Float64Array, options: GemvOptions = {}): Float64Array {
    const native = this.nativeFor(y, x, a.data)
    if (!native) return gemvInto(y, a, x, options)
    checkMatrix('gemv', 'a', a)
    const { transpose = false } = options
    if (x.length !== (transpose ? a.rows : a.cols) || y.length !== (transpose ? a.cols : a.rows)) {
      throw new ShapeError(
        `gemv: expected x and y to fit a, ${a.rows} × ${a.cols}${transpose ? ' transposed' : ''}, got ${x.length} and ${y.length}`,
      )
    }
    if (transpose)
      native.gemvTransposed(y.byteOffset, a.data.byteOffset, x.byteOffset, a.rows, a.cols)
    else native.gemv(y.byteOffset, a.data.byteOffset, x.byteOffset, a.rows, a.cols)
    return y
  }

  private nativeFor(
    a: Float64Array,
    b: Float64Array,
    c: Float64Array = a,
  ): VectorKernels | undefined {
    const { buffer } = this
    return a.buffer === buffer && b.buffer === buffer && c.buffer === buffer
      ? this.native
      : undefined
  }
}
