import type { Cell } from '../../define/experiment.js'
import { integer } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface NoOverlapParams {
  readonly k: number
  readonly m: number
  readonly samples: number
  readonly points: number
  readonly overlap: number
}

export interface PointCell extends Cell {
  readonly index: number
}

export const noOverlapParams: ParamSchema<NoOverlapParams> = object({
  k: integer({ default: 4, min: 1, max: 50, symbol: 'k', help: 'windows of the network' }),
  m: integer({ default: 5, min: 1, max: 50, symbol: 'm', help: 'length of the filter' }),
  samples: integer({
    default: 100_000,
    min: 100,
    max: 10_000_000,
    scale: 'log',
    symbol: 'N',
    help: 'inputs drawn at each point',
  }),
  points: integer({ default: 8, min: 1, max: 200, help: 'random pairs of filter and teacher' }),
  overlap: integer({
    default: 0,
    min: 0,
    max: 49,
    help: 'coordinates shared by neighbouring windows; the formula needs 0',
  }),
})
