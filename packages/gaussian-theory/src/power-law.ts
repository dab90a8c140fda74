import { power } from '@nonconvex/tensor'

/**
 * A power law y ≈ coefficient · x^exponent that was fitted by least squares on logarithms.
 */
export interface PowerLaw {
  readonly exponent: number
  readonly coefficient: number
}

/**
 * Fits a power law by the least-squares line through (ln x, ln y). The coefficient is y/x^order at
 * the smallest x, so that higher orders do not bias it.
 *
 * @param x - positive, ascending, at least two
 * @param y - positive; a value ≤ 0 makes both results NaN
 */
export function fitPowerLaw(x: readonly number[], y: readonly number[], order: number): PowerLaw {
  const lx = x.map(Math.log)
  const ly = y.map(Math.log)
  const mean = (v: readonly number[]): number => v.reduce((s, t) => s + t, 0) / v.length
  const [mx, my] = [mean(lx), mean(ly)]
  const across = lx.reduce((s, t, i) => s + (t - mx) * (ly[i] - my), 0)
  const along = lx.reduce((s, t) => s + (t - mx) ** 2, 0)
  return { exponent: across / along, coefficient: y[0] / power(x[0], order) }
}
