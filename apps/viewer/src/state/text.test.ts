import { expect, test } from 'vitest'
import { adviceOn, numberText, placesBelow, secondsText, textOf, withMinus } from './text.js'

test('numbers are short, grouped, and have a minus that is one', () => {
  expect([183491, 0.0078, -0.5601, 3.1e-9, -2.5e12, 0].map((x) => numberText(x))).toEqual([
    '183,491',
    '0.0078',
    '−0.5601',
    '3.1e−9',
    '−2,500,000,000,000',
    '0',
  ])
  expect(numberText(2 / 3, 3)).toBe('0.667')
  expect(numberText(-Infinity)).toBe('−Infinity')
})

test('values are written as fields, addresses and --set have them', () => {
  expect([3, [1, 10], true, 'hinge', -1e-9].map((value) => textOf(value))).toEqual([
    '3',
    '1,10',
    'true',
    'hinge',
    '-1e-9',
  ])
})

test('a time is no more precise than it can be', () => {
  expect([0.5, 15, 154].map(secondsText)).toEqual(['about 0.5 s', 'about 15 s', 'about 2.6 min'])
})

test('negative numbers of a sentence get a minus, other hyphens stay', () => {
  expect(withMinus('at most -0.0326, in [-1, 2e-9], x-2, k - 1, 3-fold')).toBe(
    'at most −0.0326, in [−1, 2e-9], x-2, k - 1, 3-fold',
  )
})

test('a caption names the places of panels that are below each other', () => {
  const caption = 'Left: the loss. Right: its gradient. Right is no place here.'
  expect(placesBelow(caption)).toBe('Above: the loss. Below: its gradient. Right is no place here.')
})

test('a lost network is not the fault of the values', () => {
  const lost = 'Failed to fetch dynamically imported module: http://localhost/work.js'
  expect(adviceOn(lost)).toContain('network')
  expect(adviceOn('worker: its script could not be loaded')).toContain('network')
  expect(adviceOn('parameter n: expected at most 100, got 5000')).toContain('values')
})
