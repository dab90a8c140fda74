import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import {
  coefficients,
  minimumAtTeacher,
  maximumAtOrigin,
  saddleLooksFlat,
  thirdOrderDescent,
  threeCriticalPoints,
  discRadii,
  fitPowerLaw,
  noOverlapGradient,
  noOverlapLoss,
  pointEvidence,
  proveKinds,
  type Landscape,
} from '../index.js'

const at: Landscape = { k: 5, m: 2, R: 1 }
const wStar = [1, 0]
const { alpha } = coefficients(5)
const onePatch: Landscape = { ...at, k: 1 }
const oneWeight: Landscape = { ...at, m: 1 }

/** Slopes of a function at 0 in 360 directions. */
function slopes(loss: (w: number[]) => number): number[] {
  return Array.from({ length: 360 }, (_, i) => {
    const angle = (Math.PI * i) / 180
    const step = 1e-7
    return (loss([step * Math.cos(angle), step * Math.sin(angle)]) - loss([0, 0])) / step
  })
}

describe('the maximum at the origin', () => {
  const right = slopes((w) => noOverlapLoss(w, wStar, 5))
  it('holds in 360 directions', () => {
    expect(verdictOn(maximumAtOrigin, { ...at, slopes: right, step: 1e-7 })).toMatchObject({
      status: 'holds',
      relation: '<=',
    })
  })
  it('is violated by a loss that rises somewhere: that of k = 1, or a quadratic', () => {
    const k1 = slopes((w) => noOverlapLoss(w, wStar, 1))
    expect(verdictOn(maximumAtOrigin, { ...at, slopes: k1, step: 1e-7 }).status).toBe('violated')
    const quadratic = slopes((w) => (w[0] - 1) ** 2 + w[1] ** 2)
    expect(verdictOn(maximumAtOrigin, { ...at, slopes: quadratic, step: 1e-7 }).status).toBe(
      'violated',
    )
  })
  it('is violated by one direction in which the slope is too flat', () => {
    expect(verdictOn(maximumAtOrigin, { ...at, slopes: [...right, -0.2], step: 1e-7 }).status).toBe(
      'violated',
    )
  })
  it('does not apply to one patch', () => {
    const verdict = verdictOn(maximumAtOrigin, { ...onePatch, slopes: right, step: 1e-7 })
    expect(verdict.status).toBe('inapplicable')
    expect(verdict.statement).toContain('(measured 1)')
  })
})

describe('the minimum', () => {
  const found = pointEvidence(wStar, wStar, 5)
  it('holds at w*', () => {
    expect(verdictOn(minimumAtTeacher, { ...at, found }).status).toBe('holds')
  })
  it('is violated at a point 1e-9 away', () => {
    expect(
      verdictOn(minimumAtTeacher, { ...at, found: pointEvidence([1 + 1e-9, 0], wStar, 5) }).status,
    ).toBe('violated')
  })
  it('is violated by another curvature', () => {
    expect(
      verdictOn(minimumAtTeacher, { ...at, found: { ...found, eigenvalues: [0.19, 0.45] } }).status,
    ).toBe('violated')
  })
  it('does not apply to m = 1', () => {
    expect(
      verdictOn(minimumAtTeacher, { ...oneWeight, found: pointEvidence([1], [1], 5) }).status,
    ).toBe('inapplicable')
  })
})

describe('the saddle', () => {
  const found = pointEvidence([-alpha, 0], wStar, 5)
  it('holds at −αw*', () => {
    expect(verdictOn(saddleLooksFlat, { ...at, found }).status).toBe('holds')
  })
  it('is violated at a perturbed point, and with the α of another k', () => {
    for (const w of [
      [-alpha - 1e-9, 0],
      [-alpha, 1e-4],
      [-coefficients(4).alpha, 0],
    ])
      expect(verdictOn(saddleLooksFlat, { ...at, found: pointEvidence(w, wStar, 5) }).status).toBe(
        'violated',
      )
  })
  it('is violated by a negative eigenvalue: then the saddle would be strict', () => {
    const strict = { ...found, eigenvalues: [-1e-6, found.eigenvalues[1]] }
    expect(verdictOn(saddleLooksFlat, { ...at, found: strict }).status).toBe('violated')
  })
  it('is violated by another height', () => {
    expect(
      verdictOn(saddleLooksFlat, { ...at, found: { ...found, loss: found.loss * (1 + 1e-9) } })
        .status,
    ).toBe('violated')
  })
  it('does not apply to m = 1, where the point is a minimum', () => {
    expect(
      verdictOn(saddleLooksFlat, { ...oneWeight, found: pointEvidence([-alpha], [1], 5) }).status,
    ).toBe('inapplicable')
  })
})

