import { expect, test } from 'vitest'
import { DRAWS, failureRates, wallOf } from './wall.js'

const at = (k: number, alpha = 0, d = 64) => wallOf({ d, k, alpha }, 1)

test('the dark columns are the coordinates that SGD misclassifies; a slope lights all of them', () => {
  for (const k of [1, 3, 5]) {
    const wall = at(k)
    const dark = Array.from({ length: wall.d }, (_, i) => i).filter((i) =>
      Array.from({ length: k }, (_, j) => wall.active[j * wall.d + i]).every((on) => on === 0),
    )
    expect(wall.dead).toEqual(dark)
    expect(wall.wrong).toEqual(dark)
    expect(wall.status).toBe(dark.length > 0 ? 'stuck' : 'converged')
    expect([at(k, 0.1).wrong, at(k, 0.1).status]).toEqual([[], 'converged'])
  }
})

test('one more unit is one more row', () => {
  const [narrow, wide] = [at(5), at(6)]
  expect(wide.active.subarray(0, 5 * 64)).toEqual(narrow.active)
  expect(wide.dead.every((i) => narrow.dead.includes(i))).toBe(true)
})

test('random initializations fail as often as the exact probability says', () => {
  for (const d of [2, 64, 256]) {
    const rates = failureRates(d, 1)
    for (const { k, probability, failed, low, high } of rates) {
      expect(probability).toBeCloseTo(1 - (1 - 2 ** -k) ** d, 12)
      // 99 % intervals of 48 widths: a few may miss, none by far
      const spread = Math.sqrt((probability * (1 - probability)) / DRAWS)
      expect(Math.abs(failed / DRAWS - probability)).toBeLessThan(4.5 * spread + 1 / DRAWS)
      expect(low).toBeLessThanOrEqual(failed / DRAWS)
      expect(high).toBeGreaterThanOrEqual(failed / DRAWS)
    }
    const half = rates.find(({ probability }) => probability < 0.64)
    expect(Math.abs((half?.k ?? NaN) - Math.log2(d))).toBeLessThanOrEqual(1)
  }
})
