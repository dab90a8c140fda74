import type { Cell } from '../../define/experiment.js'
import { integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface ReluPositiveParams {
  readonly d: readonly number[]
  readonly from: number
  readonly to: number
  readonly starts: number
  readonly runs: number
  readonly eta: number
  readonly alpha: number
  readonly shift: number
  readonly leak: number
}

/** Starts of one dimension and width, or runs with a leak in one dimension. */
export type ReluPositiveCell = Cell &
  (
    | { readonly kind: 'point'; readonly d: number; readonly k: number }
    | { readonly kind: 'leak'; readonly d: number }
  )

export const reluPositiveParams: ParamSchema<ReluPositiveParams> = object({
  d: integers({
    distinct: true,
    default: [16, 64, 256, 1024],
    min: 2,
    max: 2048,
    maxLength: 6,
    symbol: 'd',
    help: 'input dimensions: the examples are the unit vectors',
  }),
  from: integer({ default: -4, min: -10, max: 10, help: 'least k − log₂ d' }),
  to: integer({ default: 6, min: -10, max: 20, help: 'largest k − log₂ d' }),
  starts: integer({
    default: 400,
    min: 1,
    max: 5000,
    help: 'starts of each dimension and width, looked at for dead coordinates',
  }),
  runs: integer({ default: 10, min: 1, max: 1000, help: 'of these, the first are trained' }),
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
    help: 'leak; 0 is ReLU, which the curve is about',
  }),
  shift: real({
    default: 0,
    min: -5,
    max: 5,
    help: 'mean of the entries of the start, in standard deviations; not 0 breaks the symmetry',
  }),
  leak: real({
    default: 0.1,
    min: 0,
    max: 1,
    help: 'leak of the runs with one unit of each sign, which never fail',
  }),
})

/** Widths of a dimension, each once: those of κ from `from` to `to` that are at least 1. */
const widthsOf = (d: number, { from, to }: ReluPositiveParams): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => Math.round(Math.log2(d)) + from + i)
    // above 60 the probability is lost in rounding
    .filter((k) => k >= 1 && k <= 60)

export function reluPositiveCells(p: ReluPositiveParams): readonly ReluPositiveCell[] {
  return p.d.flatMap((d): ReluPositiveCell[] => [
    ...widthsOf(d, p).map((k) => ({ key: `d=${d}/k=${k}`, kind: 'point' as const, d, k })),
    { key: `d=${d}/leak`, kind: 'leak', d },
  ])
}
