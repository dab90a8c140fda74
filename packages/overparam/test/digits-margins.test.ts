import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { certifyMargin, minMargin, separability } from '../src/index.js'
import { perceptron } from '../src/perceptron/index.js'
import { digitsTask, loadDigits } from '../src/digits/index.js'

const digits = await loadDigits()

/** All digits of two classes, or a number of those of two groups. */
const task = (positive: readonly number[], negative: readonly number[], train?: number) => {
  const all = [...positive, ...negative].reduce((sum, digit) => sum + digits.counts[digit], 0)
  const options = { digits, positive, negative, train: train ?? all, stream: stream(1) }
  return digitsTask(options).train
}

describe('two digits, all of them', () => {
  // intervals by dual ascent of 20 s, in another program; the third number their decimals
  const cases = [
    [0, 1, 2128, 0.0663, 0.0669, 4],
    [3, 5, 1895, 0.0063, 0.00636, 5],
    [4, 9, 1958, 0.00657, 0.00668, 5],
    [7, 9, 2048, 0.0042, 0.0043, 4],
  ] as const

  it.each(cases)(
    '%i against %i: %i examples with margin in [%d, %d]',
    (p, q, n, from, to, digits) => {
      const data = task([p], [q])
      expect(data.y).toHaveLength(n)
      const answer = separability(data)
      if (answer.kind !== 'separable') throw new Error(answer.kind)
      const { lo, hi, w, lambda } = answer
      const half = 0.5 * 10 ** -digits
      expect(lo).toBeGreaterThan(from - half)
      expect(hi).toBeLessThan(to + half)
      expect(hi - lo).toBeLessThanOrEqual(1e-6 * hi)
      expect(minMargin(data, w)).toBeCloseTo(1, 9)
      expect(certifyMargin(data, lambda)).toEqual({ lo, hi })
    },
  )

  it('the perceptron keeps its bound (R/γ)² on 0 against 1, far from tight', () => {
    const { updates, status } = perceptron(task([0], [1]))
    expect(status).toBe('converged')
    expect(updates).toBeLessThan(224 / 3)
  })
})

it('4000 digits, even against odd: nothing separates them, with a witness', () => {
  const data = task([0, 2, 4, 6, 8], [1, 3, 5, 7, 9], 4000)
  const answer = separability(data)
  if (answer.kind !== 'inseparable') throw new Error(answer.kind)
  const sum = new Float64Array(784)
  answer.lambda.forEach((weight, i) => {
    for (let c = 0; c < 784; c++) sum[c] += weight * data.y[i] * data.x.data[784 * i + c]
  })
  expect(Math.hypot(...sum)).toBeLessThanOrEqual(1e-9)
  expect(answer.lambda.every((weight) => weight >= 0)).toBe(true)
  expect(answer.lambda.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12)
  const support = answer.lambda.filter((weight) => weight > 0).length
  expect(support).toBeGreaterThan(1)
  expect(support).toBeLessThanOrEqual(785)
})
