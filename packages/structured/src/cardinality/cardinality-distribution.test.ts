import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  cardinalityLogZ,
  cardinalityMarginals,
  cardinalitySample,
  countPotential,
} from './cardinality-distribution.js'
import { cardinalityMap } from './decode.js'
import { poissonBinomial } from './poisson-binomial.js'

const logistic = (x: number): number => 1 / (1 + Math.exp(-x))

/** All y ∈ {0,1}^L with their log-weights θᵀy + f(Σ y). */
function enumerated(
  theta: ArrayLike<number>,
  f: ArrayLike<number>,
): { y: number[]; log: number }[] {
  const L = theta.length
  return Array.from({ length: 2 ** L }, (_, code) => {
    const y = Array.from({ length: L }, (_, i) => (code >> i) & 1)
    const count = y.reduce((sum, label) => sum + label, 0)
    const score = y.reduce((sum, label, i) => sum + label * theta[i], 0)
    return { y, log: score + (count < f.length ? f[count] : -Infinity) }
  })
}

function logSum(logs: readonly number[]): number {
  const most = Math.max(...logs)
  return most + Math.log(logs.reduce((sum, x) => sum + Math.exp(x - most), 0))
}

/** Scores, and a potential of a random length with forbidden counts in it. */
function* distributions(count: number): Generator<{ theta: Float64Array; f: Float64Array }> {
  const s = stream(1)
  for (let t = 0; t < count; t++) {
    const L = 1 + s.integer(12)
    const scale = [0.1, 1, 30, 900][t % 4]
    const theta = s.normalInto(new Float64Array(L)).map((x) => scale * x)
    const f = s.normalInto(new Float64Array(1 + s.integer(L + 1))).map((x) => scale * x)
    const keep = s.integer(f.length)
    yield { theta, f: f.map((x, k) => (k !== keep && s.uniform() < 0.3 ? -Infinity : x)) }
  }
}

describe('the distribution p(y) ∝ e^{θᵀy + f(Σ y)}', () => {
  it('has log Z, marginals and counts of the sum over all 2^L, for scores up to thousands', () => {
    for (const { theta, f } of distributions(160)) {
      const all = enumerated(theta, f)
      const logZ = logSum(all.map(({ log }) => log))
      const pmf = cardinalityMarginals(theta, f)
      const room = 1e-13 * Math.max(1, Math.abs(logZ))
      expect(Math.abs(cardinalityLogZ(theta, f) - logZ)).toBeLessThanOrEqual(room)
      expect(pmf.logZ).toBe(cardinalityLogZ(theta, f))
      pmf.labels.forEach((p, i) => {
        const sum = all.reduce((q, { y, log }) => q + y[i] * Math.exp(log - logZ), 0)
        expect(Math.abs(p - sum)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(logZ)))
      })
      pmf.counts.forEach((p, k) => {
        const those = all.filter(({ y }) => y.reduce((a, b) => a + b, 0) === k)
        const sum = those.reduce((q, { log }) => q + Math.exp(log - logZ), 0)
        expect(Math.abs(p - sum)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(logZ)))
      })
    }
  })

  it('no probability is above 1', () => {
    const { labels, counts } = cardinalityMarginals([1.4, 0.6, -0.22], [-Infinity, 0])
    expect(Math.max(...labels, ...counts)).toBeLessThanOrEqual(1)
    expect(() => countPotential([1.4, 0.6, -0.22], counts)).not.toThrow()
  })

  it('its marginals sum to the expected count', () => {
    const s = stream(2)
    for (const L of [5, 50, 300]) {
      const theta = s.normalInto(new Float64Array(L)).map((x) => 3 * x)
      const { labels, counts } = cardinalityMarginals(theta, s.normalInto(new Float64Array(L + 1)))
      const expected = counts.reduce((sum, p, k) => sum + k * p, 0)
      expect(labels.reduce((sum, p) => sum + p, 0)).toBeCloseTo(expected, 9)
      expect(counts.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 11)
    }
  })

  it('they are the derivatives of log Z', () => {
    const s = stream(3)
    const [theta, f] = [s.normalInto(new Float64Array(6)), s.normalInto(new Float64Array(7))]
    const { labels, counts } = cardinalityMarginals(theta, f)
    const h = 1e-5
    const moved = (x: Float64Array, at: number, by: number): Float64Array =>
      x.map((value, i) => (i === at ? value + by : value))
    const slope = (of: (by: number) => number): number => (of(h) - of(-h)) / (2 * h)
    labels.forEach((p, i) => {
      expect(p).toBeCloseTo(
        slope((by) => cardinalityLogZ(moved(theta, i, by), f)),
        8,
      )
    })
    counts.forEach((p, k) => {
      expect(p).toBeCloseTo(
        slope((by) => cardinalityLogZ(theta, moved(f, k, by))),
        8,
      )
    })
  })

  it('without a potential is that of independent labels', () => {
    const s = stream(4)
    const theta = s.normalInto(new Float64Array(40))
    const { labels, counts } = cardinalityMarginals(theta, new Float64Array(41))
    labels.forEach((p, i) => {
      expect(p).toBeCloseTo(logistic(theta[i]), 12)
    })
    const pmf = poissonBinomial(theta.map(logistic))
    counts.forEach((p, k) => {
      expect(Math.abs(p / pmf[k] - 1)).toBeLessThan(1e-11)
    })
  })

  it('is likeliest where cardinalityMap says', () => {
    for (const { theta, f } of distributions(200)) {
      const all = enumerated(theta, f)
      const best = Math.max(...all.map(({ log }) => log))
      const map = [...cardinalityMap(theta, f)]
      const found = all.find(({ y }) => y.join() === map.join())?.log ?? NaN
      expect(Math.abs(found - best)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(best)))
    }
  })

  it('is drawn from exactly: frequencies of all y within 4 standard errors', () => {
    const [theta, f] = [
      [1, -0.5, 0.2, -1],
      [-1, 0.5, -Infinity, 1],
    ]
    const all = enumerated(theta, f)
    const logZ = cardinalityLogZ(theta, f)
    const draws = 40_000
    const seen = new Map<string, number>()
    const source = stream(5)
    for (let t = 0; t < draws; t++) {
      const y = cardinalitySample(theta, f, source).join()
      seen.set(y, (seen.get(y) ?? 0) + 1)
    }
    for (const { y, log } of all) {
      const p = Math.exp(log - logZ)
      const error = Math.sqrt((p * (1 - p)) / draws)
      expect(Math.abs((seen.get(y.join()) ?? 0) / draws - p)).toBeLessThanOrEqual(4 * error)
    }
  })
})

it('countPotential gives the count any distribution', () => {
  const s = stream(6)
  for (let t = 0; t < 50; t++) {
    const L = 1 + s.integer(30)
    const theta = s.normalInto(new Float64Array(L)).map((x) => 5 * x)
    const raw = Array.from({ length: 1 + s.integer(L + 1) }, () => s.uniform() * s.integer(2))
    raw[0] += 0.1
    const sum = raw.reduce((a, b) => a + b, 0)
    const pmf = raw.map((x) => x / sum)
    const { counts, logZ } = cardinalityMarginals(theta, countPotential(theta, pmf))
    expect(logZ).toBeCloseTo(0, 10)
    counts.forEach((p, k) => {
      expect(p).toBeCloseTo(pmf[k], 11)
    })
  }
})
