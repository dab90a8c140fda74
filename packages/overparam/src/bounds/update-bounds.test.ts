import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { orthonormal } from '../../test/problems.js'
import { initialWeights, trainSgd } from '../index.js'
import { displacementBound } from './displacement-bound.js'
import { paperBound } from './paper-bound.js'
import { lineUnderRoot } from './quadratic.js'
import { quadraticBound } from './quadratic-bound.js'
import type { BoundSetting } from './setting.js'
import { slopeBound } from './slope-bound.js'
import { updateBounds } from './update-bounds.js'

const zero = { startF: 0, startS: 0, startRow: 0, excess: 0 }
const plain: BoundSetting = {
  wStarNorm: 5,
  gamma: 1,
  radius: 1,
  alpha: 0.1,
  eta: 1,
  v: 1,
  k: 1,
  ...zero,
}

/** Any setting that a start can have: |F_0| ≤ √(2k)‖w*‖ √S_0 and √(S_0/2k) ≤ R_0. */
function randomSetting(seed: number): BoundSetting {
  const source = stream(seed)
  const power = (low: number, high: number): number => 10 ** (low + (high - low) * source.uniform())
  const k = 1 + source.integer(50)
  const [wStarNorm, radius] = [power(-2, 2), power(-2, 2)]
  const startS = source.uniform() < 0.3 ? 0 : power(-4, 4)
  const most = Math.sqrt(2 * k * startS) * wStarNorm
  // opposite to the solution, along it (then the fastest slopes can be the worst), or anything in
  // between
  const cosine = [-1, 1, 2 * source.uniform() - 1, 2 * source.uniform() - 1][source.integer(4)]
  return {
    k,
    wStarNorm,
    radius,
    startS,
    alpha: source.uniform() < 0.1 ? 1 : power(-3, 0),
    eta: power(-3, 3),
    v: power(-3, 1),
    gamma: wStarNorm * radius * power(-3, 0),
    startF: cosine * most,
    startRow: Math.sqrt(startS / (2 * k)) * power(0, 1),
    excess: power(-3, 1),
  }
}

describe('the published bound', () => {
  it('is 8466.02540378 for every width, with v and the start shrinking like 1/√(2k)', () => {
    for (const k of [1, 2, 3, 10, 100, 1000]) {
      const v = 1 / Math.sqrt(2 * k)
      expect(paperBound({ ...plain, k, v, startRow: v })).toBeCloseTo(8466.02540378, 7)
    }
  })

  it('has the four parts of the formula', () => {
    const v = Math.SQRT1_2
    expect(2500 + 5000 + 866.025403784 + 100).toBeCloseTo(
      paperBound({ ...plain, v, startRow: v }),
      7,
    )
  })

  it('does not see the unit of length in which x is given', () => {
    const setting = randomSetting(4)
    const scaled = { ...setting, radius: 7 * setting.radius, gamma: 7 * setting.gamma }
    const same = { eta: setting.eta / 49, startRow: setting.startRow / 7 }
    expect(paperBound({ ...scaled, ...same }) / paperBound(setting)).toBeCloseTo(1, 12)
  })
})

