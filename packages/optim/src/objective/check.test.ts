import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ShapeError } from '@nonconvex/tensor'
import { doubleWell, quadratic, rosenbrock } from '../../test/objectives.js'
import { checkGradient, checkHessian, hessianMatrix, type Objective } from '../index.js'

const coordinate = fc.double({ min: -5, max: 5, noNaN: true })

/** An objective with one wrong entry in its gradient. */
const wrong = (objective: Objective, index: number, factor: number): Objective => ({
  ...objective,
  gradient: (w) => objective.gradient(w).map((g, i) => (i === index ? g * factor : g)),
})

describe('checkGradient', () => {
  it('accepts right gradients', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate), (w) => {
        for (const objective of [rosenbrock, doubleWell, quadratic([3, -2], [1, 1])]) {
          const found = checkGradient(objective, w)
          expect(found.ok, JSON.stringify(found)).toBe(true)
        }
      }),
    )
  })

  it.each([1e-9, 1, 1e9])('accepts and refuses at the scale %d of the function', (scale) => {
    const scaled: Objective = {
      d: 2,
      value: (w) => scale * rosenbrock.value(w),
      gradient: (w) => rosenbrock.gradient(w).map((g) => scale * g),
    }
    expect(checkGradient(scaled, [-1.2, 1]).ok).toBe(true)
    expect(checkGradient(wrong(scaled, 0, 1.0001), [-1.2, 1]).ok).toBe(false)
  })

  it('says where a gradient is wrong, with both numbers', () => {
    const found = checkGradient(wrong(rosenbrock, 1, 1.01), [-1.2, 1])
    expect(found).toMatchObject({ ok: false, index: 1 })
    expect(found.gradient).toBeCloseTo(-88 * 1.01, 6)
    expect(found.difference).toBeCloseTo(-88, 6)
    expect(found.error).toBeCloseTo(0.88, 6)
    expect(found.maxError).toBe(found.error)
    expect(found.excess).toBeGreaterThan(1)
  })

  it('accepts a gradient that vanishes, and the function that is 0', () => {
    expect(checkGradient(quadratic([1, 2], [3, 4]), [3, 4]).ok).toBe(true)
    expect(checkGradient(quadratic([1, 2], [0.3, 1e4 / 3]), [0.3, 1e4 / 3]).ok).toBe(true)
    const zero: Objective = { d: 2, value: () => 0, gradient: () => new Float64Array(2) }
    expect(checkGradient(zero, [1, 2])).toMatchObject({ ok: true, excess: 0, maxError: 0 })
  })

  it('does not accept NaN', () => {
    const nan: Objective = { ...rosenbrock, gradient: () => Float64Array.of(NaN, 0) }
    expect(checkGradient(nan, [1, 1])).toMatchObject({ ok: false, index: 0 })
    const noValue: Objective = { ...rosenbrock, value: () => NaN }
    expect(checkGradient(noValue, [1, 1]).ok).toBe(false)
  })

  it('refuses what does not fit', () => {
    expect(() => checkGradient(rosenbrock, [1])).toThrow(ShapeError)
    expect(() =>
      checkGradient({ ...rosenbrock, gradient: () => new Float64Array(3) }, [1, 1]),
    ).toThrow('checkGradient: expected the gradient to have length d = 2, got 3')
    expect(() => checkGradient(rosenbrock, [1, NaN])).toThrow(RangeError)
    expect(() => checkGradient(rosenbrock, [1, 1], { step: 0 })).toThrow(
      'expected step to be positive',
    )
    expect(() => checkGradient(rosenbrock, [1, 1], { tolerance: -1 })).toThrow('tolerance')
  })
})

describe('checkHessian', () => {
  it('accepts right Hessians', () => {
    fc.assert(
      fc.property(fc.tuple(coordinate, coordinate), (w) => {
        for (const objective of [rosenbrock, doubleWell, quadratic([3, -2], [1, 1])]) {
          const found = checkHessian(objective, w)
          expect(found.ok, JSON.stringify(found)).toBe(true)
        }
      }),
    )
  })

  it('says where a Hessian is wrong, by row and column', () => {
    const off: Objective = {
      ...rosenbrock,
      hessianTimes: (w, v) => {
        const out = rosenbrock.hessianTimes?.(w, v) ?? new Float64Array(2)
        out[1] += 7 * v[0]
        return out
      },
    }
    const found = checkHessian(off, [-1.2, 1])
    expect(found).toMatchObject({ ok: false, index: [1, 0] })
    expect(found.hessian - found.difference).toBeCloseTo(7, 5)
    expect(found.asymmetry).toBeCloseTo(7, 10)
  })

  it('wants hessianTimes', () => {
    const bare: Objective = {
      d: 2,
      value: (w) => rosenbrock.value(w),
      gradient: (w) => rosenbrock.gradient(w),
    }
    expect(() => checkHessian(bare, [1, 1])).toThrow(
      'checkHessian: expected the objective to have hessianTimes, got none',
    )
  })
})

describe('hessianMatrix', () => {
  it('is symmetric to the bit and right', () => {
    const h = hessianMatrix(rosenbrock, [-1.2, 1])
    expect(h).toStrictEqual({ rows: 2, cols: 2, data: Float64Array.of(1330, 480, 480, 200) })
  })
})
