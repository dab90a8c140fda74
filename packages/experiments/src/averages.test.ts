import { expect, it } from 'vitest'
import { groupsBy, mean, meanKnown, meanOfAll, median } from './averages.js'

it('means and medians', () => {
  expect(mean([1, 2, 6])).toBe(3)
  expect(mean([])).toBeNaN()
  expect(median([9, 1, 5])).toBe(5)
  expect(median([10, 9, 2, 1])).toBe(2)
  expect(median([])).toBeNull()
})

it('means of numbers of which some are missing', () => {
  expect(meanKnown([1, null, 3])).toBe(2)
  expect(meanKnown([null])).toBeNull()
  expect(meanOfAll([1, null, 3])).toBeNull()
  expect(meanOfAll([1, 3])).toBe(2)
  expect(meanOfAll([])).toBeNull()
})

it('groups by a number, ascending, each in the order of the rows', () => {
  const rows = ['bb', 'a', 'cc', 'ddd']
  expect(groupsBy(rows, (row) => row.length)).toEqual([
    { at: 1, rows: ['a'] },
    { at: 2, rows: ['bb', 'cc'] },
    { at: 3, rows: ['ddd'] },
  ])
})
