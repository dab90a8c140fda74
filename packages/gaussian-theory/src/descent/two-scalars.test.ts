import { describe, expect, it } from 'vitest'
import { angles, norm2 } from '@nonconvex/tensor'
import { randomProblem } from '../../test/random-runs.js'
import { coefficients } from '../index.js'
import { gdStep, reducedStep, type Polar } from './index.js'

/**
 * The farthest that the run of two scalars is from the full one, over all steps, in units of its
 * room (1e-12 + 1e-14/φ₀²) max(r₀, R), and the step.
 */
function farthest(index: number, fraction = 1): { readonly off: number; readonly step: number } {
  const { w0, wStar, k } = randomProblem(index)
  const R = norm2(wStar)
  const start = angles(w0, wStar)
  const room = (1e-12 + 1e-14 / (start.phi * start.phi)) * Math.max(norm2(w0), R)
  const eta = fraction / coefficients(k).c
  let w: Float64Array = Float64Array.from(w0)
  let at: Polar = { r: norm2(w0), ...start }
  let worst = { off: 0, step: 0 }
  for (let step = 1; step <= 200; step++) {
    w = gdStep(w, wStar, k, eta)
    at = reducedStep(at, R, k, eta)
    const theta = Math.abs(angles(w, wStar).theta - at.theta)
    const off = Math.max(Math.abs(norm2(w) - at.r), theta * R) / room
    if (off > worst.off) worst = { off, step }
  }
  return worst
}

describe('the run of two scalars is the full run at every step', () => {
  it.each([1, 0.5, 0.1])('100 runs of 200 steps with η = %d/c', (fraction) => {
    const runs = Array.from({ length: 100 }, (_, i) => farthest(i, fraction))
    expect(Math.max(...runs.map(({ off }) => off))).toBeLessThanOrEqual(1)
    // they differ most on the way, which the ends do not show
    expect(runs.filter(({ step }) => step < 200).length).toBeGreaterThan(50)
  })
  it('not with another step size: then they part at once', () => {
    const { w0, wStar, k } = randomProblem(1)
    const start = angles(w0, wStar)
    const full = gdStep(w0, wStar, k, 1 / coefficients(k).c)
    const other = reducedStep(
      { r: norm2(w0), ...start },
      norm2(wStar),
      k,
      0.999 / coefficients(k).c,
    )
    expect(Math.abs(norm2(full) - other.r)).toBeGreaterThan(1e-6 * norm2(wStar))
  })
})
