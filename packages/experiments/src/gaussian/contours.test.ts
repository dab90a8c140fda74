import { expect, test } from 'vitest'
import { passLevel } from './contours.js'

test('the lowest pass between two basins of a grid, not over the edge of a row', () => {
  const value = Float64Array.from([0, 9, 9, 5, 1, 9, 9, 2, 3, 4, 9, 1, 9, 6, 2, 0])
  expect(passLevel(value, 0, 15)).toBe(6)
  expect(passLevel(value, 0, 0)).toBe(0)
})
