import { verdictOn } from '@nonconvex/optim/claims'
import { angles, stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  antiparallelDensity,
  antiparallelProbability,
  oneWeight,
  randomInitialization,
  initialAngle,
  initialAngleGap,
} from '../descent/index.js'

const root = stream(11)
const draw = (m: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => {
    const first = Array.from({ length: m }, (_, j) => (j === 0 ? 1 : 0))
    return angles(root.child(`m=${m}`, i).unitVector(m), first).phi
  })

describe('the density of the initial angle', () => {
  it.each([2, 3, 4, 7, 10])('is the derivative of the probability, m = %i', (m) => {
    for (const phi of [0.05, 0.7, 1.5, 2.6]) {
      const h = 1e-5
      const slope =
        (antiparallelProbability(phi + h, m) - antiparallelProbability(phi - h, m)) / (2 * h)
      expect(antiparallelDensity(phi, m)).toBeCloseTo(slope, 8)
    }
  })
  it('refuses m = 1', () => {
    expect(() => antiparallelDensity(1, 1)).toThrow('m to be an integer ≥ 2, got 1')
  })
})

describe('the distribution of the initial angle', () => {
  const found = [2, 3, 5, 10].map((m) => ({ m, phi0: draw(m, 500) }))
  it('holds for uniform initializations', () => {
    expect(verdictOn(initialAngle, found)).toMatchObject({ status: 'holds', bound: 2.5 })
  })
  it('is violated by initializations of another dimension', () => {
    expect(verdictOn(initialAngle, [{ m: 5, phi0: found[1].phi0 }]).status).toBe('violated')
  })
  it('needs some initializations with m ≥ 2', () => {
    expect(verdictOn(initialAngle, [{ m: 1, phi0: [0, Math.PI] }]).status).toBe('inapplicable')
    expect(verdictOn(initialAngle, [{ m: 2, phi0: [1] }]).status).toBe('inconclusive')
  })
  it('measures the largest gap on both sides of each step', () => {
    expect(initialAngleGap({ m: 2, phi0: [Math.PI / 2] })).toBeCloseTo(0.5, 14)
    expect(initialAngleGap({ m: 2, phi0: [Math.PI / 4, Math.PI] })).toBeCloseTo(0.5, 14)
  })
})

describe('random initializations', () => {
  const found = { k: 5, m: 2, eta: 1, starts: 1000, arrived: 1000, late: 0 }
  it('all arrive, or the claim is violated', () => {
    expect(verdictOn(randomInitialization, found).status).toBe('holds')
    expect(verdictOn(randomInitialization, { ...found, arrived: 999, late: 1 }).status).toBe(
      'violated',
    )
    expect(verdictOn(randomInitialization, { ...found, arrived: 900 }).status).toBe('inconclusive')
    expect(verdictOn(randomInitialization, { ...found, starts: 100, arrived: 100 }).status).toBe(
      'inconclusive',
    )
  })
  it('need k ≥ 2, m ≥ 2, η ≤ 1/c', () => {
    for (const other of [{ k: 1 }, { m: 1 }, { eta: 3 }])
      expect(verdictOn(randomInitialization, { ...found, ...other }).status).toBe('inapplicable')
  })
})

describe('one weight', () => {
  const found = { k: 5, eta: 1, starts: 1000, arrived: 480, trapped: 520 }
  it('takes to −αw* half of the initializations', () => {
    expect(verdictOn(oneWeight, found)).toMatchObject({ status: 'holds', bound: 0.5 })
    expect(verdictOn(oneWeight, { ...found, arrived: 420, trapped: 580 }).status).toBe('violated')
    expect(verdictOn(oneWeight, { ...found, arrived: 479 }).status).toBe('violated')
    expect(verdictOn(oneWeight, { ...found, starts: 100, arrived: 50, trapped: 50 }).status).toBe(
      'inconclusive',
    )
  })
  it('needs k ≥ 2, η ≤ 1/c and initializations with m = 1', () => {
    for (const other of [{ k: 1 }, { eta: 3 }, { starts: 0, arrived: 0, trapped: 0 }])
      expect(verdictOn(oneWeight, { ...found, ...other }).status).toBe('inapplicable')
  })
})
