import { integer, object, real } from '@nonconvex/experiments/define'

/** Values of the form. A type, not an interface: it is one of the forms of `ParamValues`. */
export type DeadUnitsParams = {
  readonly k: number
  readonly d: number
  readonly alpha: number
}

/** The largest width: at it the failure probability of all dimensions is below 0.4 %. */
export const MOST_UNITS = 16

export const deadUnitsParams = object({
  k: integer({
    default: 4,
    min: 1,
    max: MOST_UNITS,
    symbol: 'k',
    help: 'width: hidden units of each sign, one more row of the wall each',
  }),
  d: integer({
    default: 64,
    min: 2,
    max: 256,
    scale: 'log',
    symbol: 'd',
    help: 'input dimension, the columns',
  }),
  alpha: real({
    default: 0,
    min: 0,
    max: 0.5,
    symbol: '\\alpha',
    help: 'leaky ReLU slope; 0 is ReLU',
  }),
})
