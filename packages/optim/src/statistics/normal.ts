/**
 * The 97.5 % quantile of the standard normal distribution: 95 % of it lie within so many standard
 * deviations of the mean.
 *
 * @example
 * import { NORMAL_95 } from '@nonconvex/optim/statistics'
 * console.log(NORMAL_95) // → 1.959963984540054
 */
export const NORMAL_95 = 1.959963984540054
