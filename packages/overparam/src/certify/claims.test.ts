import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { marginCertified, noMargin, noSeparator, type WitnessFacts } from './index.js'

const canceled = (facts: WitnessFacts) => verdictOn(facts.exact ? noSeparator : noMargin, facts)

describe('overparam/margin-certified', () => {
  const facts = { separable: 'yes', lo: 0.25, hi: 0.25, proven: false } as const

  it('holds for an interval, up to rounding, and is violated if the ends are the wrong way round', () => {
    expect(verdictOn(marginCertified, facts)).toMatchObject({
      status: 'holds',
      measured: 0.25,
      bound: 0.25,
    })
    expect(verdictOn(marginCertified, { ...facts, lo: 0.25 * (1 + 1e-10) }).status).toBe('holds')
    expect(verdictOn(marginCertified, { ...facts, lo: 0.26 }).status).toBe('violated')
  })

  it('does not apply without a separator, and cannot tell where none is known', () => {
    expect(verdictOn(marginCertified, { ...facts, separable: 'no', lo: 0, hi: 0 }).status).toBe(
      'inapplicable',
    )
    const open = verdictOn(marginCertified, {
      separable: 'unknown',
      lo: -1,
      hi: Infinity,
      proven: false,
    })
    expect(open.status).toBe('inconclusive')
  })
})

describe('overparam/no-separator', () => {
  it('is a proof if exact, float64 otherwise, violated if the rows do not cancel', () => {
    const facts = { rows: 3, residual: 1e-12, radius: 2, exact: false }
    expect(canceled({ ...facts, exact: true })).toMatchObject({
      status: 'holds',
      rigor: 'proof',
    })
    // what was added up in float64 is no proof
    expect(verdictOn(noSeparator, facts).status).toBe('inconclusive')
    expect(canceled(facts)).toMatchObject({ status: 'holds', rigor: 'float64' })
    expect(canceled({ ...facts, residual: 1e-3 }).status).toBe('violated')
  })

  it('says that no separator exists only where that is proved', () => {
    const facts = { rows: 3, residual: 1e-12, radius: 2, exact: false }
    const floating = canceled(facts)
    expect(floating.title).toBe(
      'The examples are not separable up to rounding: no unit vector has a margin above 10⁻⁹ R',
    )
    expect(floating.title + floating.statement).not.toContain('separator')
    expect(canceled({ ...facts, exact: true }).title).toContain('not linearly separable')
    expect(floating.claim).toBe(canceled({ ...facts, exact: true }).claim)
  })
})
