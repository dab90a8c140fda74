/**
 * 95 % of the normal law lie within so many standard deviations of its mean: its 97.5 % quantile.
 *
 * @example
 * import { NORMAL_95 } from '@nonconvex/optim'
 * console.log(NORMAL_95) // → 1.959963984540054
 */
export const NORMAL_95 = 1.959963984540054
