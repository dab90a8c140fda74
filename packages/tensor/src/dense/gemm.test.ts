import { expect, it } from 'vitest'
import {
  stream,
  gemm,
  gemmF32,
  gemmF32Into,
  gemmInto,
  matrix,
  transpose,
  type Matrix,
  type MatrixF32,
} from '../index.js'
import { wasmProduct32, wasmProduct64, type Operand } from './gemm-blocks.js'
import { plainProduct32, plainProduct64 } from './gemm-plain.js'

const root = stream(11).child('gemm')
const random = (rows: number, cols: number, name: string): Matrix =>
  matrix(
    rows,
    cols,
    root
      .child(name)
      .child(`${rows}x${cols}`)
      .normalInto(new Float64Array(rows * cols)),
  )
const toF32 = (a: Matrix): MatrixF32 => ({ ...a, data: Float32Array.from(a.data) })

/** m, n, depth: empty, one, odd, and on both sides of the blocks of 128, 256 and 256. */
const sizes: readonly (readonly [number, number, number])[] = [
  [0, 3, 2],
  [3, 0, 2],
  [3, 2, 0],
  [1, 1, 1],
  [1, 7, 3],
  [5, 3, 9],
  [4, 8, 16],
  [17, 13, 19],
  [33, 65, 257],
  [129, 31, 256],
  [127, 257, 255],
  [130, 260, 520],
]
const special = [NaN, Infinity, -Infinity, -0, 5e-324, -2e-310, 1e308]

function withSpecials(a: Matrix): Matrix {
  const data = a.data.slice()
  const s = root.child('specials')
  for (let r = 0; r < 5 && data.length > 0; r++)
    data[s.integer(data.length)] = special[s.integer(special.length)]
  return { ...a, data }
}

const sameBits = (a: Float64Array | Float32Array, b: typeof a) =>
  a.every((x, i) => Object.is(x, b[i]))
const rowMajor = <T>(data: T, cols: number) => ({ data, row: cols, col: 1 })
const colMajor = <T>(data: T, rows: number) => ({ data, row: 1, col: rows })

it.each(sizes)(
  'has a SIMD kernel that agrees with its twin bit for bit: %i × %i, depth %i',
  (m, n, depth) => {
    const fast = wasmProduct64()
    const fast32 = wasmProduct32()
    if (!fast || !fast32) throw new Error('this platform should run WebAssembly with SIMD')
    for (const make of [(a: Matrix) => a, withSpecials]) {
      const a = make(random(m, depth, 'a'))
      const b = make(random(depth, n, 'b'))
      const layouts: [Operand<Float64Array>, Operand<Float64Array>][] = [
        [rowMajor(a.data, depth), rowMajor(b.data, n)],
        [colMajor(a.data, m), colMajor(b.data, depth)],
      ]
      for (const [left, right] of layouts) {
        const c = new Float64Array(m * n).fill(7)
        const twin = new Float64Array(m * n).fill(8)
        fast(c, left, right, m, n, depth)
        plainProduct64(twin, left, right, m, n, depth)
        expect(sameBits(c, twin)).toBe(true)
        const left32 = { ...left, data: Float32Array.from(left.data) }
        const right32 = { ...right, data: Float32Array.from(right.data) }
        const c32 = new Float32Array(m * n).fill(7)
        const twin32 = new Float32Array(m * n).fill(8)
        fast32(c32, left32, right32, m, n, depth)
        plainProduct32(twin32, left32, right32, m, n, depth)
        expect(sameBits(c32, twin32)).toBe(true)
      }
    }
  },
)

it('multiplies views that start at odd places of their buffers', () => {
  const a = random(20, 20, 'a')
  const shifted = new Float64Array(401)
  shifted.set(a.data, 1)
  const view = matrix(20, 20, shifted.subarray(1))
  expect(sameBits(gemm(view, view).data, gemm(a, a).data)).toBe(true)
})

it('stays within its error bound of compensated sums, in float64 and float32', () => {
  const [m, n, depth] = [9, 11, 700]
  const a = random(m, depth, 'a')
  const b = random(depth, n, 'b')
  const c = gemm(a, b)
  const a32 = toF32(a)
  const b32 = toF32(b)
  const c32 = gemmF32(a32, b32)
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      for (const [x, y, z, u] of [
        [a, b, c, 2 ** -53],
        [a32, b32, c32, 2 ** -24],
      ] as const) {
        let sum = 0
        let lost = 0
        let size = 0
        for (let k = 0; k < depth; k++) {
          const term = x.data[i * depth + k] * y.data[k * n + j] - lost
          const next = sum + term
          lost = next - sum - term
          sum = next
          size += Math.abs(term)
        }
        expect(Math.abs(z.data[i * n + j] - sum)).toBeLessThanOrEqual(
          (256 + depth / 256) * u * size,
        )
      }
    }
  }
})

it('takes transposed factors', () => {
  const a = random(30, 40, 'a')
  const b = random(40, 20, 'b')
  const c = gemm(a, b)
  expect(gemm(transpose(a), b, { transposeA: true })).toEqual(c)
  expect(gemm(a, transpose(b), { transposeB: true })).toEqual(c)
  expect(gemm(transpose(a), transpose(b), { transposeA: true, transposeB: true })).toEqual(c)
  expect(gemmF32(toF32(transpose(a)), toF32(b), { transposeA: true })).toEqual(
    gemmF32(toF32(a), toF32(b)),
  )
})

it('gives the same bits in place, again and again', () => {
  const a = random(50, 60, 'a')
  const b = random(60, 70, 'b')
  const c = matrix(50, 70, new Float64Array(3500).fill(NaN))
  expect(gemmInto(c, a, b)).toBe(c)
  const first = c.data.slice()
  gemm(random(300, 300, 'x'), random(300, 300, 'y'))
  expect(gemmInto(c, a, b).data).toEqual(first)
})

it('refuses dimensions that do not fit, naming them', () => {
  const a = matrix(2, 3)
  expect(() => gemm(a, a)).toThrow('gemm: expected b to have inner dimension 3 to fit a, got 2')
  expect(() => gemm(a, a, { transposeA: true, transposeB: true })).toThrow(
    'gemm: expected b to have inner dimension 2 to fit a, got 3',
  )
  expect(() => gemmInto(matrix(3, 2), a, matrix(3, 4))).toThrow(
    'gemm: expected c to be 2 × 4, got 3 × 2',
  )
  expect(() => gemm({ rows: 2, cols: 2, data: new Float64Array(3) }, a)).toThrow(
    'gemm: expected a.data to have length',
  )
  expect(() => gemmF32Into(toF32(a), toF32(a), toF32(a))).toThrow('gemmF32: expected b to have')
})