describe('all bounds', () => {
  it('are in order: slopes, quadratic, published', () => {
    for (let seed = 0; seed < 2000; seed++) {
      const b = updateBounds(randomSetting(seed))
      expect(b.slope).toBeLessThanOrEqual(b.quad * (1 + 1e-9))
      expect(b.quad).toBeLessThanOrEqual(b.paper * (1 + 1e-9))
      expect(b.best).toBe(Math.min(b.paper, b.quad, b.slope, b.disp))
    }
  })

  it('the one with slopes is the largest over all mean slopes: a scan of 4001 comes within 1e-4', () => {
    for (let seed = 0; seed < 400; seed++) {
      const setting = randomSetting(seed)
      const { k, alpha, eta, v, gamma, radius, wStarNorm, startF: f, startS: s } = setting
      let scan = 0
      for (let i = 0; i <= 4000; i++) {
        const mean = alpha ** (1 - i / 4000)
        const squares = 2 * k * ((1 + alpha) * mean - alpha)
        const a = eta * v * gamma * 2 * k * mean
        const b = 2 * eta + (eta * v * radius) ** 2 * squares
        scan = Math.max(scan, lineUnderRoot({ f, a, l: 2 * k * wStarNorm ** 2, s, b }))
      }
      const bound = slopeBound(setting)
      expect(bound).toBeGreaterThanOrEqual(scan * (1 - 1e-9))
      expect(bound).toBeLessThanOrEqual(scan * (1 + 1e-4))
    }
  })

  it('the one with slopes can be at the largest slopes: a start along W*, far out, and a long step', () => {
    const startF = 2412.5
    const setting = { ...plain, eta: 100, startF, startS: startF ** 2 / 50 }
    // at slope 1 the line and the root begin together: t = (L b − 2 a F_0)/a², L = 50, a = 200, b =
    // 20200
    expect(slopeBound(setting)).toBeCloseTo((50 * 20200 - 2 * 200 * startF) / 200 ** 2, 8)
  })

  it('agree from zero: with and without slopes where they must', () => {
    for (let seed = 0; seed < 300; seed++) {
      const setting = { ...randomSetting(seed), ...zero }
      expect(displacementBound(setting) / slopeBound(setting)).toBeCloseTo(1, 9)
      expect(quadraticBound(setting) / paperBound(setting)).toBeCloseTo(1, 9)
    }
  })

  it('replace 1/α² by (1+α)²/(4α) for large steps', () => {
    for (const [alpha, factor] of [
      [0.1, 3.025],
      [0.01, 25.5025],
      [1, 1],
    ]) {
      const setting = { ...plain, alpha, eta: 1e12 }
      expect(slopeBound(setting) / 25).toBeCloseTo(factor, 6)
      expect(paperBound(setting) / 25).toBeCloseTo(1 / alpha ** 2, 6)
    }
  })

  it('measured from the start grows with the initial excess, and only with it', () => {
    const at = (excess: number): number => displacementBound({ ...randomSetting(3), excess })
    expect(at(0.1)).toBeGreaterThan(at(0))
    const far = { startF: 1e3, startS: 1e6, startRow: 1e3 }
    expect(displacementBound({ ...plain, ...far })).toBe(displacementBound(plain))
  })

  it('with the slopes of the initial network is the maximum over mean slopes, and never larger', () => {
    for (let seed = 0; seed < 200; seed++) {
      const source = stream(1).child('push', seed)
      const [pushMax, part] = [3 * source.uniform(), source.uniform()]
      const { k, v, alpha, eta, gamma, radius, wStarNorm } = randomSetting(seed)
      const pushSum = 2 * k * pushMax * part
      // the excess is at least the sum at slope α, and at most all at slope 1
      const excess = alpha * pushSum + 2 * k * (1 - alpha) * pushMax * source.uniform()
      const setting = { ...randomSetting(seed), pushSum, pushMax, excess }
      const beta = 1 / (k * eta * v * v)
      const at = (mean: number): number => {
        const pushed = Math.min(excess, alpha * pushSum + 2 * k * (mean - alpha) * pushMax)
        const growth = ((1 + alpha) * radius ** 2) / mean
        return growth + (beta * (1 + pushed) - alpha * radius ** 2) / mean ** 2
      }
      const last = 4000
      const grid = Array.from({ length: last + 1 }, (_, i) => at(alpha ** (1 - i / last)))
      const found = displacementBound(setting) / (wStarNorm / gamma) ** 2
      expect(found).toBeGreaterThanOrEqual(Math.max(...grid) * (1 - 1e-12))
      expect(found).toBeLessThan(
        // a term in 1/ā² changes by twice the spacing of the grid
        Math.max(...grid) * (1 + 1e-12 + (2 * Math.log(1 / alpha)) / last),
      )
      const { pushSum: _, pushMax: __, ...coarse } = setting
      expect(displacementBound(setting)).toBeLessThan(displacementBound(coarse) * (1 + 1e-12))
    }
  })

  it('have no value for ReLU, for data without separator, or for a number that is none', () => {
    const bounds = { paperBound, quadraticBound, slopeBound, displacementBound }
    for (const [name, bound] of Object.entries(bounds)) {
      const wrong = (change: Partial<BoundSetting>, what: string): void =>
        expect(() => bound({ ...plain, ...change })).toThrow(`${name}: ${what}`)
      wrong({ alpha: 0 }, 'expected alpha to be in (0, 1], got 0')
      wrong({ gamma: -0.5 }, 'expected gamma to be positive and finite, got -0.5')
      wrong({ wStarNorm: NaN }, 'expected wStarNorm to be positive and finite, got NaN')
      wrong({ radius: 0 }, 'expected radius to be positive and finite, got 0')
      wrong({ eta: Infinity }, 'expected eta to be positive and finite, got Infinity')
      wrong({ v: -1 }, 'expected v to be positive and finite, got -1')
      wrong({ k: 1.5 }, 'expected k to be an integer ≥ 1, got 1.5')
      wrong({ startS: -1 }, 'expected startS not to be negative, got -1')
      wrong({ startF: NaN }, 'expected startF to be finite, got NaN')
      wrong({ excess: NaN }, 'expected excess not to be negative, got NaN')
    }
  })
})

describe('orthonormal data: how many updates are needed at least', () => {
  const cases: readonly (readonly [number, number, number, number, number, number])[] = [
    [5, 3, 0.1, 0.3, 0.5, 30],
    [7, 1, 0.5, 0.05, 1, 119],
    [4, 10, 0.01, 1, 0.2, 16],
  ]
  const run = (d: number, k: number, alpha: number, eta: number, v: number): number => {
    const start = initialWeights({ kind: 'zero' }, k, d)
    const order = { kind: 'cyclic' } as const
    return trainSgd(orthonormal(d), { k, alpha, eta, v, start, order }).updates
  }

  it.each(cases)('d %i, k %i, α %d, η %d, v %d: exactly %i', (d, k, alpha, eta, v, updates) => {
    expect(run(d, k, alpha, eta, v)).toBe(updates)
  })

  it('follow the formula, at least one for each example, at most what the bounds allow', () => {
    const source = stream(6)
    for (let i = 0; i < 100; i++) {
      const [d, k] = [1 + source.integer(8), 1 + source.integer(5)]
      const [alpha, eta, v] = [source.uniform(), 10 ** (2 * source.uniform() - 1), source.uniform()]
      const gain = k * eta * v * v
      const more = Math.ceil((1 - gain * alpha * (1 + alpha)) / (gain * (1 + alpha ** 2)))
      const updates = run(d, k, alpha, eta, v)
      expect(updates).toBe(d * (1 + Math.max(0, more)))
      expect(updates).toBeGreaterThanOrEqual(d)
      const net = { alpha, eta, v, k, ...zero }
      const { best } = updateBounds({ wStarNorm: Math.sqrt(d), gamma: 1, radius: 1, ...net })
      expect(updates).toBeLessThanOrEqual(best)
    }
  })
})
