import { expect, it } from 'vitest'
import { mean, median } from './averages.js'

it('means and medians', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect(mean([])).toBeNaN()
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 9, 2, 1])).toBe(2)
  expect(median([])).toBeNull()
})
