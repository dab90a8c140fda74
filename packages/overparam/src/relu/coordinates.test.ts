import { hypothesis, verdictOn, type Hypothesis } from '@nonconvex/optim/claims'
import { logBinomial } from '@nonconvex/optim/statistics'
import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { forward, initialWeights, trainSgd } from '../index.js'
import {
  coordinateData,
  coordinateFate,
  deadCoordinates,
  reluFails,
  reluFailureProbability,
  reluSucceeds,
  reluWidths,
  tallyCoordinates,
  trainRelu,
  type CoordinateRun,
} from './index.js'

const STARTS = 400

/** A run from a Gaussian start, its step, second layer and order drawn as well. */
function runOf(d: number, k: number, i: number): CoordinateRun {
  const source = stream(12).child(`${d} ${k}`, i)
  const v = Math.exp(source.uniform() - 0.5) / Math.sqrt(2 * k)
  const eta = k * Math.exp(2 * source.uniform())
  const start = initialWeights({ kind: 'gauss', row: 3 * source.uniform(), stream: source }, k, d)
  const kind = (['cyclic', 'permutation', 'replacement'] as const)[i % 3]
  const order = kind === 'cyclic' ? { kind } : { kind, stream: source.child('order') }
  const data = coordinateData(d)
  const run = trainRelu(data, { k, v, eta, start, order })
  const out = forward(run.outcome.net, data.x)
  return {
    status: run.status,
    updates: run.outcome.updates,
    fate: coordinateFate({ k, d, v, eta, start }),
    wrong: Array.from(out.keys()).filter((at) => !(out[at] > 0)),
  }
}

describe('reluFailureProbability', () => {
  it.each([
    [16, 3, 0.881932912979],
    [16, 5, 0.398289696568],
    [64, 6, 0.635013475756],
    [1024, 10, 0.632300260589],
  ])('has the reference value for d = %i, k = %i', (d, k, expected) => {
    expect(reluFailureProbability(d, k)).toBeCloseTo(expected, 12)
  })

  it('keeps its digits where it is tiny, and tends to 1 − exp(−2^−κ)', () => {
    expect(reluFailureProbability(3, 60) / (3 * 2 ** -60)).toBeCloseTo(1, 12)
    for (const kappa of [-3, 0, 4])
      expect(reluFailureProbability(2 ** 20, 20 + kappa)).toBeCloseTo(
        1 - Math.exp(-(2 ** -kappa)),
        5,
      )
  })

  it('is at least 1 − δ up to one width and at most δ from another', () => {
    for (const d of [1, 16, 1000])
      for (const delta of [0.5, 0.05, 1e-6]) {
        const { fails, succeeds } = reluWidths(d, delta)
        if (fails > 0) expect(reluFailureProbability(d, fails)).toBeGreaterThanOrEqual(1 - delta)
        expect(reluFailureProbability(d, succeeds)).toBeLessThanOrEqual(delta)
        // one unit less would not do, but for the union bound's factor of two
        if (succeeds > 1)
          expect(reluFailureProbability(d, succeeds - 1)).toBeGreaterThan(delta * (1 - delta))
      }
  })
})

describe('SGD on e_1 … e_d', () => {
  it.each([
    [16, 1],
    [16, 3],
    [16, 5],
    [16, 8],
    [64, 6],
  ])(
    `fails as predicted, and only on dead coordinates: d = %i, k = %i, ${STARTS} starts`,
    (d, k) => {
      const runs = Array.from({ length: STARTS }, (_, i) => runOf(d, k, i))
      const tally = tallyCoordinates(runs)
      const none = { hypotheses: [] }
      const failure = verdictOn(reluFails, { d, widths: [{ k, tally }], ...none })
      expect(failure.status).toBe('holds')
      const fraction = runs.filter(({ wrong }) => wrong.length > 0).length / STARTS
      const p = reluFailureProbability(d, k)
      expect(Math.abs(fraction - p)).toBeLessThanOrEqual(4 * Math.sqrt((p * (1 - p)) / STARTS))
      // with another width the same runs contradict it
      for (const other of [k + 2, ...(k > 2 ? [k - 2] : [])])
        expect(verdictOn(reluFails, { d, widths: [{ k: other, tally }], ...none }).status).toBe(
          'violated',
        )
      const success = verdictOn(reluSucceeds, { tallies: [tally], ...none })
      expect(success.status).toBe(k === 1 ? 'inconclusive' : 'holds')
    },
  )

  it('needs every update that is counted, where negative units are dead', () => {
    for (let i = 0; i < 50; i++) {
      const source = stream(13).child('start', i)
      const [d, k, v, eta] = [5, 3, 0.5, 0.3]
      const start = source
        .normalInto(new Float64Array(2 * k * d))
        .map((w, at) => (at < k * d ? w : -Math.abs(w)))
      const { dead, updates } = coordinateFate({ k, d, v, eta, start })
      if (dead.length > 0) continue
      const run = trainRelu(coordinateData(d), { k, v, eta, start, order: { kind: 'cyclic' } })
      expect(run.outcome.updates).toBe(updates)
    }
  })

  it('always succeeds with a leak, even with one unit of each sign', () => {
    for (let i = 0; i < 20; i++) {
      const start = initialWeights({ kind: 'scaled', stream: stream(14).child('start', i) }, 1, 16)
      const options = { k: 1, start, order: { kind: 'cyclic' } } as const
      expect(coordinateFate({ k: 1, d: 16, v: Math.SQRT1_2, eta: 10, start }).dead).not.toEqual([])
      expect(trainSgd(coordinateData(16), options).status).toBe('converged')
    }
  })
})

