import { blocks } from '../../define/blocks.js'
import type { Cell } from '../../define/experiment.js'
import { integer } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface AttentionParams {
  readonly layers: number
  readonly leaves: number
}

/** Layers [from, to). */
export interface AttentionCell extends Cell {
  readonly from: number
  readonly to: number
}

export const attentionParams: ParamSchema<AttentionParams> = object({
  layers: integer({
    default: 40,
    min: 1,
    max: 10_000,
    scale: 'log',
    help: 'random layers of each kind',
  }),
  leaves: integer({ default: 8, min: 2, max: 50, help: 'equal leaves of the largest star' }),
})

const BLOCK = 10

export function attentionCells({ layers }: AttentionParams): AttentionCell[] {
  return blocks(layers, BLOCK).map(({ from, to }) => ({
    key: `layers=${from}-${to - 1}`,
    from,
    to,
  }))
}
