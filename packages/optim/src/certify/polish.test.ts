import { describe, expect, it } from 'vitest'
import { matrix } from '@nonconvex/tensor'
import { polish, type Derivatives } from './index.js'

/** (x² − 1)²/4 + a y²/2 */
const well = (a: number): Derivatives => ({
  gradient: (w) => Float64Array.of(w[0] * (w[0] ** 2 - 1), a * w[1]),
  hessian: (w) => matrix(2, 2, [3 * w[0] ** 2 - 1, 0, 0, a]),
})

describe('polish', () => {
  it('doubles the digits each step, and stops where rounding does', () => {
    const found = polish(well(1), [1.01, 0.1], 20)
    expect(found.steps).toBeLessThanOrEqual(5)
    expect(Math.abs(found.w[0] - 1)).toBeLessThan(3e-16)
    expect(found.w[1]).toBe(0)
    expect(found.moved).toBeCloseTo(Math.hypot(0.01, 0.1), 12)
    expect(found.gradientBefore).toBeCloseTo(Math.hypot(1.01 * (1.01 ** 2 - 1), 0.1), 12)
  })

  it('goes to a saddle as well, and leaves a flat direction alone', () => {
    expect(Math.hypot(...polish(well(1), [0.1, 0.1], 10).w)).toBeLessThan(1e-15)
    expect(polish(well(0), [1.01, 7], 10).w[1]).toBe(7)
  })

  it('makes no more steps than it is allowed', () => {
    expect(polish(well(1), [1.01, 0], 1).steps).toBe(1)
    expect(polish(well(1), [1.01, 0], 0)).toMatchObject({ steps: 0, moved: 0 })
  })

  it('stays where a step does not lower the gradient or is not finite', () => {
    const cubeRoot: Derivatives = {
      gradient: (w) => Float64Array.of(Math.cbrt(w[0])),
      hessian: (w) => matrix(1, 1, [1 / (3 * Math.cbrt(w[0]) ** 2)]),
    }
    expect(polish(cubeRoot, [1], 5)).toMatchObject({ steps: 0, w: Float64Array.of(1) })
    const nan: Derivatives = { ...well(1), hessian: () => matrix(2, 2, [NaN, 0, 0, 1]) }
    expect(polish(nan, [1.01, 0], 5).steps).toBe(0)
  })
})
