import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { cardinalityLogZ } from './cardinality-distribution.js'
import { decodeCountF1 } from './decode-counted.js'
import { decodeF1 } from './decode.js'

const size = (set: number): number => set.toString(2).replaceAll('0', '').length

/** The largest expected F1 of all 2^L sets. */
function best(theta: Float64Array, f: Float64Array, empty: number): number {
  const all = 2 ** theta.length
  const p = Float64Array.from({ length: all }, (_, y) => {
    const weight = theta.reduce((sum, x, i) => sum + ((y >> i) % 2) * x, 0)
    return Math.exp(weight + (f[size(y)] ?? -Infinity) - cardinalityLogZ(theta, f))
  })
  let most = -Infinity
  for (let set = 0; set < all; set++) {
    let expected = 0
    for (let y = 0; y < all; y++) {
      const both = size(set) + size(y)
      expected += p[y] * (both === 0 ? empty : (2 * size(set & y)) / both)
    }
    most = Math.max(most, expected)
  }
  return most
}

describe('decodeCountF1', () => {
  it('has the largest expected F1 of all sets, ties and excluded counts included', () => {
    const s = stream(1)
    for (let t = 0; t < 200; t++) {
      const L = 1 + s.integer(7)
      const scale = [0.5, 2, 6][t % 3]
      const round = t % 4 === 0 ? Math.round : (x: number) => x
      const theta = s.normalInto(new Float64Array(L)).map((x) => round(scale * x))
      const f = s
        .normalInto(new Float64Array(1 + s.integer(L + 1)))
        .map((x) => (s.integer(4) === 0 ? -Infinity : scale * x))
      f[s.integer(f.length)] = 0
      for (const empty of [0, 1] as const) {
        const found = decodeCountF1(theta, f, { empty })
        expect(found.expected).toBeCloseTo(best(theta, f, empty), 12)
      }
    }
  })

  it('is decodeF1 of independent labels without a potential, for many labels, too', () => {
    const s = stream(2)
    for (const L of [3, 40, 200]) {
      const theta = s.normalInto(new Float64Array(L)).map((x) => 2 * x - 3)
      const found = decodeCountF1(theta, new Float64Array(L + 1))
      const other = decodeF1(theta.map((x) => 1 / (1 + Math.exp(-x))))
      expect(found.expected).toBeCloseTo(other.expected, 10)
      expect(found.labels).toEqual(other.labels)
    }
  })

  it('gives the most likely label where the count is known to be one and one is certain', () => {
    expect([...decodeCountF1([9, 0, 9.5], [-Infinity, 0]).labels]).toEqual([1, 0, 1])
    expect([...decodeCountF1([0, 40, 0], [-Infinity, 0]).labels]).toEqual([0, 1, 0])
    expect([...decodeCountF1([1, 2], [0]).labels]).toEqual([0, 0])
  })
})
