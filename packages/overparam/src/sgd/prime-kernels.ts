import { bytes } from '../generated/prime.js'
import type { Arena } from '../network/arena.js'

/** The functions of assembly/prime.ts; their arguments are byte addresses, counts and numbers. */
export interface PrimeKernels {
  packFew(tile: number, w: number, stride: number, units: number, d: number, scale: number): void
  prime(
    z: number,
    stride: number,
    tile: number,
    start: number,
    rows: number,
    index: number,
    value: number,
    width: number,
  ): void
  mark(bytes: number, z: number, units: number, bit: number): void
}

/** The kernels on an arena, or their plain TypeScript version. */
export const startPrime = (arena: Arena): PrimeKernels =>
  arena.start<PrimeKernels>(bytes) ?? plainPrime(arena.buffer)

const { fround } = Math

/** The functions of assembly/prime.ts in plain TypeScript, with the same bits. */
function plainPrime(buffer: ArrayBufferLike): PrimeKernels {
  const f32 = new Float32Array(buffer, 0, Math.floor(buffer.byteLength / 4))
  const f64 = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / 8))
  const i32 = new Int32Array(buffer, 0, Math.floor(buffer.byteLength / 4))
  const u8 = new Uint8Array(buffer)
  return {
    packFew: (tile, w, stride, units, d, scale) => {
      for (let f = 0; f < d; f++)
        for (let j = 0; j < units; j++)
          f32[tile / 4 + f * 32 + j] = f64[(w + f * stride) / 8 + j] * scale
    },
    prime: (z, stride, tile, start, rows, index, value, width) => {
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < (width <= 16 ? 16 : 32); j++) {
          let sum = 0
          for (let q = i32[start / 4 + r]; q < i32[start / 4 + r + 1]; q++)
            sum = fround(
              sum + fround(f32[value / 4 + q] * f32[tile / 4 + i32[index / 4 + q] * 32 + j]),
            )
          f32[(z + r * stride) / 4 + j] = sum
        }
      }
    },
    mark: (bytes, z, units, bit) => {
      for (let j = 0; j < units; j++) if (f64[z / 8 + j] > 0) u8[bytes + j] |= bit
    },
  }
}
