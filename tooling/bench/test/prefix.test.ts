import { expect, it } from 'vitest'
import { prefixOf, upTo } from '../benches/overparam-prefix.mjs'

/** A run of 100 visits with 10 updates, 4 of them among the first 20 visits. */
const whole = { steps: 100, updates: 10, atStep: [1, 2, 10, 20, 21, 30, 40, 50, 60, 70] }
const variant = {
  label: 'a rival',
  note: '1 thread',
  // 16 visits without an update take 8 s, the 4 with one 2 s
  answer: () => ({ atStep: [1, 2, 10, 20], seconds: [8, 2] }),
}

it('multiplies visits with and without an update by their own numbers in the whole run', async () => {
  const made = prefixOf({ variant, visits: 20, whole })
  // 90 visits of half a second each, 10 updates of half a second each
  expect(await made.time(1)).toBeCloseTo(50_000, 9)
  expect(await made.time(3)).toBeCloseTo(150_000, 9)
  expect(made.note).toBe('1 thread; first 20 visits with 4 updates, scaled')
})

it('is compared with the decisions of the same visits', () => {
  const made = prefixOf({ variant, visits: 20, whole })
  expect(made.expected(whole)).toEqual({ atStep: [1, 2, 10, 20] })
  expect(upTo(Int32Array.of(3, 5), 4)).toEqual([3])
})
