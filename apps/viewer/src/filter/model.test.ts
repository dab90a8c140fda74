import { expect, test } from 'vitest'
import { coverage, expectedLoss, inputOf, passOf, sampledLoss } from './model.js'

test('the output is the mean of the positive parts at the patches', () => {
  const x = Float64Array.of(1, 2, -3, 4)
  expect(passOf([1, 1], x, { k: 2, stride: 2 })).toEqual({ sums: [3, 1], output: 2 })
  expect(passOf([1, 1], x, { k: 3, stride: 1 })).toEqual({ sums: [3, -1, 1], output: 4 / 3 })
})

test('a coordinate is shared where it lies in several patches, and unused in a gap', () => {
  expect(coverage(3, { k: 3, stride: 1 })).toEqual([1, 2, 3, 2, 1])
  expect(coverage(2, { k: 2, stride: 2 })).toEqual([1, 1, 1, 1])
  expect(coverage(1, { k: 2, stride: 2 })).toEqual([1, 0, 1])
})

test('a smaller stride keeps the first coordinates of the input', () => {
  const long = inputOf(3, 3, { k: 4, stride: 3 })
  expect(inputOf(3, 3, { k: 4, stride: 1 })).toEqual(long.subarray(0, 6))
})

test.each([1, 3])('the closed form agrees with the sample at stride %i', (stride) => {
  const [w, teacher, patches] = [[0.25, 0.5, 0.5], [1, -0.5, 0.75], { k: 4, stride }] as const
  const { mean, error } = sampledLoss(1, w, teacher, patches)
  expect(error).toBeGreaterThan(0)
  expect(Math.abs(mean - expectedLoss(w, teacher, patches))).toBeLessThan(4.5 * error)
  expect(expectedLoss(teacher, teacher, patches)).toBe(0)
})
