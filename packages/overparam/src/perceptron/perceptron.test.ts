import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataset, problems, separableData } from '../../test/problems.js'
import { minMargin, radius, initialWeights, trainSgd } from '../index.js'
import { averagedPerceptron, batchPerceptron, marginPerceptron, perceptron } from './perceptron.js'

const square = (w: Float64Array): number => w.reduce((sum, value) => sum + value * value, 0)

it('all three keep their bounds, and end with a separator', () => {
  fc.assert(
    fc.property(problems, fc.double({ min: 0.01, max: 100, noNaN: true }), (p, eta) => {
      const { data, wStar } = p
      const [r2, gamma] = [radius(data) ** 2, minMargin(data, wStar)]
      const [most, norm2] = [(square(wStar) * r2) / gamma ** 2, square(wStar)]
      const one = perceptron(data)
      expect(one.status).toBe('converged')
      expect(one.updates).toBeLessThanOrEqual(most * (1 + 1e-9))
      expect(minMargin(data, one.w)).toBeGreaterThan(0)
      const batch = batchPerceptron(data)
      expect(batch.status).toBe('converged')
      expect(batch.iterations).toBeLessThanOrEqual(most * (1 + 1e-9))
      expect(minMargin(data, batch.w)).toBeGreaterThan(0)
      const scaled = eta / r2
      const wide = marginPerceptron(data, { eta: scaled, maxSteps: 1e7 })
      expect(wide.status).toBe('converged')
      expect(wide.updates).toBeLessThanOrEqual(
        (norm2 * (r2 + 2 / scaled) * (1 + 1e-9)) / gamma ** 2,
      )
      expect(minMargin(data, wide.w)).toBeGreaterThanOrEqual(1)
    }),
    { numRuns: 200 },
  )
})

it('the averaged one is the mean of the weights after every visit of the plain one', () => {
  fc.assert(
    fc.property(problems, ({ data }) => {
      const { steps, updates, distinct, status } = perceptron(data)
      const sum = new Float64Array(data.x.cols)
      for (let t = 1; t <= steps; t++)
        perceptron(data, { maxSteps: t }).w.forEach((value, c) => (sum[c] += value))
      const averaged = averagedPerceptron(data)
      expect(averaged).toMatchObject({ steps, updates, distinct, status })
      const scale = Math.sqrt(square(sum)) / steps
      averaged.w.forEach((value, c) =>
        expect(Math.abs(value - sum[c] / steps)).toBeLessThanOrEqual(
          1e-12 * (scale + radius(data)),
        ),
      )
    }),
    { numRuns: 30 },
  )
})

describe('the network with α = 1', () => {
  const cases = Array.from({ length: 20 }, (_, seed) => ({ seed, k: 1 + (seed % 4) }))

  it.each(cases)(
    'errs as often as the perceptron for η = 1e12 from zero, seed $seed',
    ({ seed, k }) => {
      const { data } = separableData({ n: 30, d: 5, gamma: 0.02, size: 1, seed })
      const start = initialWeights({ kind: 'zero' }, k, 5)
      const run = trainSgd(data, { k, start, alpha: 1, eta: 1e12, order: { kind: 'cyclic' } })
      const linear = perceptron(data)
      expect([run.updates, run.distinct]).toEqual([linear.updates, linear.distinct])
    },
  )

  it.each(cases)('is the margin perceptron with step 2kηv², seed $seed', ({ seed, k }) => {
    const { data } = separableData({ n: 30, d: 5, gamma: 0.02, size: 1, seed })
    const start = initialWeights({ kind: 'zero' }, k, 5)
    const [eta, v] = [0.37, 0.61]
    const run = trainSgd(data, { k, start, v, alpha: 1, eta, order: { kind: 'cyclic' } })
    const linear = marginPerceptron(data, { eta: 2 * k * eta * v * v })
    expect([run.updates, run.distinct]).toEqual([linear.updates, linear.distinct])
  })
})

describe('without a separator', () => {
  const data = dataset([[1], [1]], [1, -1])

  it('the budget ends it', () => {
    expect(perceptron(data, { maxSteps: 77 })).toMatchObject({ status: 'max-steps', steps: 77 })
    expect(averagedPerceptron(data, { maxSteps: 9 })).toMatchObject({
      status: 'max-steps',
      steps: 9,
    })
    expect(marginPerceptron(data, { maxSteps: 7 })).toMatchObject({ status: 'max-steps', steps: 7 })
    const batch = batchPerceptron(data, { maxIterations: 9 })
    expect(batch).toMatchObject({ status: 'max-iterations', iterations: 9 })
  })

  it('a row of zeros is never learnt', () => {
    expect(perceptron(dataset([[0], [1]], [1, 1])).status).toBe('max-steps')
  })
})
