import { expect, test } from 'vitest'
import { descend } from './descent.js'
import { Descents } from './descents.js'
import { problemOf } from './problem.js'

const problem = problemOf({ k: 5, stride: 1, angle: 135, eta: 1 })
const starts = [
  { x: 0.9, y: 0.3 },
  { x: -1, y: 0.5 },
  { x: 1, y: 1 },
]
const never = () => false

/** Enough after so many. */
function after(count: number): () => boolean {
  let asked = 0
  return () => asked++ >= count
}

test('in slices the same descents are made as at once', () => {
  const descents = new Descents(problem)
  expect(descents.advance(starts, after(0))).toBe(false)
  expect(descents.of(starts)).toEqual([])
  expect(descents.advance(starts, after(2))).toBe(false)
  const first = descents.of(starts)
  expect(first).toHaveLength(2)
  expect(descents.advance(starts, after(1))).toBe(true)
  const all = descents.of(starts)
  expect(all).toEqual(starts.map((start) => descend(problem, start)))
  // none was made twice
  expect(all.slice(0, 2).every((run, i) => run === first[i])).toBe(true)
})

test('what is known is no work, and what is asked for no longer is forgotten', () => {
  const descents = new Descents(problem)
  descents.advance(starts, never)
  const [, second] = descents.of(starts)
  expect(descents.advance(starts.slice(1), after(0))).toBe(true)
  expect(descents.of(starts.slice(1))[0]).toBe(second)
  expect(descents.advance(starts, after(0))).toBe(false)
  expect(descents.of(starts)).toHaveLength(2)
})
