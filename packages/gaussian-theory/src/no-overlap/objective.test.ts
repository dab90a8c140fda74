import { describe, expect, it } from 'vitest'
import { checkGradient, checkHessian } from '@nonconvex/optim'
import { polish } from '@nonconvex/optim/certify'
import { gemv, stream } from '@nonconvex/tensor'
import { largestDifference } from '../../test/differences.js'
import { coefficients, noOverlapHessian, noOverlapObjective } from '../index.js'
import { gdStep } from '../descent/index.js'

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
    expect(() => objective.hessianTimes(new Float64Array(6), v)).toThrow('w not to be zero')
  })
  it('has the teacher as the critical point that Newton’s method finds nearby', () => {
    const near = wStar.map((x, i) => x + 1e-2 * w[i])
    const found = polish(
      { gradient: (at) => objective.gradient(at), hessian: (at) => noOverlapHessian(at, wStar, 7) },
      near,
      8,
    )
    expect(largestDifference(found.w, wStar)).toBeLessThan(1e-12)
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
