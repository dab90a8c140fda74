import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { norm2, ShapeError, stream } from '@nonconvex/tensor'
import { differences, largestDifference } from '../../test/differences.js'
import { leakyGradient, leakyLoss } from '../leaky/index.js'
import { lossClosedForm } from '../index.js'
import {
  monteCarlo,
  network,
  sampleGradient,
  sampleLoss,
  teacherObjective,
  teacherSample,
  sgdUnbiased,
} from './index.js'
import { overlapGradient, overlapLoss } from '../overlap/index.js'

const root = stream(12)
const teacher = [1, -0.5, 0.3]
const options = { k: 4, stride: 2 }

describe('the network', () => {
  it('averages the patches', () => {
    expect(network([1, 2, -4], [1, 1], { k: 2, stride: 1 })).toBe(1.5)
    expect(network([1, 2, -4], [1, 1], { k: 2, stride: 1, slope: 0.5 })).toBe(1)
    expect(network([1, 2, 9, -4, 8], [1, 1], { k: 2, stride: 3 })).toBe(3.5)
  })
  it('is max(z, slope z) for every slope in [−1, 1]', () => {
    expect(network([-2], [1], { k: 1, stride: 1, slope: -1 })).toBe(2)
    expect(network([-2], [1], { k: 1, stride: 1, slope: 1 })).toBe(-2)
  })
  it.each([
    [[1, 2], { k: 2, stride: 1 }, 'x to have length (k − 1)·stride + m = 3, got 2'],
    [[1, 2, 3], { k: 2, stride: 0 }, 'stride to be an integer ≥ 1, got 0'],
    [[1, 2, 3], { k: 2, stride: 1, slope: 2 }, 'slope in [-1, 1], got 2'],
    [[1, NaN, 3], { k: 2, stride: 1 }, 'x[1] to be finite, got NaN'],
  ])('refuses %j with %j', (x, at, message) => {
    expect(() => network(x, [1, 1], at)).toThrow(message)
  })
})

describe('the loss of a sample', () => {
  const sample = teacherSample(30, teacher, { ...options, stream: root.child('sample') })
  const w = [0.2, 0.7, -0.4]
  it('is 0 with gradient 0 at the teacher', () => {
    expect(sampleLoss(sample, teacher, options)).toBe(0)
    expect(norm2(sampleGradient(sample, teacher, options))).toBe(0)
  })
  it('has the gradient of central differences', () => {
    for (const slope of [0, 0.1, 1]) {
      const at = { ...options, slope }
      const slopes = differences((v) => sampleLoss(sample, v, at), w)
      expect(largestDifference(slopes, sampleGradient(sample, w, at))).toBeLessThan(1e-7)
    }
  })
  it('is the mean of squared residuals of the network', () => {
    let sum = 0
    for (let j = 0; j < 30; j++) {
      const x = sample.x.data.subarray(j * sample.x.cols, (j + 1) * sample.x.cols)
      sum += (network(x, w, options) - sample.y[j]) ** 2
    }
    expect(sampleLoss(sample, w, options)).toBeCloseTo(sum / 30, 14)
  })
  it('has gradient 0 at w = 0 by convention', () => {
    expect(sampleGradient(sample, [0, 0, 0], options)).toEqual(new Float64Array(3))
  })
  it('refuses what does not fit', () => {
    const cut = { ...sample, y: sample.y.slice(1) }
    expect(() => sampleLoss(cut, w, options)).toThrow('y to have a label for each of 30 rows')
    expect(() => sampleLoss(sample, [1], options)).toThrow(ShapeError)
    const none = { x: { rows: 0, cols: 9, data: new Float64Array(0) }, y: new Float64Array(0) }
    expect(() => sampleGradient(none, w, options)).toThrow('not to be empty')
    expect(() => teacherSample(0, w, { ...options, stream: root })).toThrow('n to be')
  })
})

