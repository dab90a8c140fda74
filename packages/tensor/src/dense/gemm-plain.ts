import { DEPTH, type Operand } from './gemm-blocks.js'

/**
 * The matrix products in plain TypeScript: the same sums in the same order as the SIMD kernels,
 * without packing. They are the fallback of the kernels and the reference in their tests. The loop
 * exists twice, since float32 rounds after every operation.
 */
export function plainProduct64(
  c: Float64Array,
  a: Operand<Float64Array>,
  b: Operand<Float64Array>,
  m: number,
  n: number,
  depth: number,
): void {
  const sums = new Float64Array(n)
  c.fill(0)
  for (let i = 0; i < m; i++) {
    const row = c.subarray(i * n, (i + 1) * n)
    for (let p = 0; p < depth; p += DEPTH) {
      sums.fill(0)
      const end = Math.min(depth, p + DEPTH)
      for (let k = p; k < end; k++) {
        const factor = a.data[i * a.row + k * a.col]
        let q = k * b.row
        for (let j = 0; j < n; j++, q += b.col) sums[j] += factor * b.data[q]
      }
      if (p === 0) row.set(sums)
      else for (let j = 0; j < n; j++) row[j] += sums[j]
    }
  }
}

/** As `plainProduct64`, with every product and every sum rounded to float32. */
export function plainProduct32(
  c: Float32Array,
  a: Operand<Float32Array>,
  b: Operand<Float32Array>,
  m: number,
  n: number,
  depth: number,
): void {
  const sums = new Float32Array(n)
  c.fill(0)
  for (let i = 0; i < m; i++) {
    const row = c.subarray(i * n, (i + 1) * n)
    for (let p = 0; p < depth; p += DEPTH) {
      sums.fill(0)
      const end = Math.min(depth, p + DEPTH)
      for (let k = p; k < end; k++) {
        const factor = a.data[i * a.row + k * a.col]
        let q = k * b.row
        for (let j = 0; j < n; j++, q += b.col) sums[j] += Math.fround(factor * b.data[q])
      }
      if (p === 0) row.set(sums)
      else for (let j = 0; j < n; j++) row[j] += sums[j]
    }
  }
}
