import { describe, expect, it } from 'vitest'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { angles, norm2, type Vec } from '@nonconvex/tensor'
import { randomProblem } from '../../test/random-runs.js'
import {
  escape,
  escapeSharp,
  reachesMinimum,
  stationarity,
  descentState,
  distance,
  invariantClaims,
  invariants,
  reducedStep,
  runGD,
  type GDReport,
  type Polar,
} from './index.js'
import { coefficients, noOverlapGradient } from '../index.js'

const bounds = [stationarity, escape, escapeSharp, reachesMinimum]

const never = { maxSteps: 200, tolLoss: 1e-300 }

describe('300 random runs × 200 steps', () => {
  const reports = Array.from({ length: 300 }, (_, i) => {
    const problem = randomProblem(i)
    return runGD({ ...problem, ...never, onBreach: 'count' })
  })
  it.each(invariantClaims.map((c) => c.id))('%s is never violated', (id) => {
    for (const { tallies } of reports) {
      const tally = tallies.find((t) => t.claim === id)
      expect(tally?.breaches).toBe(0)
      expect(tally?.checks).toBeGreaterThan(0)
    }
  })
  it('never needs more steps than B2 and its sharper form allow', () => {
    let escapes = 0
    for (const { met, bounds, start } of reports) {
      if (met.escaped === undefined || start.phi0 >= Math.PI / 2) continue
      escapes++
      expect(met.escaped).toBeLessThanOrEqual(bounds.escapeSharp.value)
      expect(bounds.escapeSharp.value).toBeLessThanOrEqual(bounds.escape.value)
    }
    expect(escapes).toBeGreaterThan(100)
  })
})

it('B1, B2 and B4 hold on 200 runs to 1e-12 R²', () => {
  for (let i = 0; i < 200; i++) {
    const problem = randomProblem(i, true)
    const report = runGD({ ...problem, maxSteps: 20_000, check: false })
    expect(report.status).toBe('converged')
    const ids = bounds.map((c) => c.id)
    const verdicts = report.verdicts.filter((v) => ids.includes(v.claim))
    expect(verdicts.map((v) => v.status)).toEqual(['holds', 'holds', 'holds', 'holds'])
  }
})

it('is a run of two scalars: both agree to (1e-12 + 1e-14/φ₀²) max(r₀, R)', () => {
  for (let i = 0; i < 100; i++) {
    const { w0, wStar, k } = randomProblem(i)
    const R = norm2(wStar)
    const start = angles(w0, wStar)
    const S = Math.max(norm2(w0), R)
    const room = (1e-12 + 1e-14 / start.phi ** 2) * S
    let at: Polar = { r: norm2(w0), ...start }
    for (let step = 0; step < 200; step++) at = reducedStep(at, R, k)
    const { state } = runGD({ w0, wStar, k, ...never })
    expect(Math.abs(at.r - state.r)).toBeLessThanOrEqual(room)
    expect(Math.abs(at.theta - state.theta) * R).toBeLessThanOrEqual(room)
  }
})

describe('a deliberately wrong gradient', () => {
  /** the sign of the term θw* flipped */
  const flipped = (w: Vec, wStar: Vec, k: number): Float64Array => {
    const { theta } = angles(w, wStar)
    const right = noOverlapGradient(w, wStar, k)
    return right.map((x, i) => x - (2 * theta * wStar[i]) / (k * Math.PI))
  }
  const reports: GDReport[] = []
  for (let i = 0; i < 100; i++)
    reports.push(runGD({ ...randomProblem(i), maxSteps: 50, gradient: flipped }))

  it('is caught by the two scalars in every run, at the first step', () => {
    for (const report of reports) {
      expect(report.status).toBe('violated')
      expect(report.steps).toBe(1)
      const verdict = report.verdicts.find((v) => v.claim === 'gaussian/two-scalars')
      expect(verdict?.status).toBe('violated')
      expect(verdict?.witness).toMatchObject({ claim: 'gaussian/two-scalars', step: 1 })
    }
  })
  it('is not noticed by the cone, which survives', () => {
    const cones = reports.map((r) => r.verdicts.find((v) => v.claim === 'gaussian/cone')?.status)
    expect(new Set(cones)).toEqual(new Set(['holds']))
  })
})

