import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { evidence, facts, notSeparable, relu } from '../../test/evidence.js'
import { boundIndependentOfWidth, type RunFacts } from '../index.js'

describe('overparam/bound-independent-of-width', () => {
  const widths = [1, 10, 300].map((k) => facts({ k }))

  it('holds with v = 1/√(2k) and rows of the start of size 1/√(2k)', () => {
    const verdict = verdictOn(boundIndependentOfWidth, evidence(widths))
    expect(verdict.status).toBe('holds')
    expect(verdict.statement).toMatch(
      /^from k = 1 to 300 .* %.*; 1 % allowed; .*initial excess, .* %; .*row of W₀, .* %$/,
    )
  })

  it('is violated with v = 1 or v = 1/k at a fixed step', () => {
    for (const of of [() => 1, (k: number) => 1 / k]) {
      const runs = [1, 10].map((k) => facts({ k, v: of(k) }))
      expect(verdictOn(boundIndependentOfWidth, evidence(runs)).status).toBe('violated')
    }
  })

  it('is violated by starts that do not shrink, although they are compared at one ratio of rows and one excess', () => {
    const grown = widths.map((run, i) => {
      const setting = run.setting && { ...run.setting }
      if (!setting) return run
      const factor = [1, 10, 300][i]
      return {
        ...run,
        setting: {
          ...setting,
          startS: factor * setting.startS,
          startRow: Math.sqrt(factor) * setting.startRow,
        },
      }
    })
    expect(verdictOn(boundIndependentOfWidth, evidence(grown)).status).toBe('violated')
  })

  it('holds from a start of zero, which has no largest row', () => {
    const zero = { startF: 0, startS: 0, startRow: 0, excess: 0 }
    const runs = widths.map((run) => ({
      ...run,
      ...(run.setting && { setting: { ...run.setting, ...zero } }),
    }))
    const { status, statement } = verdictOn(boundIndependentOfWidth, evidence(runs))
    expect(status).toBe('holds')
    expect(statement).toMatch(
      /; the initial excess is 0 in all runs; .*row of W₀ is 1 in all runs$/,
    )
  })

  it('is inapplicable to ReLU and to data that nothing separates', () => {
    for (const failing of [relu, notSeparable])
      expect(
        verdictOn(boundIndependentOfWidth, evidence(widths, { hypotheses: failing })).status,
      ).toBe('inapplicable')
  })

  it('is inconclusive without runs, for one width, or without bounds', () => {
    const status = (runs: readonly RunFacts[]): string =>
      verdictOn(boundIndependentOfWidth, evidence(runs)).status
    expect(status([])).toBe('inconclusive')
    expect(status([widths[0], widths[0]])).toBe('inconclusive')
    const bare = widths.map(({ setting, ...run }) => ({ ...run, name: `γ = ${setting?.gamma}` }))
    expect(status(bare)).toBe('inconclusive')
  })

  it('compares bounds on the same data only', () => {
    const other = facts({ changed: (b) => ({ ...b, gamma: 2 * b.gamma }) })
    const runs = (group: string) => [...widths, { ...other, group }]
    expect(verdictOn(boundIndependentOfWidth, evidence(runs('other'))).status).toBe('holds')
    expect(verdictOn(boundIndependentOfWidth, evidence(runs(''))).status).toBe('violated')
  })

  it('wants a tolerance that is one', () => {
    expect(() =>
      verdictOn(boundIndependentOfWidth, { ...evidence(widths), tolerance: -1 }),
    ).toThrow('boundIndependentOfWidth: expected tolerance to be finite and not negative, got -1')
  })
})
