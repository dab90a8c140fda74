import type { OverlapShape } from '@nonconvex/gaussian-theory'
import type { Cell } from '../../define/experiment.js'
import { integer } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface MinimumParams {
  readonly k: number
  readonly stride: number
  readonly starts: number
  readonly points: number
  readonly grid: number
}

/** What a cell looks at: the point opposite to the teacher, its certificates, the formulas, the trap, where a grid of starts ends. */
export interface MinimumCell extends Cell {
  readonly part: 'point' | 'certificates' | 'formulas' | 'trap' | 'basins'
}

export const minimumParams: ParamSchema<MinimumParams> = object({
  k: integer({
    default: 5,
    min: 1,
    max: 50,
    symbol: 'k',
    help: 'windows of the network; the local minimum needs 2 or more',
  }),
  stride: integer({
    default: 1,
    min: 1,
    max: 2,
    symbol: 's',
    help: 'distance between neighbouring windows of length 2; at 2 they do not overlap',
  }),
  starts: integer({ default: 400, min: 1, max: 10_000, scale: 'log', help: 'starts in the trap' }),
  points: integer({
    default: 200,
    min: 1,
    max: 5000,
    scale: 'log',
    help: 'random points at which formulas are compared',
  }),
  grid: integer({ default: 33, min: 5, max: 101, help: 'starts by starts of the map' }),
})

/** The teacher whose reflection telescopes. */
export const teacher = [-1, 1] as const

export const shapeOf = ({ k, stride }: MinimumParams): OverlapShape => ({ m: 2, k, stride })

export const minimumCells = (): MinimumCell[] =>
  (['point', 'certificates', 'formulas', 'trap', 'basins'] as const).map((part) => ({
    key: part,
    part,
  }))
