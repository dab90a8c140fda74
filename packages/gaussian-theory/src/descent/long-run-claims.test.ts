import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { coefficients } from '../index.js'
import { limitRate, sameRun, runGD } from './index.js'

describe('two scalars give the whole run', () => {
  const found = { k: 5, eta: 1 / coefficients(5).c, off: [1e-14, 3e-13], phi0: [1.5, 0.1] }
  it('holds within the tolerance of each initialization, and is violated beyond it', () => {
    expect(verdictOn(sameRun, found)).toMatchObject({ status: 'holds', bound: 1 })
    expect(verdictOn(sameRun, { ...found, off: [1e-14, 3e-12] }).status).toBe('violated')
    expect(verdictOn(sameRun, { ...found, off: [1.1e-12, 0] }).status).toBe('violated')
  })
  it('does not apply to longer steps, and is undecided without runs', () => {
    expect(verdictOn(sameRun, { ...found, eta: 3 }).status).toBe('inapplicable')
    expect(verdictOn(sameRun, { ...found, off: [], phi0: [] }).status).toBe('inconclusive')
  })
})

describe('the rate in the end', () => {
  const { c, alpha } = coefficients(5)
  const at = { k: 5, m: 2, eta: 1 / c }
  it('is α² at η = 1/c: measured on a run', () => {
    const { trace } = runGD({ w0: [0.2, 1], wStar: [1, 0], k: 5, maxSteps: 100, tolLoss: 1e-20 })
    const loss = trace.columns['loss']
    const n = loss.length - 1
    const slope = Math.log(loss[n] / loss[n - 8]) / 8
    expect(Math.exp(slope)).toBeCloseTo(alpha ** 2, 3)
    expect(verdictOn(limitRate, { ...at, slopes: [slope] }).status).toBe('holds')
    expect(alpha ** 2).toBeCloseTo(0.31371, 5)
  })
  it('is violated by another slope in either direction', () => {
    for (const factor of [0.97, 1.03])
      expect(
        verdictOn(limitRate, { ...at, slopes: [2 * Math.log(alpha), factor * 2 * Math.log(alpha)] })
          .status,
      ).toBe('violated')
  })
  it('does not apply to k = 1, m = 1, longer steps; is undecided without runs', () => {
    expect(verdictOn(limitRate, { ...at, k: 1, eta: 1, slopes: [-9] }).status).toBe('inapplicable')
    expect(verdictOn(limitRate, { ...at, m: 1, slopes: [-1] }).status).toBe('inapplicable')
    expect(verdictOn(limitRate, { ...at, eta: 1.1 / c, slopes: [-1] }).status).toBe('inapplicable')
    expect(verdictOn(limitRate, { ...at, slopes: [] }).status).toBe('inconclusive')
  })
})
