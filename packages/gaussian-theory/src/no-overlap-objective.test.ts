import { describe, expect, it } from 'vitest'
import { checkGradient, checkHessian, newton, newtonDone, run } from '@nonconvex/optim'
import { gemv, stream } from '@nonconvex/tensor'
import { largestDifference } from '../test/differences.js'
import { coefficients, gdStep, noOverlapHessian, noOverlapObjective } from './index.js'

const root = stream(4).child('objective')
const normals = (name: string, m: number): Float64Array =>
  root.child(name).normalInto(new Float64Array(m))

describe('the objective', () => {
  const wStar = normals('teacher', 6)
  const objective = noOverlapObjective(wStar, 7)
  const w = normals('w', 6)

  it('passes the checks of gradient and Hessian', () => {
    expect(objective.d).toBe(6)
    expect(checkGradient(objective, w).ok).toBe(true)
    expect(checkHessian(objective, w).ok).toBe(true)
  })
  it('multiplies by the Hessian without making it', () => {
    const v = normals('v', 6)
    const product = gemv(noOverlapHessian(w, wStar, 7), v)
    expect(largestDifference(objective.hessianTimes(w, v), product)).toBeLessThan(1e-14)
    expect(() => objective.hessianTimes(new Float64Array(6), v)).toThrow('w must not be zero')
  })
  it('is minimised by Newton’s method with line search', () => {
    const method = newton(objective)
    const outcome = run({
      start: method.init(w),
      step: (s) => method.step(s),
      stop: newtonDone,
      maxSteps: 100,
    }).finish()
    expect(outcome.status).toBe('converged')
    expect(largestDifference(outcome.state.w, wStar)).toBeLessThan(1e-6)
  })
  it('gives the same descent as gdStep', () => {
    const { c } = coefficients(7)
    const gradient = objective.gradient(w)
    expect(
      largestDifference(
        w.map((x, i) => x - gradient[i] / c),
        gdStep(w, wStar, 7),
      ),
    ).toBeLessThan(1e-15)
  })
})
