import type { Cell } from '../../define/experiment.js'
import { integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { blocks } from '../partial.js'

export interface SGDParams {
  readonly k: number
  readonly m: number
  readonly batch: readonly number[]
  readonly step: number
  readonly seeds: number
  readonly samples: number
  readonly maxSteps: number
}

/** Runs [from, to) with a batch size, the gradient at a point, or samples of a size. */
export interface SGDCell extends Cell {
  readonly part: 'runs' | 'gradient' | 'gap'
  /** batch size, or number of examples */
  readonly size: number
  readonly from: number
  readonly to: number
}

export const sgdParams: ParamSchema<SGDParams> = object({
  k: integer({ default: 4, min: 1, max: 50, symbol: 'k', help: 'windows of the network' }),
  m: integer({
    default: 5,
    min: 1,
    max: 50,
    symbol: 'm',
    help: 'length of the filter; with 1, half of the starts fail',
  }),
  batch: integers({
    default: [1, 8, 32],
    min: 1,
    max: 1024,
    maxLength: 5,
    symbol: 'B',
    help: 'fresh inputs a step',
  }),
  step: real({
    default: 1,
    min: 0.01,
    max: 20,
    scale: 'log',
    help: 'step size in units of 0.8 min(1, B/2m)/c, with which every run arrived',
  }),
  seeds: integer({ default: 50, min: 1, max: 1000, help: 'runs for each batch size' }),
  samples: integer({
    default: 50_000,
    min: 100,
    max: 10_000_000,
    scale: 'log',
    symbol: 'N',
    help: 'inputs drawn for the mean of the gradient',
  }),
  maxSteps: integer({ default: 6000, min: 1, max: 1_000_000, scale: 'log', help: 'step budget' }),
})

/** Numbers of examples of the fixed samples, and how many samples of each. */
export const sizes: readonly number[] = [100, 400, 1600, 6400]
// the exponent's standard error is then 0.026, a quarter of what the claim allows
export const repeats = 40

const BLOCK = 25

export function sgdCells({ batch, seeds }: SGDParams): SGDCell[] {
  const runs = [...new Set(batch)].flatMap((size) =>
    blocks(seeds, BLOCK).map(({ from, to }) => ({
      key: `batch=${size}/seeds=${from}-${to - 1}`,
      part: 'runs' as const,
      size,
      from,
      to,
    })),
  )
  const gaps = sizes.map((size) => ({
    key: `gap=${size}`,
    part: 'gap' as const,
    size,
    from: 0,
    to: repeats,
  }))
  return [{ key: 'gradient', part: 'gradient', size: 1, from: 0, to: 1 }, ...runs, ...gaps]
}
