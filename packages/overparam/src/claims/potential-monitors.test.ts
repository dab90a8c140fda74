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
  wStar,
} from '../../test/evidence.js'
import {
  cauchySchwarz,
  lowerLine,
  normEnvelope,
  potentialMonitors,
  signedMargins,
  updateIdentities,
  type BoundSetting,
  type UpdateState,
} from '../index.js'

const potentials = [lowerLine, normEnvelope, cauchySchwarz, updateIdentities]
const largest = (b: BoundSetting): BoundSetting => ({
  ...b,
  gamma: 1.01 * Math.max(...signedMargins(data, wStar)),
  alpha: 1,
})
const small = (b: BoundSetting): BoundSetting => ({ ...b, radius: 0.01, eta: b.eta / 100 })
const broken = [
  { claim: lowerLine, what: 'the rise of the published line', only: 0, changed: largest },
  { claim: lowerLine, what: 'the rise per slope', only: 1, changed: largest },
  { claim: normEnvelope, what: 'the published growth', only: 2, changed: small },
  { claim: normEnvelope, what: 'the growth per slope', only: 3, changed: small },
  {
    claim: cauchySchwarz,
    what: 'the norm of W*',
    only: 4,
    changed: (b: BoundSetting) => ({ ...b, wStarNorm: b.wStarNorm / 3 }),
  },
  {
    claim: updateIdentities,
    what: 'the step in F',
    only: 5,
    changed: (b: BoundSetting) => ({ ...b, eta: b.eta * (1 + 1e-6) }),
  },
  {
    claim: updateIdentities,
    what: 'the step in S',
    only: 6,
    changed: (b: BoundSetting) => ({ ...b, eta: b.eta * (1 + 1e-6) }),
  },
]

describe.each(potentials)('$id', (claim) => {
  it('holds on an honest run, at every update', () => {
    const verdict = verdictOn(claim, evidence([facts({})]))
    expect(verdict.status).toBe('holds')
    expect(verdict.statement).toMatch(
      claim === updateIdentities
        ? /^checked at \d+ updates; largest relative residual .* at update \d+ with k = 3, tolerance 1e-9$/
        : /^checked at \d+ updates; smallest slack .* with k = 3$/,
    )
  })

  it('is inapplicable to ReLU and to data that nothing separates', () => {
    expect(verdictOn(claim, evidence([facts({})], { hypotheses: relu })).status).toBe(
      'inapplicable',
    )
    const verdict = verdictOn(
      claim,
      evidence([facts({ set: contradictory, maxSteps: 50 })], { hypotheses: notSeparable }),
    )
    expect(verdict.status).toBe('inapplicable')
    expect(verdict.statement).toContain('a separator through the origin exists')
  })

  it('is inconclusive without runs, and without updates', () => {
    expect(verdictOn(claim, evidence([])).status).toBe('inconclusive')
    const rooms = [{ claim: claim.id, room: 0, update: 0 }]
    const nothing = verdictOn(claim, evidence([facts({}, { updates: 0, rooms })]))
    expect(nothing.status).toBe('inconclusive')
    expect(nothing.statement).toMatch(/^no update was checked in 1 run/)
  })
})

describe.each(broken)('$claim.id with $what wrong', ({ claim, only, changed }) => {
  const run = runOf({ changed, only })

  it('ends the run at the update that breaks it', () => {
    expect(run.status).toBe('violated')
    expect(run.breach?.claim).toBe(claim.id)
    expect(run.breach?.step).toBe(run.updates)
    expect(runOf({ only }).status).toBe('converged')
  })

  it('is violated, even if other runs are fine', () => {
    const rooms = run.trace?.rooms ?? []
    const runs = [facts({}), facts({}, { name: 'the wrong one', rooms })]
    const verdict = verdictOn(claim, evidence(runs))
    expect(verdict.status).toBe('violated')
    expect(verdict.statement).toMatch(/with the wrong one(, tolerance 1e-9)?$/)
    if (claim === updateIdentities) expect(verdict.measured).toBeGreaterThan(1e-9)
    else expect(verdict.measured).toBeLessThan(0)
  })
})

