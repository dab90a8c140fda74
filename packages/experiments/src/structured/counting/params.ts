import type { Cell } from '../../define/experiment.js'
import { integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface CountingParams {
  readonly graphs: readonly number[]
  readonly steps: number
  readonly batch: number
  readonly rate: number
  readonly hidden: number
  readonly dense: number
  readonly test: number
  readonly lstm: readonly number[]
  readonly lstmSteps: number
  readonly state: number
}

/**
 * The networks of the layer and the fully connected one, each with its name in tables and figures.
 */
const ordinary = {
  local: 'invariant, local',
  literal: 'invariant, literal',
  dense: 'fully connected',
}

/**
 * Those with LSTMs in place of the sums: after the networks of the layer, or on what these would
 * read.
 */
const recurrent = {
  'lstm-after': 'LSTM after networks',
  'lstm-raw': 'LSTM on raw inputs',
}

export type Model = keyof typeof ordinary | keyof typeof recurrent

export const names: { readonly [M in Model]: string } = { ...ordinary, ...recurrent }

export const models = Object.keys(names) as readonly Model[]

export interface CountingCell extends Cell {
  readonly model: Model
  readonly graphs: number
}

export const countingParams: ParamSchema<CountingParams> = object({
  graphs: integers({
    distinct: true,
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
    help: 'steps of Adam',
  }),
  batch: integer({ default: 50, min: 1, max: 1000, scale: 'log', help: 'graphs of a step' }),
  rate: real({
    default: 1e-3,
    min: 1e-5,
    max: 0.1,
    scale: 'log',
    help: 'rate of Adam, of all networks; a tenth of it in the last fifth of the steps',
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
  lstm: integers({
    distinct: true,
    default: [10, 30, 100, 1000],
    min: 1,
    max: 100_000,
    maxLength: 8,
    help: 'graphs to learn from, for the networks with LSTMs',
  }),
  lstmSteps: integer({
    default: 1500,
    min: 5,
    max: 100_000,
    scale: 'log',
    help: 'steps of Adam, of 25 graphs each, for the networks with LSTMs',
  }),
  state: integer({
    default: 48,
    min: 2,
    max: 512,
    scale: 'log',
    help: 'state of the LSTMs on raw inputs; after networks it is that of hidden units',
  }),
})

export function countingCells({ graphs, lstm }: CountingParams): CountingCell[] {
  return models.flatMap((model) =>
    [...(model in recurrent ? lstm : graphs)]
      .sort((a, b) => a - b)
      .map((count) => ({ key: `${model}/graphs=${count}`, model, graphs: count })),
  )
}
