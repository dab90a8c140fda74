import type { Json } from '@nonconvex/optim/claims'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { plain } from '../result/canonical.js'
import { pack } from '../result/packed.js'
import { compare } from './compare.js'

const json = fc.jsonValue().map((value) => plain(value) as Json)

it('finds nothing between equal data', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(compare(value, structuredClone(value), 'x')).toEqual([])
    }),
  )
})

it('finds something exactly where the canonical texts differ', () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      const same = JSON.stringify(plain(a)) === JSON.stringify(plain(b))
      expect(compare(a, b, 'x').length === 0).toBe(same)
    }),
  )
})

it('names the path, and what is missing on which side', () => {
  expect(compare({ a: [1, 2], b: 0 }, { a: [1, 3], c: 0 }, 'x')).toEqual([
    { path: 'x.a[1]', recorded: 2, recomputed: 3, relative: 1 / 3 },
    { path: 'x.b', recorded: 0, relative: Infinity },
    { path: 'x.c', recomputed: 0, relative: Infinity },
  ])
  expect(compare([1], [1, 2], 'x')[0].path).toBe('x.length')
  expect(compare(0, 1e-300, 'x')[0].relative).toBe(1)
})

it('compares packed arrays number by number, and gives the worst', () => {
  const packed = (...values: number[]): Json => ({ ...pack(Float64Array.from(values)) })
  expect(compare(packed(1, 2, 4), packed(1, 2.5, 4.1), 'x')).toEqual([
    { path: 'x[1]', recorded: 2, recomputed: 2.5, relative: 0.2 },
  ])
  expect(compare(packed(0), packed(-0), 'x')).toEqual([])
  expect(compare(packed(1), packed(1, 2), 'x')[0].relative).toBe(Infinity)
  const torn = { ...pack(Float64Array.of(1)), base64: 'AAAA' }
  expect(compare(torn, packed(1), 'x')[0].relative).toBe(Infinity)
})
