import { InputError } from '@nonconvex/experiments'
import { expect, test } from 'vitest'
import { landscapeParams } from './explorer.js'
import {
  EDGE,
  formatStarts,
  MOST_STARTS,
  parseStarts,
  refusalOf,
  rounded,
  withStart,
} from './starts.js'

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
  expect(parseStarts('none')).toEqual([])
  expect(parseStarts(' 0.8, -.5,1,0.25')).toEqual([
    { x: 0.8, y: -0.5 },
    { x: 1, y: 0.25 },
  ])
  for (const text of ['none', '0.8,-0.5', '0.8,-0.5,1,0.25'])
    expect(formatStarts(parseStarts(text))).toBe(text)
})

test('what is no list of starts is said with what is expected', () => {
  const expected = 'parameter starts: expected none, or up to 12 starts as x,y,x,y in [−1.5, 1.5]'
  expect(message('1,2,3')).toBe(`${expected}, got number 2 is "2"`)
  expect(message('1,1,1')).toBe(`${expected}, got 3 numbers, an odd count: each start has two`)
  expect(message('1,x')).toBe(`${expected}, got number 2 is "x"`)
  expect(message('1,,1')).toBe(`${expected}, got number 2 is ""`)
  expect(message('0,-0')).toBe(`${expected}, got a start at 0,0, where the loss has no gradient`)
  expect(message('1,0.5,-1,0,1.0,0.50')).toBe(`${expected}, got a start at 1,0.5 twice`)
  expect(message(Array(26).fill('1').join())).toBe(`${expected}, got 13 starts`)
})

test('a start is kept to thousandths inside the plane, and the oldest leaves', () => {
  expect(rounded({ x: 0.12345, y: -9 })).toEqual({ x: 0.123, y: -EDGE })
  expect(Object.is(rounded({ x: -0.0001, y: 1 }).x, 0)).toBe(true)
  const full = Array.from({ length: MOST_STARTS }, (_, i) => ({ x: 0.1 * (i + 1), y: 1 }))
  const next = withStart(full, { x: 0.5, y: 0.5 })
  expect(next).toHaveLength(MOST_STARTS)
  expect(next.slice(0, -1)).toEqual(full.slice(1))
  expect(next.at(-1)).toEqual({ x: 0.5, y: 0.5 })
})

test('no descent starts at the origin, nor twice at one place', () => {
  const points = [{ x: 1, y: 0.5 }]
  expect(refusalOf({ x: 0, y: 0 }, points)).toContain('no gradient')
  expect(refusalOf({ x: 1, y: 0.5 }, points)).toContain('already')
  expect(refusalOf({ x: 1, y: 0.501 }, points)).toBe('')
})

test('as many starts as there can be fit into an address', () => {
  const longest = Array.from({ length: MOST_STARTS }, (_, i) => ({
    x: -1.234,
    y: -1.2 - 0.001 * (i + 1),
  })).map(rounded)
  const text = formatStarts(longest)
  expect(landscapeParams.parse({ starts: text }).starts).toBe(text)
})
