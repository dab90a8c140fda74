import type { Ops, Space } from './ops.js'

/** Most rows that `gemmT` sums before it adds to C, as in assembly/transposed-products.ts. */
const PIECE = 128

/** Rounds to the precision of the space after each operation. */
export type Round = (x: number) => number

/**
 * The functions of assembly/products.ts and transposed-products.ts in plain TypeScript: the same
 * sums in the same order.
 */
export function plainProducts(space: Space, round: Round): Pick<Ops, 'gemm' | 'gemmT'> {
  return {
    gemm(c, a, b, m, k, n, { transposed = false, accumulate = false }) {
      const x = space.floats
      const wide = (n + 3) & ~3
      for (let i = 0; i < m; i++)
        for (let j = 0; j < wide; j++) {
          let sum = 0
          for (let p = 0; p < k; p++) {
            const at = transposed ? b.at + j * b.ld + p : b.at + p * b.ld + j
            sum = round(sum + round(x[a.at + i * a.ld + p] * (j < n ? x[at] : 0)))
          }
          const to = c.at + i * c.ld + j
          x[to] = accumulate ? x[to] + sum : sum
        }
    },
    gemmT(c, a, b, m, k, n) {
      const x = space.floats
      const piece = Math.ceil(m / Math.ceil(m / PIECE))
      for (let first = 0; first < m; first += piece) {
        const last = Math.min(m, first + piece)
        for (let i = 0; i < k; i++)
          for (let j = 0; j < n; j++) {
            let sum = 0
            for (let r = first; r < last; r++)
              sum = round(sum + round(x[a.at + r * a.ld + i] * x[b.at + r * b.ld + j]))
            x[c.at + i * c.ld + j] += sum
          }
      }
    },
  }
}
