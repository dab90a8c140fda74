/**
 * The 97.5 % quantile of the standard normal distribution: its interval of ± this many standard
 * deviations around the mean has probability 95 %.
 *
 * @example
 * import { NORMAL_95 } from '@nonconvex/optim/statistics'
 * console.log(NORMAL_95) // → 1.959963984540054
 */
export const NORMAL_95 = 1.959963984540054
