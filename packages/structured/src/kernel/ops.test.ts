import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import type { Block, Ops } from './ops.js'
import { plainOps } from './plain-ops.js'
import { exp32 } from './plain-softmax.js'
import { wasmOps } from './wasm-ops.js'

const kernels = wasmOps()
if (!kernels) throw new Error('WebAssembly with SIMD does not start here')
const twin = plainOps('float32')
const both: readonly Ops[] = [kernels, twin]
const special = [NaN, Infinity, -Infinity, -0, 1e-42, -3e-40, 3e38]

/** Runs one step on both and compares all numbers that it was given, by their bits. */
function same(
  seed: number,
  step: (ops: Ops, block: (rows: number, n: number) => Block, index: Indices) => void,
  specials = false,
): void {
  const bits = both.map((ops) => {
    ops.space.release(4)
    const source = stream(seed)
    const block = (rows: number, n: number): Block => {
      const ld = n + 4 * source.integer(3)
      const at = ops.space.reserve(Math.max(4, rows * ld + 8))
      const values = source.normalInto(new Float64Array(rows * ld + 8))
      if (specials)
        for (let t = 0; t < 4; t++)
          values[source.integer(values.length)] = special[source.integer(special.length)]
      ops.space.floats.set(values, at)
      return { at, ld }
    }
    const index = (values: ArrayLike<number>): number => {
      const at = ops.space.reserve(values.length + 1)
      ops.space.ints.set(values, at)
      return at
    }
    step(ops, block, index)
    const all = ops.space.ints.slice(0, ops.space.used)
    // which NaN it is, and a first page that nobody reserved, do not matter
    return all.map((word, at) => (Number.isNaN(ops.space.floats[at]) ? 1 : word))
  })
  expect(bits[0].length).toBe(bits[1].length)
  const at = bits[0].findIndex((word, i) => word !== bits[1][i])
  expect(at, `first difference at ${at}`).toBe(-1)
}

type Indices = (values: ArrayLike<number>) => number

const sizes = [0, 1, 2, 3, 4, 5, 7, 33, 66, 130]

