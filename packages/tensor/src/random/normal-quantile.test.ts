import { expect, it } from 'vitest'
import { logarithm, normalQuantile } from './normal-quantile.js'

/** p and Φ⁻¹(p) to 18 digits, from mpmath with 40 digits (erfc solved by Newton steps). */
const reference: readonly (readonly [number, number])[] = [
  [0.4999999999990905, -2.27976513509111146e-12],
  [0.4999, -0.000250662830088007492],
  [0.3, -0.524400512708040816],
  [0.1, -1.28155156554460044],
  [0.0750001, -1.43953076450172969],
  [0.0749, -1.44023826752796366],
  [0.025, -1.95996398454005421],
  [0.001, -3.09023230616781354],
  [1e-5, -4.26489079392282461],
  [1e-8, -5.61200124417478873],
  [1e-10, -6.3613409024040562],
  [1.4e-11, -6.65672309151818364],
  [1.3e-11, -6.66761145651074083],
  [1e-13, -7.34879610280067751],
  [1e-16, -8.22208221613043562],
  [2 ** -60, -8.77332116902755168],
  [2 ** -65, -9.15529377268607255],
]

it('inverts the normal distribution function to 1e-15', () => {
  for (const [p, z] of reference) {
    expect(Math.abs(normalQuantile(p) / z - 1), `p = ${p}`).toBeLessThanOrEqual(1e-15)
  }
  expect(normalQuantile(0.5)).toBeCloseTo(0, 300)
})

it('is non-decreasing across the seams between its three formulas', () => {
  for (const seam of [0.075, Math.exp(-25)]) {
    let before = -Infinity
    for (let j = -1000; j <= 1000; j++) {
      const z = normalQuantile(seam * (1 + j * 1e-13))
      expect(z - before).toBeGreaterThanOrEqual(-4e-15)
      before = z
    }
  }
})

it('takes logarithms within 1 ulp of the engine', () => {
  for (let e = -65; e < 0; e++) {
    for (const m of [1, 1.1, Math.SQRT1_2 * 2 - 1e-9, Math.SQRT2, 1.9999999]) {
      const expected = Math.log(m * 2 ** e)
      expect(Math.abs(logarithm(m * 2 ** e) - expected)).toBeLessThanOrEqual(
        Math.abs(expected) * 2 ** -51,
      )
    }
  }
})
