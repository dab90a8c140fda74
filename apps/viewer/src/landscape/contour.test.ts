import { expect, test } from 'vitest'
import { Contours, type Ring } from './contour.js'
import { depth, isNamed, levelsUpTo } from './levels.js'

const grid = (n: number, f: (x: number, y: number) => number) =>
  Float64Array.from({ length: n * n }, (_, i) => f(i % n, Math.floor(i / n)))

/** Positive if the inside lies to the left. */
function area(ring: Ring): number {
  let sum = 0
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length
    sum += ring[i] * ring[j + 1] - ring[j] * ring[i + 1]
  }
  return sum / 2
}

test('the line around a bowl is a circle with the bowl on its left', () => {
  const n = 41
  const rings = new Contours(
    n,
    grid(n, (x, y) => Math.hypot(x - 20, y - 20)),
  ).below(12)
  expect(rings).toHaveLength(1)
  for (let i = 0; i < rings[0].length; i += 2)
    expect(Math.hypot(rings[0][i] - 20, rings[0][i + 1] - 20)).toBeCloseTo(12, 1)
  expect(area(rings[0]) / (Math.PI * 144)).toBeCloseTo(1, 2)
})

test('around a peak the line turns the other way, so that the even-odd rule leaves a hole', () => {
  const n = 21
  const rings = new Contours(
    n,
    grid(n, (x, y) => -Math.hypot(x - 10, y - 10)),
  ).below(-5)
  const areas = rings.map(area).sort((a, b) => a - b)
  expect(areas).toHaveLength(2)
  expect(areas[0] / (-Math.PI * 25)).toBeCloseTo(1, 1)
  // the outer line is the edge of the grid
  expect(areas[1]).toBeCloseTo(400, 9)
})

test('a linear function has its line exactly where it takes the level', () => {
  const rings = new Contours(
    5,
    grid(5, (x) => x),
  ).below(1.25)
  expect(rings).toHaveLength(1)
  const xs = [...rings[0]].filter((_, i) => i % 2 === 0)
  expect(Math.max(...xs)).toBe(1.25)
  expect(area(rings[0])).toBeCloseTo(1.25 * 4, 12)
})

test('where opposite corners are low, the middle decides whether they hang together', () => {
  const values = (high: number) => Float64Array.of(0, high, high, 0)
  expect(new Contours(2, values(1.5)).below(1)).toHaveLength(1)
  expect(new Contours(2, values(3)).below(1)).toHaveLength(2)
})

test('every line closes, whatever the values', () => {
  const n = 17
  let state = 1
  const noise = grid(n, () => (state = (state * 48271) % 2147483647) / 2147483647)
  const contours = new Contours(n, noise)
  for (const level of [0.2, 0.5, 0.8]) {
    const rings = contours.below(level)
    // the areas of the rings add up to the part below the level, up to what a cell can tell
    const total = rings.reduce((sum, ring) => sum + area(ring), 0)
    expect(total / (n - 1) ** 2).toBeGreaterThan(level - 0.2)
    expect(total / (n - 1) ** 2).toBeLessThan(level + 0.2)
  }
  expect(contours.below(-1)).toEqual([])
  expect(contours.below(2).map(area)).toEqual([(n - 1) ** 2])
})

test('values that are no grid are refused', () => {
  expect(() => new Contours(3, new Float64Array(8))).toThrow('expected 3 × 3 values')
})

test('levels are round numbers, ascending, over three decades', () => {
  const levels = levelsUpTo(0.66)
  expect(levels.at(0)).toBe(0.0007)
  expect(levels.at(-1)).toBe(0.5)
  expect(levels).toEqual(levels.toSorted((a, b) => a - b))
  expect(levels.filter(isNamed)).toEqual([0.001, 0.003, 0.01, 0.03, 0.1, 0.3])
  expect(levelsUpTo(0)).toEqual([])
  expect(
    [depth(0.66, 0.66), depth(0.66e-3, 0.66), depth(0, 0.66)].map((x) => x.toFixed(9)),
  ).toEqual(['1.000000000', '0.000000000', '0.000000000'])
})
