import { expect, test } from 'vitest'
import { pointLooks } from '../figure/critical-points.js'
import { dotStyle, inOrder, lineStyle } from './line-styles.js'

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

test('curves in the order of a number get deeper, the last one full', () => {
  const opacities = [0, 1, 2].map((i) => inOrder(i, 3).opacity)
  expect(opacities).toEqual(opacities.toSorted((a, b) => a - b))
  expect(different(opacities.map((opacity) => ({ opacity })))).toBe(3)
  expect([inOrder(2, 3).opacity, inOrder(0, 1).opacity]).toEqual([1, 1])
})

test('orange is left to bounds: no style of data or of critical points has it', () => {
  const tones = [
    ...[0, 1, 2, 3, 4, 5, 6].map((i) => lineStyle(i).tone),
    inOrder(0, 2).tone,
    ...Object.values(pointLooks).map(({ tone }) => tone),
  ]
  expect(tones).not.toContain('bound')
})
