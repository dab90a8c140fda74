import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  baumRate,
  baumSampleSizes,
  baumLearns,
  baumFails,
  type BaumDraws,
  type BaumFound,
  type BaumStatus,
} from './index.js'
import { wilsonInterval } from '@nonconvex/optim/statistics'

describe('claims about the algorithm', () => {
  const worst = { points: 10_000, errors: 50, bad: 0 }
  // 2n(n + 1)/ε examples of step 2, n/2 times as many of step 1
  const sizes = { n: 3, first: 1800, second: 1200 }
  const found = { symmetric: true, ...sizes, statuses: ['learnt', 'learnt'] as const, eps: 0.02 }
  const status = (change: Partial<BaumFound>): string =>
    verdictOn(baumLearns, { ...found, worst, ...change }).status

  it('are violated by large errors, and by a step without solution', () => {
    expect(status({})).toBe('holds')
    expect(status({ worst: { ...worst, errors: 300 } })).toBe('violated')
    expect(status({ statuses: ['learnt', 'step2-infeasible'] })).toBe('violated')
    expect(status({ statuses: ['step1-infeasible'], worst: undefined })).toBe('violated')
    expect(status({ statuses: [] })).toBe('inconclusive')
    expect(status({ symmetric: false })).toBe('inapplicable')
  })
  it('are undecided where the interval of the error holds ε, and nowhere else', () => {
    const at = (errors: number): string => status({ worst: { ...worst, errors } })
    const all = Array.from({ length: 400 }, (_, errors) => at(errors))
    const [holds, violated] = [all.lastIndexOf('holds'), all.indexOf('violated')]
    expect(holds).toBeLessThan(200)
    expect(wilsonInterval(holds, 10_000, 3.5).high).toBeLessThanOrEqual(0.02)
    expect(wilsonInterval(holds + 1, 10_000, 3.5).high).toBeGreaterThan(0.02)
    expect(violated).toBeGreaterThan(200)
    expect(wilsonInterval(violated, 10_000, 3.5).low).toBeGreaterThan(0.02)
    expect(wilsonInterval(violated - 1, 10_000, 3.5).low).toBeLessThanOrEqual(0.02)
    expect(all.slice(holds + 1, violated).every((each) => each === 'inconclusive')).toBe(true)
    // not one error, but few points
    expect(status({ worst: { points: 100, errors: 0, bad: 0 } })).toBe('inconclusive')
    // a run that fails does so whatever the points
    const few = { points: 100, errors: 0, bad: 0 }
    expect(status({ worst: few, statuses: ['learnt', 'step2-infeasible'] })).toBe('violated')
    const verdict = verdictOn(baumLearns, { ...found, worst })
    expect(verdict.confidence).toBeCloseTo(1 - 2 * 4.66e-4, 12)
    expect(() =>
      verdictOn(baumLearns, { ...found, worst, statuses: Array(2001).fill('learnt') }),
    ).toThrow('at most 2,000 runs, got 2001')
  })
  it('do not apply to fewer examples than do, and say which the guarantee asks for', () => {
    const bad = { worst: { ...worst, errors: 5000 } }
    expect(status({ ...bad, second: 1199 })).toBe('inapplicable')
    expect(status({ ...bad, first: 1799 })).toBe('inapplicable')
    expect(status(bad)).toBe('violated')
    const of = (change: Partial<BaumFound>) =>
      verdictOn(baumLearns, { ...found, worst, ...change }).hypotheses.find(({ text }) =>
        text.includes('guarantee'),
      )
    expect(of({})?.status).toBe('assumed')
    const { m1, m2 } = baumSampleSizes({ n: 3, eps: 0.02, delta: 0.02 })
    expect(of({ first: m1, second: 2 * m2 })?.status).toBe('holds')
    expect(of({ first: m1, second: 2 * m2 - 1 })?.status).toBe('assumed')
  })
  const draws = { first: 100, second: 3000 }
  const fails = (
    statuses: readonly BaumStatus[],
    residuals: readonly number[],
    change: Partial<BaumDraws> = {},
  ): string =>
    verdictOn(baumFails, {
      oneSided: true,
      draws: { ...draws, ...change },
      statuses,
      residuals,
    }).status
  it('are violated by a run that learns lifted inputs, and by a witness that does not check', () => {
    expect(fails(['step2-infeasible'], [1e-12])).toBe('holds')
    expect(fails(['step2-infeasible', 'learnt'], [1e-12])).toBe('violated')
    expect(fails(['step2-infeasible'], [1e-3])).toBe('violated')
    expect(fails(['step2-infeasible'], [])).toBe('violated')
    expect(fails([], [])).toBe('inconclusive')
    expect(
      verdictOn(baumFails, {
        oneSided: false,
        draws: draws,
        statuses: ['step2-infeasible'],
        residuals: [1e-12],
      }).status,
    ).toBe('inapplicable')
  })
  it('do not blame luck: with few lifted examples a form may exist', () => {
    expect(fails(['learnt'], [], { second: 2999 })).toBe('inapplicable')
    expect(fails(['always-negative'], [], { first: 99 })).toBe('inapplicable')
  })
  it('are undecided where the arithmetic could not tell, unless something else is wrong', () => {
    expect(status({ statuses: ['learnt', 'undecided'] })).toBe('inconclusive')
    expect(status({ statuses: ['step2-infeasible', 'undecided'] })).toBe('violated')
    expect(fails(['step2-infeasible', 'undecided'], [1e-12])).toBe('inconclusive')
    expect(fails(['learnt', 'undecided'], [])).toBe('violated')
  })
  it('have a stable id and a source', () => {
    for (const claim of [baumLearns, baumFails, baumRate]) {
      expect(claim.id).toMatch(/^gaussian\/[a-z-]+$/)
      expect(Object.keys(claim.source).length).toBeGreaterThan(0)
    }
  })
})
