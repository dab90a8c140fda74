import { InputError } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { landscapeParams } from './params.js'
import {
  EDGE,
  formatInitialPoints,
  initialPointsForm,
  MAX_INITIAL_POINTS,
  parseInitialPoints,
  refusalOf,
  rounded,
  withInitialPoint,
} from './initial-points.js'

const message = (starts: string) => {
  try {
    return landscapeParams.parse({ starts }).starts
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    expect(error.issues.map(({ where }) => where)).toEqual(['starts'])
    return error.message
  }
}

test('starts are read as they are written', () => {
  expect(parseInitialPoints('none')).toEqual([])
  expect(parseInitialPoints(' 0.8, -.5,1,0.25')).toEqual([
    { x: 0.8, y: -0.5 },
    { x: 1, y: 0.25 },
  ])
  for (const text of ['none', '0.8,-0.5', '0.8,-0.5,1,0.25'])
    expect(formatInitialPoints(parseInitialPoints(text))).toBe(text)
})

test('an invalid list of initial points is refused with what is expected', () => {
  // the form is stated in full, and what was got by its place or number
  for (const [starts, got] of [
    ['1,2,3', 'number 2 is "2"'],
    ['1,1,1', '3 numbers'],
    ['1,x', 'number 2 is "x"'],
    ['1,,1', 'number 2 is ""'],
    ['0,-0', '0,0'],
    ['1,0.5,-1,0,1.0,0.50', '1,0.5 twice'],
    [Array(26).fill('1').join(), '13 points'],
  ] as const) {
    const [expected, found] = message(starts).split(', got ')
    expect(expected).toBe(`parameter starts: expected ${initialPointsForm}`)
    expect(found).toContain(got)
  }
})

test('a start is kept to thousandths inside the plane, and the oldest leaves', () => {
  expect(rounded({ x: 0.12345, y: -9 })).toEqual({ x: 0.123, y: -EDGE })
  expect(Object.is(rounded({ x: -0.0001, y: 1 }).x, 0)).toBe(true)
  const full = Array.from({ length: MAX_INITIAL_POINTS }, (_, i) => ({ x: 0.1 * (i + 1), y: 1 }))
  const next = withInitialPoint(full, { x: 0.5, y: 0.5 })
  expect(next).toHaveLength(MAX_INITIAL_POINTS)
  expect(next.slice(0, -1)).toEqual(full.slice(1))
  expect(next.at(-1)).toEqual({ x: 0.5, y: 0.5 })
})

test('no descent starts at the origin, nor twice at one place', () => {
  const points = [{ x: 1, y: 0.5 }]
  expect(refusalOf({ x: 0, y: 0 }, points)).toContain('origin')
  expect(refusalOf({ x: 1, y: 0.5 }, points)).not.toBe('')
  expect(refusalOf({ x: 1, y: 0.501 }, points)).toBe('')
})

test('as many starts as there can be fit into an address', () => {
  const longest = Array.from({ length: MAX_INITIAL_POINTS }, (_, i) => ({
    x: -1.234,
    y: -1.2 - 0.001 * (i + 1),
  })).map(rounded)
  const text = formatInitialPoints(longest)
  expect(landscapeParams.parse({ starts: text }).starts).toBe(text)
})
