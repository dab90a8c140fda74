import { describe, expect, it } from 'vitest'
import { decide, hypothesis, standsTo, type Claim } from './index.js'

const claim: Claim = {
  id: 'test/few-updates',
  title: 'SGD makes at most 200 updates',
  rigor: 'float64',
  source: { ours: 'by counting' },
}
const statistical: Claim = { ...claim, rigor: 'statistical' }
const compared = { statement: '133 updates, at most 200', measured: 133, bound: 200 } as const

describe('decide', () => {
  it('copies the claim and the numbers into the verdict', () => {
    expect(
      decide(claim, { ...compared, relation: '<=', witness: [1, 2], confidence: 0.99 }),
    ).toStrictEqual({
      claim: 'test/few-updates',
      title: 'SGD makes at most 200 updates',
      status: 'holds',
      statement: '133 updates, at most 200',
      rigor: 'float64',
      measured: 133,
      relation: '<=',
      bound: 200,
      confidence: 0.99,
      hypotheses: [],
      witness: [1, 2],
      source: { ours: 'by counting' },
    })
  })

  it.each([
    ['<=', 1, 1, undefined, 'holds'],
    ['<=', 1.1, 1, undefined, 'violated'],
    ['<=', 1.1, 1, 0.2, 'holds'],
    ['<=', 1.3, 1, 0.2, 'violated'],
    ['>=', 1, 1, undefined, 'holds'],
    ['>=', 0.9, 1, undefined, 'violated'],
    ['>=', 0.9, 1, 0.2, 'holds'],
    ['>=', 0.7, 1, 0.2, 'violated'],
    ['==', 1, 1, undefined, 'holds'],
    ['==', 1.1, 1, undefined, 'violated'],
    ['==', 1.1, 1, 0.2, 'holds'],
    ['==', 0.9, 1, 0.2, 'holds'],
    ['==', 0.7, 1, 0.2, 'violated'],
  ] as const)('%s: %f against %f with slack %s %s', (relation, measured, bound, slack, status) => {
    const evidence = { statement: 's', relation, measured, bound }
    expect(decide(claim, slack === undefined ? evidence : { ...evidence, slack }).status).toBe(
      status,
    )
  })

  it('says how much of a theorem’s bound was measured, and where that is next to nothing', () => {
    const inequality = (relation: '<=' | '>=' | '==', measured: number, bound: number) =>
      decide(claim, { statement: 's', relation, measured, bound, inequality: true })
    expect(inequality('<=', 50, 200)).toMatchObject({ tightness: 0.25, statement: 's' })
    expect(inequality('<=', 300, 200)).toMatchObject({ tightness: 1.5, statement: 's' })
    expect(inequality('>=', 200, 50)).toMatchObject({ tightness: 0.25, statement: 's' })
    expect(inequality('<=', 1, 200)).toMatchObject({ tightness: 0.005 })
    expect(inequality('<=', 1, 200).statement).toContain('200 times as large: not tested')
    expect(inequality('<=', 0, 33)).toMatchObject({ tightness: 0 })
    expect(inequality('<=', 0, 33).statement).toContain('not tested by this run')
    for (const none of [
      inequality('==', 1, 1),
      inequality('<=', 0, 0),
      inequality('<=', -1, 2),
      inequality('>=', 1, -1),
      inequality('>=', 1, 0),
      decide(claim, { statement: 's', relation: '<=', measured: 1, bound: 200 }),
    ])
      expect(none).not.toHaveProperty('tightness')
    const known = { ...compared, relation: '<=', inequality: 'test/attained' } as const
    expect(decide(claim, known).attainedBy).toBe('test/attained')
    expect(decide(claim, { ...compared, relation: '==', attains: 0.98 }).attains).toBe(0.98)
    for (const attains of [NaN, Infinity, -1])
      expect(decide(claim, { ...compared, relation: '==', attains })).not.toHaveProperty('attains')
  })

  it('decides by holds alone, and needs both where there is a comparison, too', () => {
    expect(decide(claim, { statement: 's', holds: true }).status).toBe('holds')
    expect(decide(claim, { statement: 's', holds: false }).status).toBe('violated')
    expect(decide(claim, { ...compared, relation: '<=', holds: false }).status).toBe('violated')
    expect(decide(claim, { ...compared, relation: '>=', holds: true }).status).toBe('violated')
    expect(decide(claim, { ...compared, relation: '<=', holds: true }).status).toBe('holds')
    expect(decide(claim, { statement: 's', holds: true, measured: 3 }).measured).toBe(3)
  })

  it('is inapplicable where a hypothesis fails, whatever else was found, and says which', () => {
    const hypotheses = [
      hypothesis('norms are at most 1', false, 1.25),
      hypothesis('k >= 1', true, 3),
      hypothesis('data are separable', false),
    ]
    const verdict = decide(claim, { ...compared, relation: '>=', hypotheses, undecided: 'no time' })
    expect(verdict.status).toBe('inapplicable')
    expect(verdict.statement).toBe(
      'not met: norms are at most 1 (measured 1.25); data are separable',
    )
    expect(verdict.hypotheses).toBe(hypotheses)
  })

  it('applies where hypotheses hold or are assumed', () => {
    const hypotheses = [hypothesis('a', true), hypothesis('b', 'assumed')]
    expect(decide(claim, { ...compared, relation: '<=', hypotheses }).status).toBe('holds')
  })

  it('is inconclusive for a reason', () => {
    const verdict = decide(claim, { ...compared, relation: '>=', undecided: 'the budget ran out' })
    expect(verdict.status).toBe('inconclusive')
    expect(verdict.statement).toBe('133 updates, at most 200; undecided: the budget ran out')
  })

  it.each([NaN, Infinity, -Infinity])('is inconclusive about %s, and leaves it out', (x) => {
    const measured = decide(claim, { statement: 's', measured: x, relation: '<=', bound: 1 })
    expect(measured.status).toBe('inconclusive')
    expect(measured.statement).toBe(`s; undecided: measured is ${x}`)
    expect(measured).not.toHaveProperty('measured')
    const bound = decide(claim, { statement: 's', measured: 1, relation: '<=', bound: x })
    expect(bound.status).toBe('inconclusive')
    expect(bound).not.toHaveProperty('bound')
    expect(decide(claim, { statement: 's', measured: x, holds: true }).status).toBe('inconclusive')
  })

  it('wants a confidence for a statistical claim that is decided', () => {
    expect(() => decide(statistical, { ...compared, relation: '<=' })).toThrow(
      'decide: expected a confidence, as test/few-updates is statistical, got none',
    )
    expect(decide(statistical, { ...compared, relation: '<=', confidence: 0.95 }).status).toBe(
      'holds',
    )
    expect(decide(statistical, { statement: 's', undecided: 'few rows' }).status).toBe(
      'inconclusive',
    )
  })

  it.each([
    [{ statement: '', holds: true }, 'a statement'],
    [{ statement: 's' }, 'relation, holds or undecided'],
    [{ statement: 's', measured: 1 }, 'relation, holds or undecided'],
    [{ statement: 's', relation: '<=', measured: 1 }, 'measured and bound'],
    [{ statement: 's', relation: '<=', bound: 1 }, 'measured and bound'],
    [{ statement: 's', holds: true, slack: -1 }, 'slack >= 0'],
    [{ statement: 's', holds: true, slack: NaN }, 'slack >= 0'],
    [{ statement: 's', holds: true, confidence: 1 }, 'confidence in (0, 1)'],
    [{ statement: 's', holds: true, confidence: 0 }, 'confidence in (0, 1)'],
  ] as const)('refuses %j', (evidence, expected) => {
    expect(() => decide(claim, evidence)).toThrow(RangeError)
    expect(() => decide(claim, evidence)).toThrow(`decide: expected ${expected}`)
  })

  it('does not want numbers where none could be measured', () => {
    const hypotheses = [hypothesis('a', false)]
    expect(decide(claim, { statement: 's', relation: '<=', hypotheses }).status).toBe(
      'inapplicable',
    )
    expect(decide(claim, { statement: 's', relation: '<=', undecided: 'u' }).status).toBe(
      'inconclusive',
    )
  })
})

describe('standsTo', () => {
  it('is false of NaN in any place', () => {
    for (const relation of ['<=', '>=', '=='] as const) {
      expect(standsTo(NaN, relation, 1)).toBe(false)
      expect(standsTo(1, relation, NaN)).toBe(false)
    }
    expect(standsTo(2, '<=', 1, NaN)).toBe(false)
  })
})
