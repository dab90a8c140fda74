import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { Arena } from '../network/arena.js'
import { placeBlocks, startBlocks } from './block-kernels.js'
import { startGram } from './gram-kernels.js'
import { startPrime } from './prime-kernels.js'

const special = [0, -0, 1e-42, 3e38, -Infinity, Infinity, NaN]

interface Play {
  readonly answers: readonly number[]
  readonly arrays: readonly (Float32Array | Float64Array | Uint8Array)[]
}

/**
 * The same random life of a block screen, on kernels or on their twin; what it answers and leaves
 * behind.
 */
function play(kind: 'auto' | 'plain', seed: number, wild: boolean): Play {
  const s = stream(seed)
  const [n, d, k, ring] = [16 + 16 * s.integer(2), 1 + s.integer(9), 1 + s.integer(40), 32]
  const arena = new Arena(1 << 20, kind)
  const plus = 16 * Math.ceil(k / 16)
  const slots = 2 * plus
  const normals = (array: Float32Array | Float64Array): typeof array => {
    for (let i = 0; i < array.length; i++)
      array[i] = wild && s.uniform() < 0.02 ? special[s.integer(special.length)] : s.normal()
    return array
  }
  const kept = arena.float32(n * slots)
  const nibbles = arena.uint8((ring / 4) * slots)
  for (let p = 0; p < nibbles.length; p++) nibbles[p] = s.integer(16)
  const many = arena
    .float32(slots)
    .fill(1, 0, k)
    .fill(1, plus, plus + k)
  const history = arena.float32(ring * n)
  const pending = arena.float32(4 * n)
  const moves = arena.float32(ring)
  const tables = arena.uint8(8 * ring)
  const report = arena.float64(10)
  const [gram, start32] = [startGram(arena), startPrime(arena)]
  const at = placeBlocks(arena, {
    kept: kept.byteOffset,
    slots,
    plus,
    nibbles: nibbles.byteOffset,
    ring,
    many: many.byteOffset,
    history: history.byteOffset,
    examples: n,
    pending: pending.byteOffset,
    moves: moves.byteOffset,
    tables: tables.byteOffset,
    report: report.byteOffset,
  })
  const kernels = startBlocks(arena, at)
  const columns = arena.float32(n * d)
  const index = arena.int32(d).map((_, f) => f)
  const where = arena.int32(d)
  where.set(index)
  const value = arena.float32(n * d)
  const start = arena.int32(n + 1)
  const low = arena.float64(n)
  const g = arena.float32(n)
  const weights = arena.float64(2 * k * d)
  const tile = arena.float32(32 * d)
  const z = arena.float64(2 * k)
  for (const array of [columns, value, low, weights, z]) normals(array)
  for (let i = 0; i <= n; i++) start[i] = Math.min(d, i)
  for (let j = 0; j < k; j += 32) {
    const units = Math.min(32, k - j)
    start32.packFew(tile.byteOffset, weights.byteOffset + 8 * j, 16 * k, units, d, 0.5)
    const [z, rows] = [kept.byteOffset + 4 * j, Math.min(n, d)]
    start32.prime(
      z,
      4 * slots,
      tile.byteOffset,
      start.byteOffset,
      rows,
      where.byteOffset,
      value.byteOffset,
      units,
    )
  }
  const answers: number[] = []
  for (let u = 0; u < 70; u++) {
    gram.products(
      g.byteOffset,
      n,
      columns.byteOffset,
      4 * n,
      where.byteOffset,
      value.byteOffset + 4 * d * s.integer(n),
      d,
    )
    kernels.note(low.byteOffset, g.byteOffset, n, u, s.uniform() < 0.5 ? 1 : -1, s.uniform(), 0.1)
    if (u % 9 === 0) {
      const at = nibbles.byteOffset + ((u >> 2) % (ring / 4)) * slots
      start32.mark(at, normals(z).byteOffset, k, 1 << (u & 3))
    }
    const from = Math.max(0, u - s.integer(ring - 3))
    answers.push(kernels.catchUp(s.integer(n), from, u + 1, s.normal(), s.uniform()))
  }
  return { answers, arrays: [kept, history, low, g, tile, nibbles, report.subarray(0, 2)] }
}

it.each([false, true])(
  'the kernels and their plain twin have the same bits, special numbers: %s',
  (wild) => {
    for (let seed = 0; seed < 60; seed++) {
      const [wasm, plain] = [play('auto', seed, wild), play('plain', seed, wild)]
      expect(plain.answers.every((x, i) => Object.is(x, wasm.answers[i]))).toBe(true)
      for (const [a, array] of plain.arrays.entries())
        expect(array.findIndex((x, i) => !Object.is(x, wasm.arrays[a][i]))).toBe(-1)
    }
  },
)