describe('every other invariant can be violated too', () => {
  const base = {
    w0: [-1, 0.4, 0.2],
    wStar: [1, 0.5, -0.25],
    k: 5,
    maxSteps: 300,
    onBreach: 'count',
  } as const
  const status = (claim: string, gradient: (w: Vec, t: Vec, k: number) => Float64Array): string => {
    const report = runGD({ ...base, gradient })
    return report.verdicts.find((v) => v.claim === `gaussian/${claim}`)?.status ?? 'absent'
  }
  const scaled = (by: number) => (w: Vec, t: Vec, k: number) =>
    noOverlapGradient(w, t, k).map((x) => by * x)

  it.each([
    ['cone', scaled(-1)],
    ['norm-above', scaled(-1)],
    ['norm-below', scaled(3)],
    ['norm-range', scaled(-1)],
    ['descent', scaled(-0.2)],
    ['steepness', scaled(0.1)],
    ['linear-rate', scaled(0.1)],
  ] as const)('%s', (claim, gradient) => {
    expect(status(claim, gradient)).toBe('violated')
    expect(status(claim, noOverlapGradient)).toBe('holds')
  })
})

it('distance is violated by a loss ten times too small', () => {
  const problem = { wStar: [1, 0.5], k: 5, eta: 1 }
  // a point at which the inequality is tight: −w*
  const state = descentState(Float64Array.of(-1, -0.5), problem)
  const { claim, monitor } = invariants(problem, state)[7]
  expect(claim).toBe(distance)
  expect(monitor.claim).toBe(distance)
  expect(monitor.check(state, undefined, 0)).toBeUndefined()
  expect(monitor.check({ ...state, loss: 0.9 * state.loss }, undefined, 3)).toMatchObject({
    claim: 'gaussian/distance',
    step: 3,
  })
})

it('every bound is violated by a run that goes uphill', () => {
  const uphill = (w: Vec, t: Vec, k: number): Float64Array =>
    noOverlapGradient(w, t, k).map((x) => -x)
  const report = runGD({
    w0: [-1, 0.4],
    wStar: [1, 0],
    k: 5,
    maxSteps: 400,
    tolGradient: 0.05,
    check: false,
    gradient: uphill,
  })
  for (const { id } of bounds)
    expect([id, report.verdicts.find((v) => v.claim === id)?.status]).toEqual([id, 'violated'])
})

describe('step sizes outside the hypotheses', () => {
  const { c } = coefficients(5)
  const at = (eta: number): GDReport =>
    runGD({ w0: [-1, 0.4], wStar: [1, 0], k: 5, eta, maxSteps: 400 })
  const statuses = (report: GDReport): Record<string, string> =>
    Object.fromEntries(report.verdicts.map((v) => [v.claim.slice('gaussian/'.length), v.status]))

  it('1/c < η < 2/c runs, descends, and leaves I1–I5 and the bounds inapplicable', () => {
    const report = at(1.5 / c)
    const found = statuses(report)
    expect(report.status).toBe('converged')
    for (const id of [
      'cone',
      'two-scalars',
      'norm-above',
      'norm-below',
      'norm-range',
      'escape',
      'reaches-minimum',
    ])
      expect(found[id]).toBe('inapplicable')
    for (const id of ['descent', 'steepness', 'distance', 'linear-rate', 'stationarity'])
      expect(found[id]).toBe('holds')
    const cone = report.verdicts.find((v) => v.claim === 'gaussian/cone')
    expect(cone?.hypotheses[0].measured).toBeCloseTo(1.5, 12)
  })
  it('η ≥ 2/c leaves only what is about the loss alone', () => {
    const found = statuses(at(2.5 / c))
    expect(found).toMatchObject({ descent: 'inapplicable', 'linear-rate': 'inapplicable' })
    expect(found).toMatchObject({
      stationarity: 'inapplicable',
      steepness: 'holds',
      distance: 'holds',
    })
  })
  it('ends as not finite when it diverges', () => {
    const report = runGD({
      w0: [-1, 0.4],
      wStar: [1, 0],
      k: 5,
      eta: 1e3,
      maxSteps: 1000,
      check: false,
    })
    expect(report.status).toBe('not-finite')
  })
  it('η < 1/c obeys everything', () => {
    expect(Object.values(statuses(at(0.3 / c)))).not.toContain('violated')
    expect(statuses(at(0.3 / c))['reaches-minimum']).toBe('holds')
  })
})

