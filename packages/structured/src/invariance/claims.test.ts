import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import {
  literalIsBlind,
  invariantHasForm,
  onlyInvariantHasForm,
  formIsInvariant,
  violatorsAreFound,
} from './claims.js'

const built = { name: 'degree', graphs: 50, equal: 50, refused: 0, invariant: true }

describe('the claims about invariance', () => {
  it('sufficiency: one violation violates it, no function decides nothing', () => {
    const found = { functions: 3, violations: 0, trials: 300, maxError: 1e-14, tol: 1e-9 }
    expect(verdictOn(formIsInvariant, found).status).toBe('holds')
    expect(verdictOn(formIsInvariant, found).statement).toContain('below 0.01')
    expect(verdictOn(formIsInvariant, { ...found, violations: 1 }).status).toBe('violated')
    expect(verdictOn(formIsInvariant, { ...found, functions: 0 }).status).toBe('inconclusive')
  })

  it('violators: one that is missed, large or only rounding violates it, by name', () => {
    const violator = { name: 'prefix sums', found: true, nodes: 2, error: 1 }
    expect(verdictOn(violatorsAreFound, [violator, { ...violator, nodes: 3 }]).status).toBe('holds')
    const missed = verdictOn(violatorsAreFound, [
      violator,
      { ...violator, name: 'argsort', found: false },
    ])
    expect(missed.status).toBe('violated')
    expect(missed.statement).toContain('argsort')
    expect(verdictOn(violatorsAreFound, [{ ...violator, nodes: 4 }]).status).toBe('violated')
    expect(verdictOn(violatorsAreFound, [{ ...violator, error: 1e-12 }]).status).toBe('violated')
    expect(verdictOn(violatorsAreFound, []).status).toBe('inconclusive')
  })

  it('necessity: one unequal graph violates it, equal features make it inapplicable', () => {
    expect(verdictOn(invariantHasForm, [built, built]).status).toBe('holds')
    expect(verdictOn(invariantHasForm, [built, { ...built, equal: 49 }]).status).toBe('violated')
    const refused = verdictOn(invariantHasForm, [built, { ...built, equal: 40, refused: 10 }])
    expect(refused.status).toBe('inapplicable')
    expect(refused.statement).toContain('(measured 10)')
    expect(verdictOn(invariantHasForm, []).status).toBe('inconclusive')
  })

  it('of another function: equal everywhere, or not invariant, violates it', () => {
    expect(verdictOn(onlyInvariantHasForm, { ...built, equal: 10 }).status).toBe('holds')
    expect(verdictOn(onlyInvariantHasForm, built).status).toBe('violated')
    expect(verdictOn(onlyInvariantHasForm, { ...built, equal: 10, invariant: false }).status).toBe(
      'violated',
    )
    expect(verdictOn(onlyInvariantHasForm, { ...built, equal: 0, refused: 50 }).status).toBe(
      'inconclusive',
    )
  })

  it('the path: a spread, or another local answer, violates it', () => {
    const found = { layers: 20, spread: 0, local: [1, 2, 1] }
    expect(verdictOn(literalIsBlind, found).status).toBe('holds')
    expect(verdictOn(literalIsBlind, { ...found, spread: 1e-16 }).status).toBe('violated')
    expect(verdictOn(literalIsBlind, { ...found, local: [1, 1, 1] }).status).toBe('violated')
    expect(verdictOn(literalIsBlind, { ...found, layers: 0 }).status).toBe('inconclusive')
  })
})