describe('agreement with the population', () => {
  // (m, stride, k) of the acceptance list; the last one with overlap
  const cases = [
    [3, 3, 1],
    [3, 3, 2],
    [2, 2, 4],
    [5, 5, 8],
    [3, 1, 4],
  ] as const
  it.each(cases)('is within 4.5 standard errors for m = %i, stride %i, k = %i', (m, stride, k) => {
    const draws = root.child('agreement', 100 * m + 10 * stride + k)
    const [w, wStar] = [0, 1].map(() => draws.normalInto(new Float64Array(m)))
    const at = { k, stride }
    const found = monteCarlo({ ...at, w, wStar, n: 100_000, stream: draws.child('x') })
    const exact = overlapLoss(w, wStar, at)
    const loss = { exact: [exact], mean: [found.mean], error: [found.se] }
    expect(verdictOn(lossClosedForm, { samples: found.n, ...loss }).status).toBe('holds')
    expect(found.interval.high - found.interval.low).toBeCloseTo(3.92 * found.se, 12)
    const slopes = {
      exact: [...overlapGradient(w, wStar, at)],
      mean: [...found.gradient],
      error: [...found.gradientSe],
    }
    expect(verdictOn(sgdUnbiased, { samples: found.n, ...slopes }).status).toBe('holds')
  })
  it('is violated by a wrong closed form: one patch more', () => {
    const [w, wStar] = [
      [1, 0],
      [0, 1],
    ]
    const found = monteCarlo({ k: 4, stride: 1, w, wStar, n: 100_000, stream: root.child('wrong') })
    const loss = {
      exact: [overlapLoss(w, wStar, { k: 5, stride: 1 })],
      mean: [found.mean],
      error: [found.se],
    }
    expect(verdictOn(lossClosedForm, { samples: found.n, ...loss }).status).toBe('violated')
  })
  it('holds with a leak', () => {
    const draws = root.child('leak')
    const [w, wStar] = [0, 1].map(() => draws.normalInto(new Float64Array(3)))
    for (const slope of [-1, 0.3, 1]) {
      const at = { k: 3, stride: 3, slope, w, wStar, n: 50_000, stream: draws.child('x') }
      const found = monteCarlo(at)
      const comparison = {
        exact: [leakyLoss(w, wStar, 3, slope), ...leakyGradient(w, wStar, 3, slope)],
        mean: [found.mean, ...found.gradient],
        error: [found.se, ...found.gradientSe],
      }
      expect(verdictOn(lossClosedForm, { samples: found.n, ...comparison }).status).toBe('holds')
    }
  })
  it('is the sample loss and gradient of the same draws', () => {
    const at = { ...options, stream: root.child('same') }
    const w = [0.2, 0.7, -0.4]
    const found = monteCarlo({ ...at, w, wStar: teacher, n: 5000, stream: root.child('same') })
    const sample = teacherSample(5000, teacher, at)
    expect(found.mean).toBeCloseTo(sampleLoss(sample, w, options), 12)
    expect(largestDifference(found.gradient, sampleGradient(sample, w, options))).toBeLessThan(
      1e-12,
    )
  })
  it('draws the gradient of one example at a time for the optimizers', () => {
    const objective = teacherObjective(teacher, options)
    const w = [0.2, 0.7, -0.4]
    const one = objective.sampleGradient(w, root.child('draw'))
    const sample = teacherSample(1, teacher, { ...options, stream: root.child('draw') })
    expect(largestDifference(one, sampleGradient(sample, w, options))).toBeLessThan(1e-15)
  })
  it('needs two draws for a standard error', () => {
    const at = { ...options, w: teacher, wStar: teacher, stream: root }
    expect(() => monteCarlo({ ...at, n: 1 })).toThrow('n to be an integer ≥ 2')
    expect(() => monteCarlo({ ...at, n: 1.5 })).toThrow('n to be an integer')
  })
})
