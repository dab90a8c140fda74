import { expect, test } from 'vitest'
import { differences } from './differences.js'

test('equal data do not differ', () => {
  expect(differences({ a: [1, 'x', null] }, { a: [1, 'x', null] }, 0)).toEqual([])
})

test('each difference is named by its path', () => {
  expect(differences({ a: [1, 2], b: 'x' }, { a: [1, 3], c: 'x' }, 0)).toEqual([
    'a.1: 2, 3',
    'b: "x", undefined',
    'c: undefined, "x"',
  ])
})

test('numbers may differ by the tolerance and not by more', () => {
  expect(differences([100, 1e-17], [100 + 5e-11, 0], 1e-12)).toEqual([])
  expect(differences([100], [100 + 5e-10], 1e-12)).toHaveLength(1)
  expect(differences([1e-17], [0], 0)).toHaveLength(1)
  expect(differences([NaN], [0], 1)).toHaveLength(1)
})
