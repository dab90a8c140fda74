import { expect, it } from 'vitest'
import { blocksInto, philoxInto } from './philox.js'

const block = (counter: [number, number, number, number], key: [number, number]): string => {
  const out = new Uint32Array(4)
  philoxInto(out, 0, ...counter, ...key)
  return [...out].map((x) => x.toString(16).padStart(8, '0')).join(' ')
}

it('gives the known answers of Random123 for philox4x32, 10 rounds', () => {
  const ff = 0xffffffff
  expect(block([0, 0, 0, 0], [0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8')
  expect(block([ff, ff, ff, ff], [ff, ff])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd')
  expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toBe(
    'd16cfe09 94fdcceb 5001e420 24126ea1',
  )
})

it('agrees with 64-bit integer arithmetic on arbitrary counters and keys', () => {
  const wide = (c: number[], k: number[]): string => {
    let [c0, c1, c2, c3] = c.map(BigInt)
    let [k0, k1] = k.map(BigInt)
    for (let r = 0; r < 10; r++) {
      const p = 0xd2511f53n * c0
      const q = 0xcd9e8d57n * c2
      ;[c0, c1, c2, c3] = [
        (q >> 32n) ^ c1 ^ k0,
        q & 0xffffffffn,
        (p >> 32n) ^ c3 ^ k1,
        p & 0xffffffffn,
      ]
      k0 = (k0 + 0x9e3779b9n) & 0xffffffffn
      k1 = (k1 + 0xbb67ae85n) & 0xffffffffn
    }
    return [c0, c1, c2, c3].map((x) => x.toString(16).padStart(8, '0')).join(' ')
  }
  let x = 12345
  const next = () => (x = Math.imul(x, 1664525) + 1013904223) >>> 0
  for (let i = 0; i < 500; i++) {
    const c: [number, number, number, number] = [next(), next(), next(), next()]
    const k: [number, number] = [next(), next()]
    expect(block(c, k)).toBe(wide(c, k))
  }
})

it('counts blocks beyond 2^32 in the second word of the counter', () => {
  const two = new Uint32Array(8)
  blocksInto(two, [1, 2, 3, 4], 2 ** 32 - 1)
  const last = new Uint32Array(4)
  philoxInto(last, 0, 0, 1, 3, 4, 1, 2)
  expect(two.subarray(4)).toEqual(last)
})
