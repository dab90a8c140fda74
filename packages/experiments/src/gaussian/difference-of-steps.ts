import type { Closeness } from '@nonconvex/optim/claims'

/** |measured − bound| in units of the tolerance: 3 % and one step. */
export const differenceOfSteps: Closeness = (measured, bound) =>
  Math.abs(measured - bound) / (1 + 0.03 * bound)
