import { describe, expect, it } from 'vitest'
import {
  decideLiteral,
  decideNecessity,
  decideOnlyInvariant,
  decideSufficiency,
  decideViolators,
} from './invariance.js'

const built = { name: 'degree', graphs: 50, equal: 50, refused: 0, invariant: true }

describe('the claims about invariance', () => {
  it('sufficiency: one violation violates it, no function decides nothing', () => {
    const found = { functions: 3, violations: 0, trials: 300, maxError: 1e-14, tol: 1e-9 }
    expect(decideSufficiency(found).status).toBe('holds')
    expect(decideSufficiency(found).statement).toContain('rarer than 0.01')
    expect(decideSufficiency({ ...found, violations: 1 }).status).toBe('violated')
    expect(decideSufficiency({ ...found, functions: 0 }).status).toBe('inconclusive')
  })

  it('violators: one that is missed, large or only rounding violates it, by name', () => {
    const caught = { name: 'prefix sums', found: true, nodes: 2, error: 1 }
    expect(decideViolators([caught, { ...caught, nodes: 3 }]).status).toBe('holds')
    const missed = decideViolators([caught, { ...caught, name: 'argsort', found: false }])
    expect(missed.status).toBe('violated')
    expect(missed.statement).toContain('not argsort')
    expect(decideViolators([{ ...caught, nodes: 4 }]).status).toBe('violated')
    expect(decideViolators([{ ...caught, error: 1e-12 }]).status).toBe('violated')
    expect(decideViolators([]).status).toBe('inconclusive')
  })

  it('necessity: one unequal graph violates it, equal features make it inapplicable', () => {
    expect(decideNecessity([built, built]).status).toBe('holds')
    expect(decideNecessity([built, { ...built, equal: 49 }]).status).toBe('violated')
    const refused = decideNecessity([built, { ...built, equal: 40, refused: 10 }])
    expect(refused.status).toBe('inapplicable')
    expect(refused.statement).toContain('nodes of a graph differ in their features (measured 10)')
    expect(decideNecessity([]).status).toBe('inconclusive')
  })

  it('of another function: equal everywhere, or not invariant, violates it', () => {
    expect(decideOnlyInvariant({ ...built, equal: 10 }).status).toBe('holds')
    expect(decideOnlyInvariant(built).status).toBe('violated')
    expect(decideOnlyInvariant({ ...built, equal: 10, invariant: false }).status).toBe('violated')
    expect(decideOnlyInvariant({ ...built, equal: 0, refused: 50 }).status).toBe('inconclusive')
  })

  it('the path: a spread, or another local answer, violates it', () => {
    const found = { layers: 20, spread: 0, local: [1, 2, 1] }
    expect(decideLiteral(found).status).toBe('holds')
    expect(decideLiteral({ ...found, spread: 1e-16 }).status).toBe('violated')
    expect(decideLiteral({ ...found, local: [1, 1, 1] }).status).toBe('violated')
    expect(decideLiteral({ ...found, layers: 0 }).status).toBe('inconclusive')
  })
})
