import { count, counts, real, reals, whole } from '../define/fields.js'

/** Where a claim needs more of a parameter than its range. */
const needing = (help: string, needs: string): string => (needs === '' ? help : `${help}; ${needs}`)

export const patches = (byDefault: number, needs = '') =>
  whole(byDefault, [1, 50], needing('number of patches', needs), { symbol: 'k' })

export const patchCounts = (byDefault: readonly number[], max: number) =>
  counts(byDefault, [max, 8], 'numbers of patches; the claims need 2 or more', { symbol: 'k' })

export const filterLength = (byDefault: number, max = 50, needs = 'the claims need 2 or more') =>
  whole(byDefault, [1, max], needing('length of the filter', needs), { symbol: 'm' })

/** Slopes of the leaky ReLU. */
export const slopes = (
  byDefault: readonly number[],
  [min, maxLength]: readonly [min: number, maxLength: number],
  help: string,
) => reals({ distinct: true, default: byDefault, min, max: 1, maxLength, symbol: '\\lambda', help })

/** The step size in units of 1/c, or of one over another largest curvature. */
export const stepSize = (min: number, max: number, unit = 'c') =>
  real({
    default: 1,
    min,
    max,
    symbol: `\\eta ${unit}`,
    help: `step size in units of 1/${unit}; the claims need 1 or less`,
  })

export const stepBudget = (byDefault: number, max: number, min = 1) =>
  count(byDefault, max, 'maximum number of steps of a run', { min })

export const targetLoss = (max: number) =>
  real({
    default: 1e-12,
    min: 1e-24,
    max,
    scale: 'log',
    symbol: '\\varepsilon',
    help: 'loss to reach, in units of ‖w*‖²',
  })
