import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { decodeF1, decodeTopK, threshold } from './decode.js'
import { f1Example } from './f1-example.js'

const setOf = (code: number, L: number): number[] =>
  Array.from({ length: L }, (_, i) => (code >> i) & 1)

/** E F1 of labels under independent truths, by all 2^L of them. */
function expectation(y: readonly number[], p: Float64Array, empty: 0 | 1): number {
  const L = p.length
  let sum = 0
  for (let code = 0; code < 2 ** L; code++) {
    const truth = setOf(code, L)
    const weight = truth.reduce((w, label, i) => w * (label ? p[i] : 1 - p[i]), 1)
    sum += weight * f1Example(y, truth, { empty })
  }
  return sum
}

it('decodeF1 is the best of all 2^L sets, and its expectation is right', () => {
  const s = stream(1)
  for (let t = 0; t < 60; t++) {
    const L = 1 + (t % 6)
    const p = s.uniformInto(new Float64Array(L)).map((q) => (t % 3 === 0 ? q ** 3 : q))
    const empty = (t % 2) as 0 | 1
    const { labels, expected } = decodeF1(p, { empty })
    const best = Math.max(
      ...Array.from({ length: 2 ** L }, (_, code) => expectation(setOf(code, L), p, empty)),
    )
    expect(expected).toBeCloseTo(best, 12)
    expect(expectation([...labels], p, empty)).toBeCloseTo(best, 12)
  }
})

it('decodeF1 is the best of all sets of 10 labels', () => {
  const p = stream(2).uniformInto(new Float64Array(10))
  const best = Math.max(
    ...Array.from({ length: 1024 }, (_, code) => expectation(setOf(code, 10), p, 0)),
  )
  expect(decodeF1(p).expected).toBeCloseTo(best, 12)
})

it('decodeF1 picks labels below one half where a threshold picks none', () => {
  const p = new Float64Array(8).fill(0.3)
  expect([...threshold(p, 0.5)]).toEqual(new Array(8).fill(0))
  expect(decodeF1(p).labels.reduce((a, b) => a + b, 0)).toBeGreaterThan(3)
  expect([...decodeF1([0, 0]).labels]).toEqual([0, 0])
  expect(decodeF1([0, 0], { empty: 1 }).expected).toBe(1)
})

it('decodeTopK takes the first of equal ones', () => {
  expect([...decodeTopK([1, 2, 1, 2], 3)]).toEqual([1, 1, 0, 1])
  expect([...decodeTopK([1, 2], 0)]).toEqual([0, 0])
})

it('f1Example counts both kinds of errors, and 0/0 as it is told', () => {
  expect(f1Example([1, 1, 1, 0], [1, 0, 0, 1])).toBeCloseTo(2 / 5, 15)
  expect(f1Example([0, 0], [0, 0])).toBe(0)
  expect(f1Example([0, 0], [0, 0], { empty: 1 })).toBe(1)
  expect(f1Example([0, 1], [0, 0], { empty: 1 })).toBe(0)
})
