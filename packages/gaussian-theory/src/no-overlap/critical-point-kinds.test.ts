import { describe, expect, it } from 'vitest'
import { proofOf, verdictOn } from '@nonconvex/optim/claims'
import { coefficients, kindsProved, proveKinds, type KindsProved } from '../index.js'
import { kindAssertions } from './landscape-assertions.js'

const found = proveKinds([1, 0], 5)
const at = { k: 5, m: 2, R: 1 }
const status = (change: Partial<KindsProved>): string =>
  verdictOn(kindsProved, { ...at, proofs: { ...found, ...change } }).status

describe('the proof of the kinds', () => {
  it('holds, encloses the closed forms, and is plain data', () => {
    expect(verdictOn(kindsProved, { ...at, proofs: found })).toMatchObject({
      status: 'holds',
      rigor: 'proof',
      measured: 3,
      witness: proofOf(kindAssertions(5, 2, found)),
    })
    const { alpha, b, c } = coefficients(5)
    const [low, high] = found.saddle.alpha ?? []
    expect(low).toBeLessThanOrEqual(alpha)
    expect(high).toBeGreaterThanOrEqual(alpha)
    expect(found.slopes?.[0]).toBeCloseTo(-c, 1)
    expect(found.slopes?.[1]).toBeCloseTo(-b, 12)
    expect(JSON.parse(JSON.stringify(found))).toEqual(found)
  })
  it('is violated where an enclosure excludes a kind', () => {
    expect(status({ slopes: [0, 1] })).toBe('violated')
    expect(status({ minimum: { ...found.minimum, status: 'hessian-not-definite' } })).toBe(
      'violated',
    )
    const saddle = { ...found.saddle, fall: [-2, -1] as const, proved: false }
    expect(status({ saddle })).toBe('violated')
  })
  it('is inconclusive where one is too wide', () => {
    expect(status({ slopes: [-1, 0] })).toBe('inconclusive')
    expect(status({ slopes: null })).toBe('inconclusive')
    expect(status({ minimum: { ...found.minimum, status: 'inconclusive' } })).toBe('inconclusive')
    expect(status({ saddle: { ...found.saddle, proved: false } })).toBe('inconclusive')
  })
  it('does not apply to one patch or a filter of length 1', () => {
    expect(verdictOn(kindsProved, { ...at, k: 1, proofs: found }).status).toBe('inapplicable')
    expect(verdictOn(kindsProved, { ...at, m: 1, proofs: found }).status).toBe('inapplicable')
  })
})
