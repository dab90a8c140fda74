import { blocks } from '../../define/blocks.js'
import type { Cell } from '../../define/experiment.js'
import { integer, integers, reals } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface SGDParams {
  readonly k: number
  readonly m: number
  readonly batch: readonly number[]
  readonly etaB: readonly number[]
  readonly seeds: number
  readonly samples: number
  readonly maxSteps: number
  readonly fixed: readonly number[]
  readonly fixedSeeds: number
}

/**
 * Runs [from, to) with a batch size or on fixed samples of a size, the gradient at a point, or
 * landscapes of samples.
 */
export interface SGDCell extends Cell {
  readonly part: 'runs' | 'gradient' | 'gap' | 'fixed'
  /** batch size, or number of examples */
  readonly size: number
  readonly from: number
  readonly to: number
}

const fields = {
  k: integer({ default: 4, min: 1, max: 50, symbol: 'k', help: 'windows of the network' }),
  m: integer({
    default: 5,
    min: 1,
    max: 50,
    symbol: 'm',
    help: 'length of the filter; with 1, half of the starts fail',
  }),
  batch: integers({
    distinct: true,
    default: [1, 8, 32],
    min: 1,
    max: 1024,
    maxLength: 5,
    symbol: 'B',
    help: 'fresh inputs a step',
  }),
  etaB: reals({
    default: [1],
    min: 0.01,
    max: 20,
    maxLength: 5,
    symbol: '\\eta_B',
    help: 'step size in units of 0.8 min(1, B/2m)/c, with which every run arrived: one for all batch sizes, or one for each',
  }),
  seeds: integer({ default: 50, min: 1, max: 1000, help: 'runs for each batch size' }),
  samples: integer({
    default: 50_000,
    min: 100,
    max: 10_000_000,
    scale: 'log',
    help: 'inputs drawn for the mean of the gradient',
  }),
  maxSteps: integer({ default: 6000, min: 1, max: 1_000_000, scale: 'log', help: 'step budget' }),
  fixed: integers({
    distinct: true,
    default: [5, 8, 10, 15, 20, 50, 200],
    min: 1,
    max: 10_000,
    maxLength: 12,
    symbol: 'N',
    help: 'examples of the fixed samples on which descent is tried',
  }),
  fixedSeeds: integer({
    default: 100,
    min: 1,
    max: 1000,
    help: 'fixed samples of each size, each with its teacher and start',
  }),
}

export const sgdParams: ParamSchema<SGDParams> = object(fields, ({ batch, etaB }) =>
  etaB.length === 1 || etaB.length === batch.length
    ? []
    : [
        {
          where: 'etaB',
          message: `parameter etaB: expected one step size, or one for each of ${batch.length} batch sizes, got ${etaB.length}`,
        },
      ],
)

/** The step size for a batch size, in units of `sgdStep`. */
export const etaOf = ({ batch, etaB }: SGDParams, size: number): number =>
  etaB.length === 1 ? etaB[0] : etaB[batch.indexOf(size)]

/** Numbers of examples of the fixed samples, and how many samples of each. */
export const sizes: readonly number[] = [100, 400, 1600, 6400]
// the exponent's standard error is then 0.026, a quarter of what the claim allows
export const repeats = 40

const BLOCK = 25

export function sgdCells({ batch, seeds, fixed, fixedSeeds }: SGDParams): SGDCell[] {
  const runs = batch.flatMap((size) =>
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
  const samples = fixed.flatMap((size) =>
    blocks(fixedSeeds, BLOCK).map(({ from, to }) => ({
      key: `fixed=${size}/seeds=${from}-${to - 1}`,
      part: 'fixed' as const,
      size,
      from,
      to,
    })),
  )
  return [
    { key: 'gradient', part: 'gradient', size: 1, from: 0, to: 1 },
    ...runs,
    ...gaps,
    ...samples,
  ]
}
