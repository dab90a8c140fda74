import { describe, expect, it } from 'vitest'
import { verdictOn } from '@nonconvex/optim/claims'
import { coefficients } from '../index.js'
import { antiparallelInitialization, escapeScaling, escapeTime, runGD } from './index.js'
import { leakyDescent } from '../leaky/index.js'

const etaOf = (k: number): number => 1 / coefficients(k).c
const at = { k: 5, m: 2, eta: etaOf(5) }

describe('the number of escape steps', () => {
  it.each([
    [2, [13, 105, 1007]],
    [5, [42, 404, 4007]],
    [20, [187, 1899, 19001]],
  ])('is what runs with k = %i need', (k, steps) => {
    steps.forEach((expected, i) => {
      const phi = [1e-1, 1e-2, 1e-3][i]
      const w0 = [-Math.cos(phi), Math.sin(phi)]
      const run = leakyDescent({ w0, wStar: [1, 0], k, slope: 0, maxSteps: 30_000 })
      expect(run.escaped).toBe(expected)
      expect(expected / escapeTime(k, phi, etaOf(k))).toBeLessThan(1 + 6 * phi + 0.01)
    })
    const last = steps[steps.length - 1]
    const verdict = verdictOn(escapeScaling, {
      k,
      m: 2,
      eta: etaOf(k),
      phi0: 1e-3,
      steps: last,
      taken: last,
    })
    expect(verdict).toMatchObject({ status: 'holds', bound: 1 })
  })
  it('is violated by a run that is faster, slower or does not end', () => {
    expect(verdictOn(escapeScaling, { ...at, phi0: 1e-3, steps: 3700, taken: 5000 }).status).toBe(
      'violated',
    )
    expect(verdictOn(escapeScaling, { ...at, phi0: 1e-3, steps: 4300, taken: 5000 }).status).toBe(
      'violated',
    )
    expect(verdictOn(escapeScaling, { ...at, phi0: 1e-3, taken: 4001 }).status).toBe('violated')
    expect(verdictOn(escapeScaling, { ...at, phi0: 1e-3, taken: 3000 }).status).toBe('inconclusive')
  })
  it('does not apply to one patch, one weight, longer steps, wide angles', () => {
    for (const other of [{ k: 1 }, { m: 1 }, { eta: 2 * at.eta }])
      expect(
        verdictOn(escapeScaling, { ...at, ...other, phi0: 1e-3, steps: 4007, taken: 4007 }).status,
      ).toBe('inapplicable')
    expect(verdictOn(escapeScaling, { ...at, phi0: 1e-2, steps: 404, taken: 404 }).status).toBe(
      'inapplicable',
    )
  })
})

describe('an initialization opposite to the teacher', () => {
  it('ends at the saddle, as a run shows', () => {
    const { state } = runGD({ w0: [-0.3, 0.6], wStar: [1, -2], k: 5, maxSteps: 100 })
    const found = { loss: state.loss / 5, phi: state.phi, r: state.r / Math.sqrt(5) }
    expect(verdictOn(antiparallelInitialization, { ...at, ...found }).status).toBe('holds')
    expect(found.r).toBeCloseTo(coefficients(5).alpha, 12)
    expect(
      verdictOn(antiparallelInitialization, { ...at, ...found, loss: found.loss + 1e-11 }).status,
    ).toBe('violated')
    expect(verdictOn(antiparallelInitialization, { ...at, ...found, phi: 1e-9 }).status).toBe(
      'violated',
    )
    for (const other of [{ k: 1 }, { m: 1 }, { eta: 2 * at.eta }])
      expect(verdictOn(antiparallelInitialization, { ...at, ...other, ...found }).status).toBe(
        'inapplicable',
      )
  })
})
