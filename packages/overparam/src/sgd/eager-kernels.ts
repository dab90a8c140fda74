import { bytes } from '../generated/eager.js'
import type { Arena } from '../network/arena.js'

/** The functions of assembly/eager.ts; their arguments are byte addresses, counts and numbers. */
export interface EagerKernels {
  update(
    kept: number,
    n: number,
    units: number,
    step: number,
    many: number,
    g: number,
    y: number,
    out: number,
    alpha: number,
  ): void
}

/** The kernels on an arena, or their plain TypeScript version. */
export const startEager = (arena: Arena): EagerKernels =>
  arena.start<EagerKernels>(bytes) ?? plainEager(arena.buffer)

const { fround } = Math

/** The functions of assembly/eager.ts in plain TypeScript, with the same bits. */
function plainEager(buffer: ArrayBufferLike): EagerKernels {
  const f32 = new Float32Array(buffer, 0, Math.floor(buffer.byteLength / 4))
  return {
    update: (kept, n, units, step, many, g, y, out, alpha) => {
      const leak = fround(alpha)
      for (let i = 0; i < n; i++) {
        const row = kept / 4 + Math.floor(i / 16) * 16 * units + (i % 16)
        const t = fround(f32[g / 4 + i] * f32[y / 4 + i])
        let sum = 0
        for (let j = 0; j < units; j++) {
          const z = fround(f32[row + 16 * j] + fround(f32[step / 4 + j] * t))
          f32[row + 16 * j] = z
          sum = fround(sum + fround(f32[many / 4 + j] * Math.max(z, fround(leak * z))))
        }
        f32[out / 4 + i] = sum
      }
    },
  }
}
