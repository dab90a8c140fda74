import { verdictOn } from '@nonconvex/optim/claims'
import { identity, matrix, qr, stream } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { describe, expect, it } from 'vitest'
import { erf, hessian, leaky, relu, relu2 } from '../teacher-student/index.js'
import {
  activationSlopes,
  teacherBasin,
  teacherConvex,
  teacherConvexAttained,
  teacherCurvature,
  zhongConstants,
} from './index.js'

const kernels = [
  ['relu', relu, activationSlopes.relu],
  ['leaky', leaky(0.01), activationSlopes.leaky],
  ['relu2', relu2, activationSlopes.relu2],
  // the kernel is that of erf(z/√2)
  ['erf', erf, (z: number) => Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2)],
] as const

describe('the constants', () => {
  it.each([
    ['relu', [0.090845057, 0.090845057, 0.090845057]],
    ['leaky', [0.08903724, 0.08903724, 0.08903724]],
    ['relu2', [0.002732395, 0.273239545, 27.323954474]],
    ['sigmoid', [7.66e-7, 0.002144019, 0.000048221]],
    ['tanh', [0.000185034, 0.049193036, 0.000051263]],
    ['erf', [0.00024003, 0.066724987, 0.000031515]],
  ] as const)('of %s are those of the theory', (name, rhos) => {
    rhos.forEach((rho, i) => {
      const found = zhongConstants(activationSlopes[name], [0.1, 1, 10][i])
      expect(Math.abs(found.rho - rho)).toBeLessThan(1e-9)
    })
  })

  it('have closed forms: linear has none, z² a negative one', () => {
    expect(Math.abs(zhongConstants(() => 1, 2).rho)).toBeLessThan(1e-12)
    expect(zhongConstants((z) => 2 * z, 1.5).rho).toBeCloseTo(-9, 11)
    expect(zhongConstants(activationSlopes.relu2, 3).rho).toBeCloseTo((4 / Math.PI - 1) * 9, 11)
    expect(zhongConstants(activationSlopes.leaky, 7).rho).toBeCloseTo(
      0.99 ** 2 * (1 / 4 - 1 / (2 * Math.PI)),
      12,
    )
    expect(() => zhongConstants(activationSlopes.relu, 0)).toThrow(/sigma/)
  })
})

describe('the curvature at a teacher', () => {
  it.each(kernels)('of %s is at least ρ at an orthonormal one, in any basis', (name, kernel, s) => {
    const { rho } = zhongConstants(s, 1)
    for (const k of [3, 5]) {
      const q = qr(
        matrix(
          k,
          k,
          stream(1)
            .child(`q${k}`)
            .normalInto(new Float64Array(k * k)),
        ),
      ).q
      const { smallest, conditioning } = teacherCurvature(q.data, k, kernel)
      const facts = { activation: name, rho, conditioning, smallest }
      expect(verdictOn(teacherConvex, facts).status).toBe('holds')
      expect(Math.abs(conditioning - 1)).toBeLessThan(1e-12)
      if (name !== 'relu' && name !== 'leaky') continue
      expect(Math.abs(smallest - rho)).toBeLessThan(1e-12)
      expect(verdictOn(teacherConvexAttained, facts).status).toBe('holds')
      const other = { ...facts, smallest: smallest * 1.01 }
      expect(verdictOn(teacherConvexAttained, other).status).toBe('violated')
    }
  })

  it.each(kernels)('of %s is at least ρ(σ_k)/(κ²λ) at 30 random ones', (name, kernel, s) => {
    for (let i = 0; i < 30; i++) {
      const k = 2 + (i % 4)
      const W = stream(2)
        .child(name, i)
        .normalInto(new Float64Array(k * k))
      const { smallest, sigma, conditioning } = teacherCurvature(W, k, kernel)
      const { rho } = zhongConstants(s, sigma)
      expect(smallest).toBeGreaterThan(rho / conditioning - 1e-12)
    }
  })

  it('grows like the square of the output weights', () => {
    const a = Float64Array.of(2, -2, 2)
    const V = identity(3).data
    const network = { n: 3, k: 3, d: 3, W: V, a, V, b: a, kernel: relu }
    const [least] = eigenSymmetric(hessian(network, { withA: false })).values
    expect(least).toBeGreaterThan(4 * (1 / 4 - 1 / (2 * Math.PI)) - 1e-12)
  })

  it('has no bound where ρ is not positive', () => {
    const facts = { activation: 'z²', rho: -4, conditioning: 1, smallest: 0 }
    expect(verdictOn(teacherConvex, facts).status).toBe('inapplicable')
    const far = { k: 10, distance: 0.6, runs: 10, missed: 1, unfinished: 0 }
    expect(verdictOn(teacherBasin, far).status).toBe('inapplicable')
  })
})
