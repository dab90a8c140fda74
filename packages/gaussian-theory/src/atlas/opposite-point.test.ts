import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { antiparallelRay, overlapEvidence, overlapLoss } from '../overlap/index.js'
import { oppositeCritical, oppositeKind, reversalDefect, type OppositeFound } from './index.js'

function opposite(wStar: readonly number[], k: number, stride = 1): OppositeFound {
  const { t0 } = antiparallelRay(wStar, { k, stride })
  const at = wStar.map((x) => -t0 * x)
  const { gradientNorm, eigenvalues } = overlapEvidence(at, wStar, { k, stride })
  const R = Math.hypot(...wStar)
  return { shape: { m: wStar.length, k, stride }, gradient: gradientNorm / R, eigenvalues }
}
const kinds = (wStar: readonly number[], ks: readonly number[], stride = 1): string[] =>
  ks.map((k) => oppositeKind(opposite(wStar, k, stride)))

describe('the point opposite to the teacher', () => {
  it('is what the closed forms say', () => {
    expect(kinds([-1, 1], [2, 3, 5, 10, 50])).toEqual(new Array(5).fill('minimum'))
    expect(kinds([1, 1], [2, 3, 5, 10])).toEqual(new Array(4).fill('saddle'))
    expect(kinds([-1, 0, 1], [2, 5, 10])).toEqual(['saddle', 'saddle', 'minimum'])
    expect(kinds([-2, 0, 2], [10])).toEqual(['minimum'])
    expect(kinds([-1, 0.5], [2, 10])).toEqual(new Array(2).fill('no critical point'))
    expect(kinds([1, 0, 1], [5])).toEqual(['no critical point'])
  })
  it('is flat where patches do not overlap', () => {
    expect(kinds([-1, 1], [5], 2)).toEqual(['flat'])
  })
  it('has a loss that reversal keeps', () => {
    const options = { k: 4, stride: 2 }
    const [w, wStar] = [
      [0.3, -1, 0.2],
      [1, 0.4, -0.7],
    ]
    const there = overlapLoss([...w].reverse(), [...wStar].reverse(), options)
    expect(there).toBeCloseTo(overlapLoss(w, wStar, options), 15)
  })
  it.each([
    [[3], 0],
    [[2, -2], 0],
    [[2, 2], 0],
    [[-3, 0, 3], 0],
    [[1, 1, 1], 2],
    [[-1, 0, 0, 1], Infinity],
  ])('is symmetric or not, %j', (wStar, defect) => {
    expect(reversalDefect(wStar)).toBeCloseTo(defect, 14)
  })
})

describe('the claim that it is critical', () => {
  const all = [2, 5, 10].map((k) => opposite([-1, 0, 1], k))
  const status = (found: readonly OppositeFound[], wStar = [-1, 0, 1]): string =>
    verdictOn(oppositeCritical, { wStar, found }).status
  it('holds, and says what the points are', () => {
    const verdict = verdictOn(oppositeCritical, { wStar: [-1, 0, 1], found: all })
    expect(verdict.status).toBe('holds')
    expect(verdict.statement).toContain('saddle for k = 2, saddle for k = 5, minimum for k = 10')
  })
  it('is violated by a slope', () => {
    expect(status([...all, { ...all[0], gradient: 1e-12 }])).toBe('violated')
    expect(status([{ ...all[0], gradient: NaN }])).toBe('inconclusive')
  })
  it('is inconclusive without a network, and where the Hessian is flat', () => {
    expect(status([])).toBe('inconclusive')
    expect(status([{ ...all[0], eigenvalues: [0, 1, 1] }])).toBe('inconclusive')
  })
  it('does not apply to other teachers, nor without overlap', () => {
    expect(status(all, [-1, 0.1, 1])).toBe('inapplicable')
    expect(status(all, [-1, 0, 0, 1])).toBe('inapplicable')
    expect(status([{ ...all[0], shape: { m: 3, k: 5, stride: 3 } }])).toBe('inapplicable')
  })
})
