import { describe, expect, it } from 'vitest'
import { claim, difference, hypothesis, named, verdictOn, weakest } from './index.js'

const few = claim(
  'demo/few',
  'SGD makes at most 200 updates',
  'float64',
  { ours: 'by counting' },
  ({ updates, k = 2 }: { updates: number; k?: number }) => ({
    statement: `${updates} updates`,
    measured: updates,
    relation: '<=',
    bound: 200,
    hypotheses: [hypothesis('k ≥ 2', k >= 2, k)],
  }),
)

describe('claim', () => {
  it('is decided by its own evidence', () => {
    expect(verdictOn(few, { updates: 133 })).toMatchObject({
      claim: 'demo/few',
      status: 'holds',
      measured: 133,
      bound: 200,
    })
    expect(verdictOn(few, { updates: 201 }).status).toBe('violated')
    expect(verdictOn(few, { updates: 201, k: 1 }).status).toBe('inapplicable')
  })

  it('refuses an id without a part, and an empty title', () => {
    const made =
      (id: string, title = 'T') =>
      () =>
        claim(id, title, 'proof', {}, () => ({ statement: 's', holds: true }))
    for (const id of ['few', 'Demo/few', 'demo/', '/few', 'demo/few updates'])
      expect(made(id), id).toThrow(RangeError)
    expect(made('demo/few', '')).toThrow(RangeError)
  })
})

describe('weakest', () => {
  const of = (...updates: number[]) => updates.map((n) => verdictOn(few, { updates: n }))
  const outside = verdictOn(few, { updates: 1, k: 1 })

  it('takes the worst status first, then the least room', () => {
    expect(weakest(of(10, 150, 20)).measured).toBe(150)
    expect(weakest(of(10, 150, 20), (m) => -m).measured).toBe(10)
    expect(weakest(of(10, 150, 20), difference).measured).toBe(10)
    expect(weakest(of(10, 250, 150)).status).toBe('violated')
  })

  it('counts the cases outside the hypotheses, or lets them decide', () => {
    const aside = weakest([...of(10), outside])
    expect([aside.status, aside.measured]).toEqual(['holds', 10])
    expect(aside.statement).toContain('1 of 2 cases')
    expect(weakest([outside]).status).toBe('inapplicable')
    expect(weakest([...of(10), outside], difference, 'first').status).toBe('inapplicable')
    expect(weakest([...of(300), outside], difference, 'first').status).toBe('violated')
  })

  it('names a case unless a hypothesis fails', () => {
    expect(named('k = 3', of(7)[0]).statement).toMatch(/^k = 3: /)
    expect(named('k = 1', outside)).toBe(outside)
  })

  it('needs a case', () => {
    expect(() => weakest([])).toThrow(RangeError)
  })
})
