import { expect, it } from 'vitest'
import { stream } from '../index.js'

const N = 1_000_000
const z = stream(20240).child('normals').normalInto(new Float64Array(N))
const u = stream(20240).child('uniforms').uniformInto(new Float64Array(N))

/** Φ by its series about 0, absolute error below 1e-14 for |x| ≤ 6: no part of the generator. */
function distribution(x: number): number {
  let term = x
  let sum = x
  for (let k = 1; k < 400 && Math.abs(term) > 1e-18; k++) {
    term *= (x * x) / (2 * k + 1)
    sum += term
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI)
}

const doubleFactorial = (n: number): number => (n <= 1 ? 1 : n * doubleFactorial(n - 2))
/** E Zʲ: 0 for odd j, (j − 1)!! for even j. */
const moment = (j: number) => (j % 2 === 1 ? 0 : doubleFactorial(j - 1))

/** Sums of the powers 0 … 8, in one pass. */
const powers = new Float64Array(9)
for (const x of z) {
  let power = 1
  for (let j = 0; j <= 8; j++) {
    powers[j] += power
    power *= x
  }
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])('has moment %i within 4 standard errors', (j) => {
  const mean = powers[j] / N
  const standardError = Math.sqrt((moment(2 * j) - moment(j) ** 2) / N)
  expect(Math.abs(mean - moment(j))).toBeLessThanOrEqual(4 * standardError)
})

it.each([2, 3, 4, 4.5])(
  'has as many draws beyond ±%d as the normal distribution, in each tail',
  (t) => {
    const p = 1 - distribution(t)
    const margin = 4 * Math.sqrt(N * p * (1 - p))
    for (const sign of [-1, 1]) {
      const count = z.reduce((n, x) => n + (sign * x > t ? 1 : 0), 0)
      expect(Math.abs(count - N * p)).toBeLessThanOrEqual(margin)
    }
  },
)

/** P(√n D > 1.95) ≈ 2 exp(−2 · 1.95²) = 0.001. */
const KOLMOGOROV = 1.95 / Math.sqrt(N)

function largestGap(sorted: Float64Array, cdf: (x: number) => number): number {
  return sorted.reduce((gap, x, i) => {
    const p = cdf(x)
    return Math.max(gap, (i + 1) / N - p, p - i / N)
  }, 0)
}

it('is within the 0.1 % Kolmogorov–Smirnov distance of the normal distribution on 10⁶ draws', () => {
  const sorted = z.slice().sort()
  expect(largestGap(sorted, distribution)).toBeLessThanOrEqual(KOLMOGOROV)
  // The test can fail: a standard deviation off by 1 % is far outside.
  expect(largestGap(sorted, (x) => distribution(1.01 * x))).toBeGreaterThan(KOLMOGOROV)
})

it('has uniforms within the same distance of the uniform distribution, none of them 0 or 1', () => {
  expect(largestGap(u.slice().sort(), (x) => x)).toBeLessThanOrEqual(KOLMOGOROV)
  expect(u.every((x) => x > 0 && x < 1)).toBe(true)
})

it('has uncorrelated neighbors and squares, within 4 standard errors', () => {
  for (const lag of [1, 2, 3, 1024]) {
    let plain = 0
    let squares = 0
    for (let i = lag; i < N; i++) {
      plain += z[i] * z[i - lag]
      squares += (z[i] ** 2 - 1) * (z[i - lag] ** 2 - 1)
    }
    expect(Math.abs(plain)).toBeLessThanOrEqual(4 * Math.sqrt(N))
    expect(Math.abs(squares)).toBeLessThanOrEqual(4 * 2 * Math.sqrt(N))
  }
})
