import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import {
  contradictory,
  data,
  evidence,
  facts,
  notSeparable,
  relu,
  runOf,
  settingOf,
} from '../../test/evidence.js'
import {
  forward,
  globalMinimum,
  hingeLoss,
  updateBounds,
  updatesBounded,
  type BoundSetting,
  type RunFacts,
} from '../index.js'

describe('overparam/updates-bounded', () => {
  it('holds on honest runs, and names the one closest to its bound', () => {
    const verdict = verdictOn(updatesBounded, evidence([facts({}), facts({ k: 1 })]))
    expect(verdict.status).toBe('holds')
    expect(verdict.statement).toMatch(/updates at most in 2 runs; closest to its bound: k = \d, /)
    expect(verdict.measured).toBeLessThanOrEqual(verdict.bound ?? NaN)
  })

  it('is violated by a bound with a wrong constant, whatever was cut off', () => {
    const changed = (b: BoundSetting): BoundSetting => ({ ...b, gamma: 30 * b.gamma })
    const wrong = {
      ...facts({}),
      bounds: updateBounds(changed(settingOf({}))),
      name: 'the wrong one',
    }
    const verdict = verdictOn(updatesBounded, evidence([facts({}), wrong]))
    expect(verdict.status).toBe('violated')
    expect(verdict.statement).toContain('the wrong one')
    expect(verdictOn(updatesBounded, evidence([{ ...wrong, status: 'max-steps' }])).status).toBe(
      'violated',
    )
  })

  it('is violated by a single update more than the bound rounded down', () => {
    const run = facts({})
    const allowed = Math.floor(run.bounds?.best ?? NaN)
    const after = (updates: number): string =>
      verdictOn(updatesBounded, evidence([{ ...run, updates }])).status
    expect([after(allowed), after(allowed + 1)]).toEqual(['holds', 'violated'])
  })

  it('is inapplicable to ReLU and to data that nothing separates', () => {
    const bare = facts({ alpha: 0 })
    expect(bare.bounds).toBeUndefined()
    expect(verdictOn(updatesBounded, evidence([bare], { hypotheses: relu })).statement).toContain(
      'the leaky ReLU slope α is in (0, 1] (measured 0)',
    )
    const cut = facts({ set: contradictory, maxSteps: 50 })
    const verdict = verdictOn(updatesBounded, evidence([cut], { hypotheses: notSeparable }))
    expect(verdict.status).toBe('inapplicable')
  })

  it('is inconclusive without runs, with a budget that bites, or without bounds', () => {
    const status = (runs: readonly RunFacts[]): string =>
      verdictOn(updatesBounded, evidence(runs)).status
    expect(status([])).toBe('inconclusive')
    expect(status([facts({ maxSteps: 3 })])).toBe('inconclusive')
    const { bounds, ...bare } = facts({})
    expect(bounds).toBeDefined()
    expect(status([bare])).toBe('inconclusive')
  })
})

describe('overparam/global-minimum', () => {
  it('holds where the loss is exactly 0', () => {
    expect(verdictOn(globalMinimum, evidence([facts({})]))).toMatchObject({
      status: 'holds',
      statement: 'the loss is exactly 0 at the end of 1 of 1 run',
      measured: 0,
    })
  })

  it('is violated by a run that says it converged with weights that do not fit all examples', () => {
    const run = runOf({})
    const weights = run.net.weights.map((value) => 0.5 * value)
    const loss = hingeLoss(forward({ ...run.net, weights }, data.x), data.y)
    expect(loss).toBeGreaterThan(0)
    const verdict = verdictOn(
      globalMinimum,
      evidence([facts({}), facts({}, { name: 'the wrong one', loss })]),
    )
    expect(verdict.status).toBe('violated')
    expect(verdict.statement).toMatch(/^the loss is exactly 0 at the end of 1 of 2 runs; .* with/)
  })

  it('is inapplicable to ReLU and to data that nothing separates', () => {
    for (const failing of [relu, notSeparable])
      expect(verdictOn(globalMinimum, evidence([facts({})], { hypotheses: failing })).status).toBe(
        'inapplicable',
      )
  })

  it('is inconclusive without runs, or with a budget that bites', () => {
    expect(verdictOn(globalMinimum, evidence([])).status).toBe('inconclusive')
    const cut = verdictOn(globalMinimum, evidence([facts({ maxSteps: 3 })]))
    expect(cut.status).toBe('inconclusive')
    expect(cut.statement).toMatch(/undecided: 1 of 1 run reached the step limit$/)
  })
})