describe('overparam/relu-fails and overparam/relu-succeeds', () => {
  const stuck: CoordinateRun = {
    status: 'stuck',
    updates: 9,
    wrong: [1, 3],
    fate: { dead: [3, 1], updates: Infinity },
  }
  const fine: CoordinateRun = {
    status: 'converged',
    updates: 9,
    wrong: [],
    fate: { dead: [], updates: 9 },
  }
  const many = (run: CoordinateRun, n: number) => Array.from({ length: n }, () => run)
  const failure = (runs: readonly CoordinateRun[], hypotheses: Hypothesis[] = []) => {
    const widths = [{ k: 1, tally: tallyCoordinates(runs) }]
    return verdictOn(reluFails, { d: 1, widths, hypotheses }).status
  }
  const success = (runs: readonly CoordinateRun[], hypotheses: Hypothesis[] = []) =>
    verdictOn(reluSucceeds, { tallies: [tallyCoordinates(runs)], hypotheses }).status

  it('compare the fraction of failures with the probability, from both sides', () => {
    // P = ½ for d = k = 1; P(Bin(100, ½) ≤ 34) = 0.0009
    const fractions = [34, 35, 65, 66].map((n) =>
      failure([...many(stuck, n), ...many(fine, 100 - n)]),
    )
    expect(fractions).toEqual(['violated', 'holds', 'holds', 'violated'])
  })

  it('grant several widths together what they grant one', () => {
    const fractions = [30, 31, 32, 33].map((n) => {
      const tally = tallyCoordinates([...many(stuck, n), ...many(fine, 100 - n)])
      const widths = Array.from({ length: 10 }, () => ({ k: 1, tally }))
      return verdictOn(reluFails, { d: 1, widths, hypotheses: [] }).status
    })
    // P(Bin(100, ½) ≤ 31) = 0.00009, P(Bin(100, ½) ≤ 32) = 0.0002
    expect(fractions).toEqual(['violated', 'violated', 'holds', 'holds'])
  })

  it('dead coordinates are counted over all widths together', () => {
    const counted = (fraction: (k: number) => number, d = 64, widths = 12) => {
      const at = Array.from({ length: widths }, (_, i) => {
        const tally = { ...tallyCoordinates([]), runs: 200 }
        return { k: i + 1, tally, wrong: Math.round(200 * d * fraction(i + 1)) }
      })
      return verdictOn(deadCoordinates, { d, widths: at, hypotheses: [] })
    }
    expect(counted((k) => 2 ** -k)).toMatchObject({ status: 'holds', measured: 1 })
    expect(counted((k) => 2 ** -(k + 0.3)).measured).toBeLessThan(1e-100)
    expect(counted((k) => 2 ** -(k - 0.1)).status).toBe('violated')
    // one width with few coordinates does not show it
    expect(counted((k) => 2 ** -(k + 0.05), 1, 1).status).toBe('holds')
    expect(counted((k) => (k === 12 ? 0 : 2 ** -k)).status).toBe('holds')
    expect(counted((k) => (k === 3 ? 1 : 2 ** -k))).toMatchObject({ measured: 0 })
    expect(counted(() => 0, 1, 0).status).toBe('inconclusive')
  })

  it('dead coordinates are refused by chance with probability at most 0.002', () => {
    // every outcome of two small widths, with its probability
    const runs = 24
    const tally = { ...tallyCoordinates([]), runs }
    const chance = (x: number, k: number): number =>
      Math.exp(logBinomial(runs, x) - x * k * Math.LN2 + (runs - x) * Math.log1p(-(2 ** -k)))
    let refused = 0
    for (let a = 0; a <= runs; a++)
      for (let b = 0; b <= runs; b++) {
        const widths = [
          { k: 1, tally, wrong: a },
          { k: 3, tally, wrong: b },
        ]
        const { status } = verdictOn(deadCoordinates, { d: 1, widths, hypotheses: [] })
        if (status === 'violated') refused += chance(a, 1) * chance(b, 3)
      }
    expect(refused).toBeGreaterThan(0)
    expect(refused).toBeLessThanOrEqual(0.002)
  })

  it('are inapplicable if a hypothesis fails', () => {
    const failing = [hypothesis('the starts are symmetric', false)]
    expect([failure([stuck], failing), success([fine], failing)]).toEqual(
      Array(2).fill('inapplicable'),
    )
  })

  it('are violated by a run that is wrong elsewhere', () => {
    expect(failure([...many(fine, 5), { ...stuck, wrong: [1] }])).toBe('violated')
    expect(success([fine, { ...fine, status: 'stuck', wrong: [0] }])).toBe('violated')
    expect(success([fine, { ...fine, updates: 10 }])).toBe('violated')
  })

  it('are inconclusive without runs, and when a budget ended one', () => {
    expect([failure([]), success([]), success([stuck])]).toEqual(Array(3).fill('inconclusive'))
    const cut: CoordinateRun = { ...fine, status: 'max-steps', wrong: [0] }
    expect([failure([fine, cut]), success([cut])]).toEqual(Array(2).fill('inconclusive'))
    expect(success([{ ...cut, updates: 10 }])).toBe('violated')
    expect(success([{ ...fine, wrong: [0] }])).toBe('violated')
    expect(success([fine])).toBe('holds')
  })
})