describe.each([false, true])(
  'kernels and twin give the same bits (special values: %s)',
  (specials) => {
    it('products', () => {
      for (const [t, m] of sizes.entries())
        for (const [k, n] of [
          [0, 4],
          [1, 8],
          [5, 12],
          [8, 20],
          [6, 4],
        ])
          for (const accumulate of [false, true]) {
            same(
              100 + t,
              (ops, block) => {
                const [c, a, b] = [block(m, n), block(m, k), block(k, n)]
                const panels = ops.space.reserve(k * n + 4)
                ops.gemm(c, a, b, m, k, n, { panels, accumulate })
                ops.space.floats.fill(0, panels)
                ops.gemmT(b, a, c, m, k, n)
              },
              specials,
            )
            same(
              200 + t,
              (ops, block) => {
                const cols = Math.max(1, n - 2)
                const [c, a, b] = [block(m, n), block(m, k), block(n, k)]
                const panels = ops.space.reserve(k * n + 4)
                ops.gemm(c, a, b, m, k, cols, { panels, accumulate, transposed: true })
                ops.space.floats.fill(0, panels)
              },
              specials,
            )
          }
    })

    it('rows and segments', () => {
      for (const [t, m] of sizes.entries())
        for (const n of [4, 12]) {
          same(
            300 + t,
            (ops, block, index) => {
              const source = stream(9).child('index', t)
              const some = (): number => index(new Int32Array(m).map(() => source.integer(5)))
              const [x, y, d] = [block(m, n), block(m, n), block(m, n)]
              const five = block(5, n)
              const row = block(1, n)
              ops.addRow(x, row.at, m, n)
              ops.sumRows(row.at, x, m, n)
              ops.gatherAdd(x, five, some(), m, n)
              ops.scatterAdd(five, y, some(), m, n)
              ops.relu(y, m, n)
              ops.mask(d, y, m, n)
              const start = index([0, Math.floor(m / 3), Math.floor(m / 3), m])
              const of = { start, count: 3 }
              for (const mean of [false, true])
                for (const linear of [false, true]) {
                  const out = block(3, n)
                  ops.segmentSum(out, x, of, n, mean)
                  ops.segmentSpread(block(m, n), out, y, of, n, { mean, linear })
                }
              ops.segmentSpread(d, block(3, n), y, of, n, { mean: false, linear: false })
              // segments that do not start at the first row
              const later = { start: index([Math.floor(m / 2), m]), count: 1 }
              ops.segmentSpread(block(m, n), block(1, n), y, later, n, {
                mean: true,
                linear: false,
              })
              ops.clear(five, 4, n)
            },
            specials,
          )
        }
    })

    it('pairs and couples', () => {
      for (const [t, m] of sizes.entries())
        for (const n of [8, 24]) {
          same(
            500 + t,
            (ops, block, index) => {
              const source = stream(9).child('couples', t)
              const some = (): number => index(new Int32Array(m).map(() => source.integer(5)))
              const pairs = { i: some(), j: some(), count: m }
              const [u, d, h] = [block(m, n), block(m, n), block(m, n)]
              const at = block(5, 2 * n)
              const other = { at: at.at + n, ld: at.ld }
              ops.pairHidden(u, at, other, pairs, n)
              // a third of the pairs are alone
              const alone = Math.floor(m / 3)
              const couples = Math.floor((m - alone) / 2)
              const rows = Array.from({ length: couples + alone }, (_, q) => q)
              const first = index(rows.map((q) => (q < couples ? 2 * q : couples + q)))
              const second = index(rows.map((q) => (q < couples ? 2 * q + 1 : -1)))
              const of = { first, second, i: pairs.i, j: pairs.j, count: rows.length }
              const plus = block(m, n)
              const minus = { at: block(m, plus.ld).at, ld: plus.ld }
              ops.fold(plus, minus, u, of, n, 0.5)
              ops.coupleHidden(h, plus, minus, at, other, of, n)
              ops.coupleBack(plus, minus, d, h, at, other, of, n)
              ops.unfold(u, plus, minus, of, n, 0.5)
              const start = index([0, Math.floor(m / 3), Math.floor(m / 3), m])
              for (const mean of [false, true]) {
                const dOut = block(3, n)
                const segments = { start, count: 3 }
                const signs = ops.space.reserve((m * n) / 8 + 1)
                ops.pairSum(dOut, signs, u, at, other, segments, pairs.j, n, mean)
                ops.pairSpread(d, at, other, dOut, signs, segments, pairs.j, n, mean)
              }
              const y = { at: block(m, u.ld).at, ld: u.ld }
              ops.sumAndDifference(plus, minus, u, y, m, n)
              ops.addBack(u, y, plus, minus, m, n)
            },
            specials,
          )
        }
    })

    it('attention, cross-entropy and Adam', () => {
      for (const [t, m] of sizes.entries())
        for (const [one, linear] of [
          [false, false],
          [true, false],
          [false, true],
          [true, true],
        ]) {
          same(
            400 + t,
            (ops, block, index) => {
              const n = 8
              const of = { start: index([0, Math.floor(m / 3), Math.floor(m / 3), m]), count: 3 }
              const [h, w, dh, dw] = [block(m, n), block(m, n), block(m, n), block(m, n)]
              const out = block(3, n)
              const dOut = { at: block(3, n + 8).at, ld: out.ld }
              ops.relu(h, m, n)
              ops.attend(out, h, w, of, n, one)
              ops.attendBack({ dh, dw, dOut, out, h, w }, of, n, { one, linear })
              const label = index(new Int32Array(m).map((_, r) => r % 5))
              const labeled = { label, weight: block(1, m).at, loss: block(1, 2 * m).at }
              ops.crossEntropy(dh, labeled, m, 6)
            },
            specials,
          )
        }
      same(7, (ops, block) => {
        const [p, g, m, v] = Array.from({ length: 4 }, () => block(1, 64).at)
        ops.space.floats.forEach((x, at, all) => {
          if (at >= v && at < v + 64) all[at] = Math.abs(x)
        })
        const step = { rate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }
        ops.adam({ p, g, m, v, count: 64 }, { ...step, first: 0.1, second: 0.001 })
      })
    })
  },
)

it('the exponential of float32 is right to 2 ulp down to e^−87', () => {
  for (let t = 0; t <= 87_000; t++) {
    const x = Math.fround(-t / 1000)
    const exact = Math.exp(x)
    expect(Math.abs(exp32(x) / exact - 1)).toBeLessThan(2 ** -22)
  }
  expect(exp32(0)).toBe(1)
  expect(exp32(-1000)).toBe(exp32(-87))
})
