import { blocks } from '../../define/blocks.js'
import type { Cell } from '../../define/experiment.js'
import { integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface RandomInitParams {
  readonly m: readonly number[]
  readonly k: number
  readonly starts: number
  readonly radius: number
  readonly eps: number
  readonly step: number
  readonly maxSteps: number
}

/** Starts [from, to) with filters of length m. */
export interface RandomInitCell extends Cell {
  readonly m: number
  readonly from: number
  readonly to: number
}

export const randomInitParams: ParamSchema<RandomInitParams> = object({
  m: integers({
    distinct: true,
    default: [1, 2, 3, 5, 10],
    min: 1,
    max: 200,
    maxLength: 10,
    symbol: 'm',
    help: 'lengths of the filter; 1 is where half of the starts fail',
  }),
  k: integer({
    default: 5,
    min: 1,
    max: 50,
    symbol: 'k',
    help: 'windows of the network; the theorem needs 2 or more',
  }),
  starts: integer({
    default: 1000,
    min: 1,
    max: 20_000,
    scale: 'log',
    help: 'random starts for each length, uniform on a sphere',
  }),
  radius: real({
    default: 0.5,
    min: 0.01,
    max: 10,
    scale: 'log',
    symbol: 'r_0',
    help: 'length of the starts, in units of ‖w*‖',
  }),
  eps: real({
    default: 1e-12,
    min: 1e-24,
    max: 1e-3,
    scale: 'log',
    symbol: '\\varepsilon',
    help: 'loss to reach, in units of ‖w*‖²',
  }),
  step: real({
    default: 1,
    min: 0.05,
    max: 1.9,
    symbol: '\\eta c',
    help: 'step size in units of 1/c; the theorem needs 1 or less',
  }),
  maxSteps: integer({
    default: 100_000,
    min: 1,
    max: 10_000_000,
    scale: 'log',
    help: 'step budget of a run',
  }),
})

const BLOCK = 100

/** Each length of the list once, ascending. */
export function lengths({ m }: RandomInitParams): number[] {
  return [...m].sort((a, b) => a - b)
}

export function randomInitCells(params: RandomInitParams): RandomInitCell[] {
  return lengths(params).flatMap((m) =>
    blocks(params.starts, BLOCK).map(({ from, to }) => ({
      key: `m=${m}/starts=${from}-${to - 1}`,
      m,
      from,
      to,
    })),
  )
}
