import { stream } from '@nonconvex/tensor'
import { expect, it } from 'vitest'
import { makeMultilabel } from './make-multilabel.js'

it('draws counts by their distribution', () => {
  const { y, countDistribution } = makeMultilabel({ examples: 20_000, stream: stream(1) })
  const [L, K] = [30, countDistribution.cols]
  const seen = new Float64Array(K)
  const expected = new Float64Array(K)
  for (let n = 0; n < 20_000; n++) {
    seen[y.subarray(n * L, (n + 1) * L).reduce((a, b) => a + b, 0)]++
    for (let k = 0; k < K; k++) expected[k] += countDistribution.data[n * K + k]
  }
  expect(seen[0]).toBe(0)
  seen.forEach((count, k) => {
    expect(Math.abs(count - expected[k])).toBeLessThanOrEqual(4 * Math.sqrt(expected[k]))
  })
})

it('has counts of a thousand and more', () => {
  const { countDistribution } = makeMultilabel({
    examples: 1,
    labels: 1100,
    maxCount: 1100,
    stream: stream(2),
  })
  expect(countDistribution.data.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 10)
})

it('is a function of the stream, and more examples keep the first', () => {
  const made = (examples: number) => makeMultilabel({ examples, stream: stream(7) })
  expect(made(3)).toEqual(made(3))
  expect([...made(5).x.data.subarray(0, 60)]).toEqual([...made(3).x.data])
  expect([...made(5).y.subarray(0, 90)]).toEqual([...made(3).y])
})
