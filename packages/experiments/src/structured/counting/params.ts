import type { Cell } from '../../define/experiment.js'
import { integer, integers } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface CountingParams {
  readonly graphs: readonly number[]
  readonly steps: number
  readonly hidden: number
  readonly dense: number
  readonly test: number
}

/** The networks: both read-outs of the layer, and a fully connected one on everything. */
export const models: readonly ['local', 'literal', 'dense'] = ['local', 'literal', 'dense']

export interface CountingCell extends Cell {
  readonly model: (typeof models)[number]
  readonly graphs: number
}

export const countingParams: ParamSchema<CountingParams> = object({
  graphs: integers({
    default: [10, 30, 100, 300, 1000, 3000],
    min: 1,
    max: 100_000,
    maxLength: 8,
    help: 'graphs to learn from',
  }),
  steps: integer({
    default: 2000,
    min: 5,
    max: 100_000,
    scale: 'log',
    help: 'steps of Adam, of 50 graphs each',
  }),
  hidden: integer({
    default: 64,
    min: 2,
    max: 512,
    scale: 'log',
    symbol: 'H',
    help: 'hidden units of the layer',
  }),
  dense: integer({
    default: 512,
    min: 2,
    max: 2048,
    scale: 'log',
    help: 'units of each of the two hidden layers of the fully connected network',
  }),
  test: integer({ default: 1000, min: 10, max: 100_000, scale: 'log', help: 'fresh graphs' }),
})

export function countingCells({ graphs }: CountingParams): CountingCell[] {
  return models.flatMap((model) =>
    [...new Set(graphs)]
      .sort((a, b) => a - b)
      .map((count) => ({ key: `${model}/graphs=${count}`, model, graphs: count })),
  )
}
