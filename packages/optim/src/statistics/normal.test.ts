import { expect, it } from 'vitest'
import { NORMAL_95 } from './normal.js'

/** Simpson's rule, whose error is z⁵ max|φ⁗| / 180 n⁴ ≤ 29 · 3 · 0.4 / (180 · 2000⁴) < 2e-14. */
function normalWithin(z: number): number {
  const n = 2000
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)
  let sum = density(0) + density(z)
  for (let i = 1; i < n; i++) sum += (i % 2 === 1 ? 4 : 2) * density((i * z) / n)
  return (2 * sum * z) / (3 * n)
}

it('has 95 % of the normal distribution within, to the last digit', () => {
  // the probability grows by 0.117 for each unit of z: 1e-12 is seen
  expect(Math.abs(normalWithin(NORMAL_95) - 0.95)).toBeLessThan(4e-14)
  expect(normalWithin(NORMAL_95 + 1e-12)).toBeGreaterThan(0.95 + 4e-14)
  expect(normalWithin(NORMAL_95 - 1e-12)).toBeLessThan(0.95 - 4e-14)
})
