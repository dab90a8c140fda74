import { bytes } from '../generated/gram.js'
import type { Arena } from '../network/arena.js'

/** The functions of assembly/gram.ts; their arguments are byte addresses and counts. */
export interface GramKernels {
  products(
    out: number,
    n: number,
    columns: number,
    stride: number,
    index: number,
    value: number,
    count: number,
  ): void
}

/** The kernels on an arena, or their plain TypeScript version. */
export const startGram = (arena: Arena): GramKernels =>
  arena.start<GramKernels>(bytes) ?? plainGram(arena.buffer)

/** The functions of assembly/gram.ts in plain TypeScript, with the same bits. */
function plainGram(buffer: ArrayBufferLike): GramKernels {
  const f32 = new Float32Array(buffer, 0, Math.floor(buffer.byteLength / 4))
  const i32 = new Int32Array(buffer, 0, Math.floor(buffer.byteLength / 4))
  return {
    products: (out, n, columns, stride, index, value, count) => {
      f32.fill(0, out / 4, out / 4 + n)
      for (let q = 0; q < count; q++) {
        const from = (columns + i32[index / 4 + q] * stride) / 4
        const x = f32[value / 4 + q]
        for (let i = 0; i < n; i++)
          f32[out / 4 + i] = f32[out / 4 + i] + Math.fround(x * f32[from + i])
      }
    },
  }
}