describe('initializations opposite to the teacher', () => {
  it('end at the saddle, in one step or at ratio 1 − ηc', () => {
    const alpha = coefficients(5).alpha
    const { c } = coefficients(5)
    for (const eta of [1 / c, 0.5 / c]) {
      const report = runGD({ w0: [-2, 0], wStar: [1, 0], k: 5, eta, maxSteps: 100 })
      expect(report.status).toBe('antiparallel')
      expect(report.w[0]).toBeCloseTo(-alpha, 11)
      expect(report.verdicts.find((v) => v.claim === 'gaussian/reaches-minimum')?.status).toBe(
        'inapplicable',
      )
    }
  })
  it('end there also where rounding makes the angle at the saddle 1e-16, as for (2, −2)', () => {
    const report = runGD({ w0: [2, -2], wStar: [-1, 1], k: 3, maxSteps: 100 })
    expect(report.state.phi).toBeGreaterThan(0)
    expect(report.state.gradientNorm).toBe(0)
    expect(report.status).toBe('antiparallel')
    expect(report.verdicts.map((v) => v.status)).not.toContain('violated')
  })
  it('k = 1: the step lands on the origin', () => {
    for (const wStar of [
      [1, 0],
      [0.3, -0.7, 0.1],
    ]) {
      const report = runGD({ w0: wStar.map((x) => -2 * x), wStar, k: 1, maxSteps: 100 })
      expect(report.status).toBe('origin')
      expect(report.steps).toBe(1)
      expect(report.verdicts.map((v) => v.status)).not.toContain('violated')
    }
  })
})

it('m = 1: half of the initializations end at −αw*, and the claim does not apply', () => {
  const n = 200
  let stuck = 0
  for (let i = 0; i < n; i++) {
    const [start] = randomProblem(i, true).w0
    const report = runGD({ w0: [start], wStar: [1], k: 5, maxSteps: 200 })
    if (report.status === 'antiparallel') stuck++
    const claim = report.verdicts.find((v) => v.claim === 'gaussian/reaches-minimum')
    expect(claim?.status).toBe('inapplicable')
    expect(claim?.statement).toContain('m ≥ 2 (measured 1)')
  }
  const { low, high } = wilsonInterval(stuck, n)
  expect(low).toBeLessThan(0.5)
  expect(high).toBeGreaterThan(0.5)
})

describe('edges', () => {
  it('starts at the teacher, with nothing to do', () => {
    const report = runGD({ w0: [1, 2], wStar: [1, 2], k: 3, maxSteps: 10 })
    expect([report.status, report.steps]).toEqual(['converged', 0])
    expect(report.verdicts.map((v) => v.status)).not.toContain('violated')
  })
  it('is inconclusive about invariants that were never checked, and with too few steps', () => {
    const report = runGD({ w0: [-1, 0.1], wStar: [1, 0], k: 5, maxSteps: 0 })
    expect(report.status).toBe('max-steps')
    const found = report.verdicts.map((v) => [v.claim, v.status])
    expect(found).toContainEqual(['gaussian/cone', 'inconclusive'])
    expect(found).toContainEqual(['gaussian/reaches-minimum', 'inconclusive'])
  })
  it('refuses initializations and teachers at 0, NaN, other eta', () => {
    const good = { w0: [1, 1], wStar: [1, 0], k: 2, maxSteps: 1 }
    expect(() => runGD({ ...good, w0: [0, 0] })).toThrow('not to be zero')
    expect(() => runGD({ ...good, wStar: [0, 0] })).toThrow('not to be zero')
    expect(() => runGD({ ...good, w0: [NaN, 0] })).toThrow(RangeError)
    expect(() => runGD({ ...good, eta: 0 })).toThrow('eta to be positive and finite, got 0')
    expect(() => runGD({ ...good, tolGradient: -1 })).toThrow('eps to be positive')
  })
})

it('takes (k−1)/φ₀ steps to escape from r₀ = R', () => {
  const table = {
    2: [13, 105, 1007, 10010],
    5: [42, 404, 4007, 40009],
    20: [187, 1899, 19001, 190004],
  }
  for (const [k, steps] of Object.entries(table))
    steps.forEach((expected, i) => {
      const phi = 10 ** (-1 - i)
      let at: Polar = { r: 1, theta: Math.PI - phi, phi }
      let n = 0
      for (; (at.phi ?? 0) < Math.PI / 2; n++) at = reducedStep(at, 1, Number(k))
      expect(n).toBe(expected)
    })
})
