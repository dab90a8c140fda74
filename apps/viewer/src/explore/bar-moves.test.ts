import { expect, test } from 'vitest'
import { afterKey, snapped } from './bar-moves.js'

const range = { min: -1, max: 1, step: 0.05 }

test('a dragged value is a step within the range, and its zero has no sign', () => {
  expect(snapped(0.123, range)).toBe(0.1)
  expect(snapped(7, range)).toBe(1)
  expect(Object.is(snapped(-0.01, range), 0)).toBe(true)
})

test('keys move by a step, with Shift by a tenth, and stay within the range', () => {
  expect(afterKey('ArrowUp', false, 0.1, range)).toBe(0.15)
  expect(afterKey('ArrowLeft', true, 0.1, range)).toBe(0.095)
  expect(afterKey('PageDown', false, 0.1, range)).toBe(-0.15)
  expect(afterKey('ArrowUp', false, 0.99, range)).toBe(1)
  expect(['Home', 'End'].map((key) => afterKey(key, false, 0, range))).toEqual([-1, 1])
  expect(afterKey('a', false, 0, range)).toBeUndefined()
})
