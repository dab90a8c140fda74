import { InputError } from '@nonconvex/experiments'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { separableParams } from './params.js'
import { pointsOfCsv } from './point-file.js'
import { pointsOf } from './point-sets.js'
import {
  csvOfPoints,
  formatPoints,
  MAX_POINTS,
  parsePoints,
  pointSetNames,
  rounded,
} from './points.js'

const label = fc.constantFrom<(1 | -1)[]>(1, -1)
const coordinate = fc.integer({ min: -100, max: 100 }).map((steps) => steps / 100)
const sorted = (points: readonly ReturnType<typeof rounded>[]) =>
  [1, -1].flatMap((side) => points.filter((point) => point.label === side))
const points = fc
  .array(fc.record({ x: coordinate, y: coordinate, label }), { maxLength: MAX_POINTS })
  .map((all) => sorted(all.map(rounded)))

test('points are read as they are written, in an address and in a file', () => {
  fc.assert(
    fc.property(points, (drawn) => {
      const text = formatPoints(drawn)
      expect(parsePoints(text)).toEqual(drawn)
      expect(separableParams.parse({ points: text }).points).toBe(text)
      if (new Set(drawn.map((point) => point.label)).size === 2)
        expect(pointsOfCsv(csvOfPoints(drawn))).toEqual(drawn)
    }),
    { numRuns: 50 },
  )
})

test.for(['', 'circle', '000', '0000', 'zzzz-', '0000-00', `${'0000'.repeat(MAX_POINTS + 1)}-`])(
  'the text "%s" is refused at its field',
  (text) => {
    const refuse = () => separableParams.parse({ points: text })
    expect(refuse).toThrow(InputError)
    expect(refuse).toThrow(/parameter points: expected/)
  },
)

test('each named set has both classes inside the square, and is the same for a seed', () => {
  for (const name of pointSetNames) {
    const drawn = pointsOf(name, 3)
    expect(new Set(drawn.map((point) => point.label)).size).toBe(2)
    expect(drawn.every(({ x, y }) => Math.abs(x) <= 1 && Math.abs(y) <= 1)).toBe(true)
    expect(parsePoints(formatPoints(drawn))).toEqual(drawn)
    expect(pointsOf(name, 3)).toEqual(drawn)
  }
})

test('a file with other columns, too many rows or no numbers is refused', () => {
  expect(() => pointsOfCsv('a,b,c,label\n1,2,3,x\n2,3,4,y\n')).toThrow(/two features/)
  const rows = Array.from({ length: MAX_POINTS + 1 }, (_, i) => `${i},${i},${i % 2}`)
  expect(() => pointsOfCsv(['x,y,label', ...rows].join('\n'))).toThrow(/at most 200/)
  expect(() => pointsOfCsv('x,y,label\n1,,a\n1,2,b\n')).toThrow(/line 2, column 2/)
  // what lies outside is moved into the picture
  expect(pointsOfCsv('x,y,label\n-10,0,0\n30,500,1\n')).toEqual([
    { x: 0.95, y: 0.95, label: 1 },
    { x: -0.95, y: -0.95, label: -1 },
  ])
})
