import { expect, it } from 'vitest'
import { kendall } from './kendall.js'

const rising = [1, 2, 3, 4].map((x) => [x, 10 * x] as const)
const falling = rising.map(([x, y]) => [x, -y] as const)

it('is 1 for one order, −1 for the opposite, 0 for both together and for nothing', () => {
  expect(kendall([rising])).toMatchObject({ tau: 1, pairs: 6 })
  expect(kendall([falling]).tau).toBe(-1)
  expect(kendall([rising, falling])).toMatchObject({ tau: 0, z: 0, pairs: 12 })
  expect(kendall([])).toEqual({ tau: 0, z: 0, pairs: 0 })
})

it('compares within groups only, and counts ties for neither', () => {
  const high = rising.map(([x, y]) => [x + 100, y - 1000] as const)
  expect(kendall([rising, high]).tau).toBe(1)
  const ties = [
    [1, 1],
    [1, 2],
    [2, 1],
  ] as const
  expect(kendall([ties]).tau).toBeCloseTo(-1 / 3, 15)
})

it('says how far from chance: 6 concordant pairs of 4 points are √(6²/8.67) standard deviations away', () => {
  expect(kendall([rising]).z).toBeCloseTo(6 / Math.sqrt((4 * 3 * 13) / 18), 12)
})
