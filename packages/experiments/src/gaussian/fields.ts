import { integer, integers, real } from '../define/fields.js'

interface More {
  readonly min?: number
  readonly symbol?: string
}

/** A whole number from 1 up, on a logarithmic slider. */
export const count = (byDefault: number, max: number, help: string, more: More = {}) =>
  integer({ default: byDefault, min: 1, max, scale: 'log', help, ...more })

/** A list of whole numbers from 1 up, each given once. */
export const counts = (
  byDefault: readonly number[],
  [max, maxLength]: readonly [max: number, maxLength: number],
  help: string,
  more: More = {},
) => integers({ distinct: true, default: byDefault, min: 1, max, maxLength, help, ...more })

/** Where a claim needs more of a parameter than its range. */
const needing = (help: string, needs: string): string => (needs === '' ? help : `${help}; ${needs}`)

export const patches = (byDefault: number, needs = '') =>
  integer({
    default: byDefault,
    min: 1,
    max: 50,
    symbol: 'k',
    help: needing('number of patches', needs),
  })

export const patchCounts = (byDefault: readonly number[], max: number) =>
  counts(byDefault, [max, 8], 'numbers of patches; the claims need 2 or more', { symbol: 'k' })

export const filterLength = (byDefault: number, max = 50, needs = 'the claims need 2 or more') =>
  integer({
    default: byDefault,
    min: 1,
    max,
    symbol: 'm',
    help: needing('length of the filter', needs),
  })

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
  count(byDefault, max, 'step budget of a run', { min })

export const targetLoss = (max: number) =>
  real({
    default: 1e-12,
    min: 1e-24,
    max,
    scale: 'log',
    symbol: '\\varepsilon',
    help: 'loss to reach, in units of ‖w*‖²',
  })
