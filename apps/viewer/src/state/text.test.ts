import { expect, test } from 'vitest'
import { numberText, secondsText, textOf } from './text.js'

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
