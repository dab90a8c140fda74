import { verdictOn } from '@nonconvex/optim/claims'
import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  kernelArcCosine,
  kernelQuadrature,
  kernelDigits,
  exactOppositeAngle,
  kernelClosedForm,
  kernelErrorBudget,
  reluPairNaive,
  reluPairQuadrature,
} from './index.js'
import { reluPair } from '../index.js'

describe('quadrature', () => {
  it('is the closed form at angles of all sizes', () => {
    for (const phi of [1e-8, 1e-3, 0.1, 0.5, 1, Math.PI / 2, 2, 3, Math.PI]) {
      const exact = reluPair([2, 0], [-3 * Math.cos(phi), 3 * Math.sin(phi)])
      const found = reluPairQuadrature(2, 3, phi)
      expect(Math.abs(found / exact - 1), String(phi)).toBeLessThan(1e-14)
    }
    expect(reluPairQuadrature(1, 1, 0)).toBe(0)
    expect(reluPairQuadrature(0, 1, 1)).toBe(0)
  })
  it('refuses values out of range', () => {
    expect(() => reluPairQuadrature(-1, 1, 1)).toThrow(RangeError)
    expect(() => reluPairQuadrature(1, NaN, 1)).toThrow(RangeError)
    expect(() => reluPairQuadrature(1, 1, 4)).toThrow(RangeError)
  })
})

describe('the angle by exact products', () => {
  /** an entry of at least 2^-8 in size, as a whole multiple of 2^-60 */
  const whole = (x: number): bigint => BigInt(x * 2 ** 60)
  it('has the determinant of integer arithmetic', () => {
    const draws = stream(5).child('pairs')
    for (let i = 0; i < 200; i++) {
      const u = draws.unitVector(2)
      const phi = 1e-3 * draws.uniform() ** 2
      const v = [
        -u[0] * Math.cos(phi) + u[1] * Math.sin(phi),
        -u[1] * Math.cos(phi) - u[0] * Math.sin(phi),
      ]
      if (Math.min(...[...u, ...v].map(Math.abs)) < 2 ** -7) continue
      const [a, b, c, d] = [...u, ...v].map(whole)
      const determinant = Math.abs(Number(a * d - b * c)) / 2 ** 120
      const expected = Math.atan2(determinant, -(u[0] * v[0] + u[1] * v[1]))
      expect(Math.abs(exactOppositeAngle(u, v) / expected - 1)).toBeLessThan(4e-16)
    }
  })
  it('covers [0, π]', () => {
    expect(exactOppositeAngle([1, 0], [1, 0])).toBe(Math.PI)
    expect(exactOppositeAngle([0.1, 0.3], [-0.1, -0.3])).toBe(0)
    expect(() => exactOppositeAngle([1, 0, 0], [1, 0, 0])).toThrow('length 2')
  })
})

describe('the form with an arc cosine', () => {
  it('is right at generic angles, and 0 for zero vectors', () => {
    expect(reluPairNaive([1, 2, -1], [0.5, -1, 2])).toBeCloseTo(0.198374812987506, 13)
    expect(reluPairNaive([0, 0], [1, 1])).toBe(0)
  })
})

describe('the verdicts on the integral', () => {
  it('compare with samples and with quadrature', () => {
    const found = { exact: [0.5], mean: [0.501], error: [0.001] }
    expect(verdictOn(kernelClosedForm, { samples: 1e5, ...found }).status).toBe('holds')
    expect(verdictOn(kernelClosedForm, { samples: 1e5, ...found, mean: [0.505] }).status).toBe(
      'violated',
    )
    expect(verdictOn(kernelQuadrature, { largest: 9e-9, angles: 3 }).status).toBe('holds')
    expect(verdictOn(kernelQuadrature, { largest: 2e-8, angles: 3 }).status).toBe('violated')
    expect(verdictOn(kernelQuadrature, { largest: 0, angles: 0 }).status).toBe('inconclusive')
  })
  it('count digits', () => {
    const found = [1e-3, 1e-6, 1e-8].map((phi) => ({
      phi,
      stable: 0.5 * kernelErrorBudget(phi),
      naive: phi < 1e-5 ? 1 : 1e-7,
    }))
    const change = (stable: number, naive: number) => [
      ...found.slice(0, 2),
      { ...found[2], stable, naive },
    ]
    expect(verdictOn(kernelDigits, found)).toMatchObject({ status: 'holds', bound: 1 })
    expect(verdictOn(kernelDigits, change(1e-3, 1)).status).toBe('violated')
    expect(verdictOn(kernelDigits, []).status).toBe('inconclusive')
    expect(verdictOn(kernelArcCosine, found)).toMatchObject({ status: 'holds', measured: 1 })
    expect(verdictOn(kernelArcCosine, change(1e-8, 0.1)).status).toBe('violated')
    expect(verdictOn(kernelArcCosine, found.slice(0, 1)).status).toBe('inconclusive')
  })
})
