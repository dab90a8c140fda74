import { describe, expect, it } from 'vitest'
import { sectorsOf } from './sectors.js'

const SIZE = 9
const at = (i: number): number => (2 * i) / (SIZE - 1) - 1
const gridOf = (f: (x: number, y: number) => number): Float64Array =>
  Float64Array.from({ length: SIZE * SIZE }, (_, i) => f(at(i % SIZE), at(Math.floor(i / SIZE))))

/** The sign of the sector over a point, 0 if there is none. */
function signAt(sectors: ReturnType<typeof sectorsOf>, x: number, y: number): number {
  const found = sectors.filter(({ region }) => {
    const end = region.findIndex((at) => Math.sign(at.x) === Math.sign(x) && at.x / x >= 1)
    if (end < 1) return false
    const [from, to] = [region[end - 1], region[end]]
    const fraction = (x - from.x) / (to.x - from.x)
    const on = (side: 'low' | 'high'): number => from[side] + fraction * (to[side] - from[side])
    return on('low') < y && y < on('high')
  })
  expect(found.length).toBeLessThanOrEqual(1)
  return found.length === 0 ? 0 : found[0].positive ? 1 : -1
}

describe('the sectors of a sign', () => {
  const bent = (x: number, y: number): number => Math.abs(x) - 0.6 * y - 0.9 * Math.max(0, x - y)
  it.each([
    ['a linear function', (x: number, y: number) => 0.3 * x + y],
    ['a function with a kink', bent],
    ['one that is never positive', (x: number, y: number) => -Math.max(Math.abs(x), Math.abs(y))],
  ])('of %s cover the square with its signs', (_, f) => {
    const sectors = sectorsOf(gridOf(f), SIZE, 1)
    for (const x of [-0.93, -0.51, -0.07, 0.13, 0.77])
      for (const y of [-0.97, -0.42, 0.11, 0.58, 0.89])
        expect(signAt(sectors, x, y)).toBe(Math.sign(f(x, y)))
  })

  it('end where a linear function is 0, also on the upright axis', () => {
    const [low, high] = sectorsOf(
      gridOf((x) => x),
      SIZE,
      1,
    )
    const ends = (high: number) => [0, 1].map((x) => ({ x, low: -1, high }))
    expect(low).toEqual({ positive: false, region: ends(-1) })
    expect(high).toEqual({ positive: true, region: ends(1) })
  })
})
