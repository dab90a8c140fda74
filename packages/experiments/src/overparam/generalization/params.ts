import type { Cell } from '../../define/experiment.js'
import { integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface GeneralizationParams {
  readonly n: readonly number[]
  readonly d: number
  readonly gamma: number
  readonly k: number
  readonly alpha: number
  readonly eta: number
  readonly delta: number
  readonly draws: number
  readonly repeats: number
  readonly repeatDelta: number
  readonly heldOut: number
  readonly population: number
  readonly copies: number
  readonly epochs: number
}

/** One sample and the runs on it. */
export interface GeneralizationCell extends Cell {
  readonly n: number
  readonly draw: number
}

export const generalizationParams: ParamSchema<GeneralizationParams> = object({
  n: integers({
    distinct: true,
    default: [100, 200, 500, 1000, 2000, 4000],
    min: 10,
    max: 10_000,
    maxLength: 8,
    symbol: 'n',
    help: 'sizes of the sample; the guarantees are tested most often at the first',
  }),
  d: integer({ default: 20, min: 2, max: 200, symbol: 'd', help: 'input dimension' }),
  gamma: real({
    default: 0.05,
    min: 0.001,
    max: 0.5,
    scale: 'log',
    symbol: '\\gamma',
    help: 'margin of the population',
  }),
  k: integer({ default: 100, min: 1, max: 1000, symbol: 'k', help: 'units of each sign' }),
  alpha: real({ default: 0.1, min: 0.001, max: 1, symbol: '\\alpha', help: 'leak' }),
  eta: real({
    default: 10,
    min: 0.01,
    max: 1000,
    scale: 'log',
    symbol: '\\eta',
    help: 'step size',
  }),
  delta: real({
    default: 0.05,
    min: 1e-6,
    max: 0.5,
    scale: 'log',
    symbol: '\\delta',
    help: 'probability with which a guarantee may fail',
  }),
  draws: integer({ default: 50, min: 1, max: 1000, help: 'samples of each size' }),
  repeats: integer({
    default: 200,
    min: 1,
    max: 2000,
    help: 'samples of the first size, to count failures of the guarantees',
  }),
  repeatDelta: real({
    default: 0.1,
    min: 1e-3,
    max: 0.5,
    help: 'the same probability when failures are counted',
  }),
  heldOut: integer({
    default: 500,
    min: 1,
    max: 10_000,
    scale: 'log',
    symbol: 'm',
    help: 'examples drawn besides, to be tested on',
  }),
  population: integer({
    default: 10_000,
    min: 100,
    max: 100_000,
    scale: 'log',
    help: 'points that examples are drawn from with replacement, so that the true error can be counted',
  }),
  copies: integer({
    default: 1,
    min: 1,
    max: 100,
    help: 'times each example is put into the sample; from 2 on the examples are not independent',
  }),
  epochs: integer({
    default: 2000,
    min: 1,
    max: 20_000,
    scale: 'log',
    help: 'budget of a run, in passes over the sample',
  }),
})

/** All samples, the small ones first; more of the first size. */
export function generalizationCells(p: GeneralizationParams): readonly GeneralizationCell[] {
  return p.n.flatMap((n, i) =>
    Array.from({ length: i === 0 ? Math.max(p.draws, p.repeats) : p.draws }, (_, draw) => ({
      key: `n=${n}/draw=${draw}`,
      n,
      draw,
    })),
  )
}
