import { verdictOn } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { noOverlapGradient } from '../index.js'
import {
  curvatureFound,
  curvatureFraction,
  escapeAttained,
  escapeClosedForm,
  lipschitzFound,
  lipschitzFraction,
  slowInitialization,
  stationarityOrder,
  stepsToStationary,
} from './index.js'

describe('the initialization next to the saddle', () => {
  it.each([
    [1e-2, 18],
    [1e-3, 46],
    [1e-4, 120],
    [1e-5, 343],
    [1e-6, 1039],
    [1e-7, 3226],
    [1e-8, 10_132],
  ])('with a gradient of norm %f needs %i steps at k = 5', (eps, steps) => {
    const start = slowInitialization(5, eps)
    const w = [-start.r * Math.cos(start.phi), start.r * Math.sin(start.phi)]
    const gradient = Math.hypot(...noOverlapGradient(w, [1, 0], 5))
    expect(gradient / eps).toBeGreaterThan(1)
    expect(gradient / eps).toBeLessThan(1 + 1e-6)
    expect(stepsToStationary(start, 5, eps)).toBe(steps)
  })

  it('is as slow as any of 3,000 random ones, up to a step', () => {
    const [k, eps] = [5, 1e-3]
    const slowest = stepsToStationary(slowInitialization(k, eps), k, eps) ?? NaN
    const draws = stream(1).child('starts')
    for (let i = 0; i < 3000; i++) {
      const phi = Math.PI * draws.uniform()
      const start = { r: 0.01 + 2 * draws.uniform(), theta: Math.PI - phi, phi }
      expect(stepsToStationary(start, k, eps)).toBeLessThanOrEqual(slowest + 1)
    }
  })

  it('gives up at the step budget, and refuses what has no such start', () => {
    expect(stepsToStationary(slowInitialization(5, 1e-6), 5, 1e-6, 1000)).toBeUndefined()
    expect(() => slowInitialization(1, 1e-3)).toThrow(/k to be at least 2/)
    expect(() => slowInitialization(5, 0.05)).toThrow(/at most a\/5/)
  })
})

describe('fractions of the constants', () => {
  // largest curvature for w* = 0, found by a search over directions
  it.each([
    [[1, 0], 2, 1, 0.662],
    [[1, 0], 5, 1, 0.675],
    [[1, 0], 20, 1, 0.827],
    [[1, 2, 0, 0], 4, 2, 0.66],
  ])('of L at %j with k = %i, stride %i', (w, k, stride, fraction) => {
    expect(curvatureFraction(w, { k, stride })).toBeCloseTo(fraction, 3)
    expect(curvatureFraction(w, { k, stride, form: 'pair' })).toBeCloseTo(fraction, 3)
  })

  it('are never above 1', () => {
    const draws = stream(2).child('points')
    for (let i = 0; i < 300; i++) {
      const m = 1 + (i % 4)
      const points = {
        w: draws.unitVector(m),
        wStar: draws.unitVector(m).map((x) => 10 * draws.uniform() * x),
        direction: draws.unitVector(m),
      }
      const options = { k: 1 + (i % 7), stride: 1 + (i % 3) }
      expect(curvatureFraction(points.w, options)).toBeLessThanOrEqual(1 + 1e-12)
      const fraction = lipschitzFraction(points, options)
      expect(fraction).toBeLessThanOrEqual(1)
      expect(lipschitzFraction(points, { ...options, form: 'pair' })).toBeCloseTo(fraction, 9)
    }
  })

  it('of Λ is 0 where the Hessian is constant', () => {
    const points = { w: [1, 0], wStar: [0, 0], direction: [0, 1] }
    expect(lipschitzFraction(points, { k: 1, stride: 1 })).toBe(0)
  })
})

describe('the claims on tightness', () => {
  const stationary = (bound: (eps: number) => number, steps = [120, 1039]) =>
    [1e-4, 1e-6].map((eps, i) => ({ k: 5, eps, steps: steps[i], bound: bound(eps) }))
  it('turn red where the bound has another exponent, or the steps', () => {
    const status = (runs: ReturnType<typeof stationary>) =>
      verdictOn(stationarityOrder, runs).status
    expect(status(stationary((eps) => 0.14 / eps ** 2))).toBe('holds')
    expect(status(stationary((eps) => 0.14 / eps))).toBe('violated')
    expect(status(stationary((eps) => 0.14 / eps ** 2, [120, 12_000]))).toBe('violated')
    expect(status(stationary((eps) => 0.14 / eps ** 2).slice(1))).toBe('inconclusive')
  })

  const escape = { k: 400, phi0: 1e-3, steps: 398_870, closed: 913_377, recursion: 402_010 }
  it.each([0.95, 1.05])('turn red where an escape bound is multiplied by %f', (factor) => {
    const { closed, recursion } = escape
    const status = (claim: typeof escapeAttained, run: typeof escape) =>
      verdictOn(claim, [run]).status
    expect(status(escapeAttained, escape)).toBe('holds')
    expect(status(escapeClosedForm, escape)).toBe('holds')
    expect(status(escapeAttained, { ...escape, recursion: factor * recursion })).toBe('violated')
    expect(status(escapeClosedForm, { ...escape, closed: factor * closed })).toBe('violated')
  })

  it('do not apply to wide angles or one patch, and are undecided without an end', () => {
    expect(verdictOn(escapeAttained, [{ ...escape, phi0: 0.1 }]).status).toBe('inapplicable')
    expect(verdictOn(escapeAttained, [{ ...escape, k: 1 }]).status).toBe('inapplicable')
    expect(verdictOn(escapeAttained, [{ ...escape, steps: null }]).status).toBe('inconclusive')
    expect(verdictOn(escapeAttained, []).status).toBe('inconclusive')
  })

  const network = { m: 2, stride: 1, k: 20, curvature: 0.827, lipschitz: 0.506 }
  it('turn red where a constant is exceeded, or twice as large', () => {
    for (const [claim, name] of [
      [curvatureFound, 'curvature'],
      [lipschitzFound, 'lipschitz'],
    ] as const) {
      expect(verdictOn(claim, [network]).status).toBe('holds')
      expect(verdictOn(claim, [network, { ...network, [name]: 1.01 }]).status).toBe('violated')
      expect(verdictOn(claim, [{ ...network, [name]: network[name] / 2 }]).status).toBe('violated')
      expect(verdictOn(claim, []).status).toBe('inconclusive')
    }
  })
})