describe('descent at third order', () => {
  const phis = Array.from({ length: 21 }, (_, i) => 10 ** (-3 + i / 10))
  const falls = (k: number): number[] => {
    const radius = coefficients(k).alpha
    const top = noOverlapLoss([-radius, 0], wStar, k)
    return phis.map(
      (phi) => top - noOverlapLoss([-radius * Math.cos(phi), radius * Math.sin(phi)], wStar, k),
    )
  }
  it.each([2, 5, 50])('holds for k = %i', (k) => {
    const verdict = verdictOn(thirdOrderDescent, { ...at, k, phis, falls: falls(k) })
    expect(verdict).toMatchObject({ status: 'holds', bound: 3 })
  })
  it('is violated by a quadratic fall, by another coefficient, by a rise', () => {
    const cubic = falls(5)
    const quadratic = phis.map((phi) => phi * phi)
    expect(verdictOn(thirdOrderDescent, { ...at, phis, falls: quadratic }).status).toBe('violated')
    expect(
      verdictOn(thirdOrderDescent, { ...at, phis, falls: cubic.map((x) => 1.01 * x) }).status,
    ).toBe('violated')
    expect(verdictOn(thirdOrderDescent, { ...at, k: 4, phis, falls: cubic }).status).toBe(
      'violated',
    )
    expect(verdictOn(thirdOrderDescent, { ...at, phis, falls: cubic.map((x) => -x) }).status).toBe(
      'violated',
    )
    expect(
      verdictOn(thirdOrderDescent, { ...at, phis, falls: [0, ...cubic.slice(1)] }),
    ).toMatchObject({
      status: 'violated',
      measured: 0,
    })
    expect(
      verdictOn(thirdOrderDescent, { ...at, phis, falls: [NaN, ...cubic.slice(1)] }).status,
    ).toBe('inconclusive')
  })
  it('does not apply to one patch', () => {
    expect(verdictOn(thirdOrderDescent, { ...onePatch, phis, falls: falls(5) }).status).toBe(
      'inapplicable',
    )
  })
  it('fits powers exactly', () => {
    const fit = fitPowerLaw([1, 2, 4], [3, 12, 48], 2)
    expect(fit.exponent).toBeCloseTo(2, 14)
    expect(fit.coefficient).toBe(3)
  })
})

describe('three points and no other', () => {
  const { others } = proveKinds(wStar, 5)
  /**
   * smallest gradient on 201² points of [−2, 2]² outside the discs; `centre` moves the saddle's
   * disc
   */
  function search(
    k: number,
    centre = coefficients(k).alpha,
  ): { smallest: number; where: number[] } {
    let smallest = Infinity
    let where = [0, 0]
    for (let i = 0; i <= 200; i++)
      for (let j = 0; j <= 200; j++) {
        const w = [-2 + i / 50, -2 + j / 50]
        if (norm2(w) < discRadii.origin) continue
        if (Math.hypot(w[0] - 1, w[1]) < discRadii.minimum) continue
        if (Math.hypot(w[0] + centre, w[1]) < discRadii.saddle) continue
        const size = norm2(noOverlapGradient(w, wStar, k))
        if (size < smallest) [smallest, where] = [size, w]
      }
    return { smallest, where }
  }
  it.each([
    [2, 0.097],
    [5, 0.071],
    [10, 0.043],
  ])('holds for k = %i, with smallest gradient %d aR', (k, expected) => {
    const { smallest, where } = search(k)
    const { others } = proveKinds(wStar, k)
    const verdict = verdictOn(threeCriticalPoints, {
      ...at,
      k,
      others,
      search: { smallest, where, points: 201 * 201 },
    })
    expect(verdict.rigor).toBe('proof')
    expect(verdict.status).toBe('holds')
    expect(verdict.measured).toBeCloseTo(expected, 3)
  })
  it('is violated when the saddle is looked for elsewhere: a fourth point is found', () => {
    const { smallest, where } = search(5, 0)
    const verdict = verdictOn(threeCriticalPoints, {
      ...at,
      others,
      search: { smallest, where, points: 201 * 201 },
    })
    expect(verdict.status).toBe('violated')
    expect(Math.hypot(where[0] + alpha, where[1])).toBeLessThan(0.03)
    expect(verdict.witness).toMatchObject({ where })
  })
  const search5 = { smallest: at.R, where: [0, 0], points: 5 }
  const enough = { ...search5, points: 2000 }
  it('decides nothing from five points, unless one of them is critical', () => {
    expect(verdictOn(threeCriticalPoints, { ...at, others, search: search5 }).status).toBe(
      'inconclusive',
    )
    expect(
      verdictOn(threeCriticalPoints, { ...at, others, search: { ...search5, smallest: 0 } }).status,
    ).toBe('violated')
  })
  it('decides nothing from an enclosure that holds 0, and is violated by one without positive numbers', () => {
    const wide = { ...others, across: [-1, 1] as const, proved: false }
    expect(verdictOn(threeCriticalPoints, { ...at, others, search: enough }).status).toBe('holds')
    expect(verdictOn(threeCriticalPoints, { ...at, others: wide, search: enough }).status).toBe(
      'inconclusive',
    )
    expect(verdictOn(threeCriticalPoints, { ...at, others: null, search: enough }).status).toBe(
      'inconclusive',
    )
    const gone = { ...others, across: [-2, -1] as const, proved: false }
    expect(verdictOn(threeCriticalPoints, { ...at, others: gone, search: enough }).status).toBe(
      'violated',
    )
  })
  it('does not apply to w* = 0, one patch, one weight', () => {
    for (const other of [{ R: 0 }, { k: 1 }, { m: 1 }])
      expect(
        verdictOn(threeCriticalPoints, { ...at, ...other, others: null, search: enough }).status,
      ).toBe('inapplicable')
  })
})