describe('every line of the proof', () => {
  const run = runOf({})
  const honest = settingOf({})
  const states = Array.from({ length: run.updates + 1 }, (_, t): UpdateState => {
    const i = t > 0 ? run.sequence[t - 1] : 0
    const on = t > 0 ? run.active[t - 1] : 0
    const row = data.x.data.subarray(6 * i, 6 * i + 6)
    return {
      update: t,
      step: t > 0 ? run.atStep[t - 1] : 0,
      example: i,
      margin: t > 0 ? run.margins[t - 1] : 0,
      active: on,
      slopes: on + 0.1 * (6 - on),
      norm2: row.reduce((sum, value) => sum + value * value, 0),
      separation: signedMargins(data, wStar)[i],
      f: run.trace?.f[t] ?? NaN,
      s: run.trace?.s[t] ?? NaN,
      a: run.trace?.a[t] ?? NaN,
    }
  })
  const breaches = (list: readonly UpdateState[]): number[] =>
    list.flatMap((now, t) =>
      t > 0 && potentialMonitors(honest).some((m) => m.check(now, list[t - 1], t)) ? [t] : [],
    )

  it('follows from what a run reports', () => {
    expect(run.updates).toBeGreaterThan(5)
    expect(breaches(states)).toEqual([])
  })

  it('leaves exactly what the steps of the proof give away: no line is weaker than stated', () => {
    const { k, eta, v, alpha, gamma, radius, wStarNorm } = honest
    const lost = { first: 0, second: 0, published: 0, slopes: 0 }
    for (const now of states.slice(1)) {
      const squares = now.active + alpha ** 2 * (2 * k - now.active)
      const growth = (eta * v) ** 2
      // margins above γ, slopes above α; y N below 1, norms below R, squares of slopes below 1
      lost.second += eta * v * now.slopes * (now.separation - gamma)
      lost.first += eta * v * (now.slopes * now.separation - 2 * k * alpha * gamma)
      lost.slopes += 2 * eta * (1 - now.margin) + growth * squares * (radius ** 2 - now.norm2)
      lost.published +=
        2 * eta * (1 - now.margin) + growth * (2 * k * radius ** 2 - squares * now.norm2)
      const cauchy = Math.sqrt(2 * k * now.s) * wStarNorm - now.f
      const slack = 1e-9 * (1 + Math.abs(now.f) + now.s)
      const expected = [lost.first, lost.second, lost.published, lost.slopes, cauchy]
      for (const [m, room] of expected.entries()) {
        const found = potentialMonitors(honest)[m].room?.(now, states[now.update - 1], now.update)
        expect(found).toBeCloseTo(room + slack, 9)
      }
    }
  })

  it('says by how much the identities are missed: the largest of all residuals, each by its own potentials', () => {
    const { eta, v, alpha, k } = honest
    const residuals = states.slice(1).map((now) => {
      const before = states[now.update - 1]
      const f = now.f - before.f - eta * v * now.slopes * now.separation
      const squares = now.active + alpha ** 2 * (2 * k - now.active)
      const s = now.s - before.s - 2 * eta * now.margin - (eta * v) ** 2 * now.norm2 * squares
      return Math.max(Math.abs(f), Math.abs(s)) / (1 + Math.abs(now.f) + now.s)
    })
    const largest = Math.max(...residuals)
    const verdict = verdictOn(updateIdentities, evidence([facts({})]))
    expect(verdict).toMatchObject({ relation: '<=', bound: 1e-9 })
    expect(largest).toBeGreaterThan(1e-17)
    expect(Math.abs((verdict.measured ?? NaN) / largest - 1)).toBeLessThan(0.2)
    expect(largest).toBeLessThan(1e-14)
  })

  it.each(['f', 's'] as const)('notices one update whose %s is off by a millionth', (name) => {
    for (let t = 1; t < run.updates; t++) {
      const off = 1e-6 * (1 + Math.abs(states[t].f) + states[t].s)
      const list = states.map((state, at) =>
        at === t ? { ...state, [name]: state[name] + off } : state,
      )
      expect(breaches(list)).toEqual([t, t + 1])
    }
  })
})
