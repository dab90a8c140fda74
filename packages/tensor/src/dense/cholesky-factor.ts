import { once } from '../simd/instantiate.js'
import { startVectorKernels } from '../simd/vector-kernels.js'
import { dotRange } from './dot.js'

/**
 * Factors in place: on entry `l` holds the lower triangle of A, row-major n × n, on exit that of L.
 *
 * Returns −1, or the index of the first pivot that is not positive; the diagonal then holds its
 * value.
 */
export type Factor = (l: Float64Array, n: number) => number

/** The implementation in plain TypeScript, which computes every entry by a `dot` of two rows. */
export const plainFactor: Factor = (l, n) => {
  for (let i = 0; i < n; i++) {
    const at = i * n
    for (let j = 0; j < i; j++) {
      l[at + j] = (l[at + j] - dotRange(l, at, l, j * n, j)) / l[j * n + j]
    }
    const value = l[at + i] - dotRange(l, at, l, at, i)
    // Written so that a NaN, from a quotient that overflowed, counts as not positive.
    if (!(value > 0)) {
      l[at + i] = value
      return i
    }
    l[at + i] = Math.sqrt(value)
  }
  return -1
}

/**
 * The SIMD kernel is used from n = LEAST, below which copying costs more than it saves, up to n =
 * MOST, so that its memory stays at 8 MiB.
 */
const LEAST = 24
const MOST = 1024

/**
 * The SIMD kernel for matrices up to 1024 × 1024, or `undefined` where WebAssembly SIMD is not
 * available. It allocates its memory at the first call.
 */
export const wasmFactor: () => Factor | undefined = once(() => {
  const started = startVectorKernels(8 * MOST * MOST)
  if (!started) return undefined
  const inside = new Float64Array(started.buffer)
  return (l, n) => {
    inside.set(l)
    const pivot = started.kernels.cholesky(0, n)
    l.set(inside.subarray(0, n * n))
    return pivot
  }
})

/** Factors by the faster implementation for the size n; both give the same bits. */
export const factor: Factor = (l, n) => {
  const fast = n >= LEAST && n <= MOST ? wasmFactor() : undefined
  return (fast ?? plainFactor)(l, n)
}
