import { describe, expect, it } from 'vitest'
import { blocksBound, compressionFloor, subsetBound } from './index.js'

const delta = 0.05

describe('compressionFloor', () => {
  // n, c, subset bound, block bound, floor
  it.each([
    [80, 5, 0.2775, 0.2471, 0.1108],
    [200, 10, 0.2148, 0.175, 0.0772],
    [1000, 50, 0.1946, 0.1413, 0.0618],
    [4000, 20, 0.0333, 0.0176, 0.007],
    [4000, 347, 0.2775, 0.2173, 0.0942],
    [1000, 501, 0.7538, 0.7538, 0.5265],
    [200, 181, 0.9732, 0.9732, 0.9327],
  ])('is that of the theory, beside the bounds: n = %i, c = %i', (n, distinct, e3, e4, floor) => {
    const counts = { n, distinct, delta }
    expect(subsetBound(counts)).toBeCloseTo(e3, 4)
    expect(blocksBound(counts).eps).toBeCloseTo(e4, 4)
    expect(compressionFloor(counts)).toBeCloseTo(floor, 4)
  })

  it('is 0 without updates, 1 never, and refuses other counts', () => {
    expect(compressionFloor({ n: 10, distinct: 0, delta })).toBe(0)
    expect(compressionFloor({ n: 10, distinct: 10, delta })).toBeLessThan(1)
    expect(() => compressionFloor({ n: 10, distinct: 11, delta })).toThrow(RangeError)
  })

  it('is what a bound on the population of its proof cannot be below', () => {
    // c = 1 + Bin(n, q), error q: the bound fails where ε(c) < q. Exact, by the binomial weights
    const n = 50
    const epsilon = Array.from({ length: n + 1 }, (_, c) =>
      compressionFloor({ n, distinct: Math.max(1, c), delta }),
    )
    const failure = (scale: number, q: number): number => {
      let [weight, sum] = [(1 - q) ** n, 0]
      for (let b = 0; b < n; b++) {
        if (scale * epsilon[b + 1] < q) sum += weight
        weight *= ((n - b) * q) / ((b + 1) * (1 - q))
      }
      return sum
    }
    const rates = epsilon.slice(1, n).map((q) => q * (1 + 1e-12))
    const worst = (scale: number): number => Math.max(...rates.map((q) => failure(scale, q)))
    expect(worst(1)).toBeLessThanOrEqual(delta * (1 + 1e-9))
    expect(worst(0.99)).toBeGreaterThan(delta)
  })
})
