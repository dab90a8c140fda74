import { expect, it } from 'vitest'
import type { Identity } from './philox.js'
import { plainSource } from './source.js'
import { bestSource, wasmSource } from './wasm-source.js'

const wasm = wasmSource()
if (!wasm) throw new Error('this platform should run WebAssembly with SIMD')

const identities: Identity[] = [
  [0, 0, 0, 0],
  [1, 2, 3, 4],
  [0xffffffff, 0x80000000, 0x7fffffff, 0xdeadbeef],
]
const sizes = [0, 2, 4, 6, 8, 10, 126, 1022, 1024, 1026, 2050, 5000]
const starts = [0, 2, 4, 8192, 2 ** 33 - 4, 2 ** 33 + 6, 2 ** 52]

const same = (a: ArrayBufferView, b: ArrayBufferView) =>
  Buffer.compare(Buffer.from(a.buffer as ArrayBuffer), Buffer.from(b.buffer as ArrayBuffer)) === 0

it.each(['uniforms', 'normals'] as const)(
  'makes the same %s as the plain twin, bit for bit',
  (kind) => {
    for (const id of identities) {
      for (const first of starts) {
        for (const n of sizes) {
          const a = new Float64Array(n)
          const b = new Float64Array(n)
          wasm[kind](a, id, first)
          plainSource[kind](b, id, first)
          expect(same(a, b), `${n} from ${first}`).toBe(true)
        }
      }
    }
  },
)

it('makes the same words as the plain twin', () => {
  for (const id of identities) {
    for (const first of starts) {
      for (const n of sizes) {
        const a = new Uint32Array(2 * n)
        const b = new Uint32Array(2 * n)
        wasm.words(a, id, first)
        plainSource.words(b, id, first)
        expect(same(a, b), `${n} from ${first}`).toBe(true)
      }
    }
  }
})

it('agrees with the twin far out in the tails, over 2 million normals', () => {
  const a = new Float64Array(2e6)
  const b = new Float64Array(2e6)
  wasm.normals(a, [5, 6, 7, 8], 0)
  plainSource.normals(b, [5, 6, 7, 8], 0)
  expect(Math.max(...[...a.subarray(0, 1e5)].map(Math.abs))).toBeGreaterThan(4)
  expect(same(a, b)).toBe(true)
})

it('fills a view that starts at an odd place of its buffer', () => {
  const whole = new Float64Array(9)
  wasm.normals(whole.subarray(1, 7), [1, 2, 3, 4], 0)
  const alone = new Float64Array(6)
  plainSource.normals(alone, [1, 2, 3, 4], 0)
  expect([...whole]).toEqual([0, ...alone, 0, 0])
})

it('is what streams use here', () => {
  expect(bestSource()).not.toBe(plainSource)
})
