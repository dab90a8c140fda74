import { expect, test } from 'vitest'
import { dotStyle, lineStyle } from './line-styles.js'

const different = (styles: readonly object[]): number =>
  new Set(styles.map((style) => JSON.stringify(style))).size

test('no two of many lines, or groups of points, look the same', () => {
  const nth = Array.from({ length: 24 }, (_, i) => i)
  expect(different(nth.map(lineStyle))).toBe(24)
  expect(different(nth.map(dotStyle))).toBe(24)
})

test('neighbors differ in shape as well as in filling', () => {
  for (let i = 0; i < 12; i++) {
    expect(dotStyle(i).symbol).not.toBe(dotStyle(i + 1).symbol)
    expect(lineStyle(i).dash).not.toBe(lineStyle(i + 1).dash)
  }
})
