import { integer, integers } from '../define/fields.js'

/** Parameters that several experiments on the no-overlap network share. */

export const patchCounts = (byDefault: readonly number[], max: number) =>
  integers({
    distinct: true,
    default: byDefault,
    min: 1,
    max,
    maxLength: 8,
    symbol: 'k',
    help: 'windows of the network; the claims need 2 or more',
  })

export const filterLength = integer({
  default: 3,
  min: 1,
  max: 50,
  symbol: 'm',
  help: 'length of the filter; the claims need 2 or more',
})
