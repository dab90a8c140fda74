import type { Cell } from '../../define/experiment.js'
import { integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface ReluFailureParams {
  readonly d: number
  readonly k: readonly number[]
  readonly runs: number
  readonly eta: number
  readonly alpha: number
  readonly shift: number
  readonly points: number
  readonly flips: number
}

/** All runs of one width, or a bad minimum with one class dead. */
export type ReluFailureCell = Cell &
  ({ readonly kind: 'width'; readonly k: number } | { readonly kind: 'minimum'; dead: 1 | -1 })

export const reluFailureParams: ParamSchema<ReluFailureParams> = object({
  d: integer({
    default: 64,
    min: 1,
    max: 1024,
    scale: 'log',
    symbol: 'd',
    help: 'input dimension: the examples are the unit vectors',
  }),
  k: integers({
    distinct: true,
    default: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    min: 1,
    max: 40,
    maxLength: 20,
    symbol: 'k',
    help: 'units of each sign: the widths compared',
  }),
  runs: integer({ default: 400, min: 1, max: 5000, help: 'starts of each width, all trained' }),
  eta: real({
    default: 1,
    min: 0.01,
    max: 1000,
    scale: 'log',
    symbol: '\\eta',
    help: 'step size',
  }),
  alpha: real({
    default: 0,
    min: 0,
    max: 1,
    symbol: '\\alpha',
    help: 'leak; 0 is ReLU, any other never fails',
  }),
  shift: real({
    default: 0,
    min: -5,
    max: 5,
    help: 'mean of the entries of the start, in standard deviations; not 0 breaks the symmetry',
  }),
  points: integer({
    default: 40,
    min: 4,
    max: 1000,
    help: 'examples of the data set on which a bad minimum is made',
  }),
  flips: integer({
    default: 0,
    min: 0,
    max: 100,
    help: 'labels turned round in that data set; some make it non-separable',
  }),
})

export function reluFailureCells({ k }: ReluFailureParams): readonly ReluFailureCell[] {
  return [
    ...k.map((width) => ({
      key: `k=${width}`,
      kind: 'width' as const,
      k: width,
    })),
    ...([1, -1] as const).map((dead) => ({
      key: `minimum/${dead === 1 ? 'positive' : 'negative'}`,
      kind: 'minimum' as const,
      dead,
    })),
  ]
}
