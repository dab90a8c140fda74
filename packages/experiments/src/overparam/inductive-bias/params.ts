import type { Cell } from '../../define/experiment.js'
import { flag, integer, integers, real, reals } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface InductiveBiasParams {
  readonly rows: readonly number[]
  readonly k: readonly number[]
  readonly alphas: readonly number[]
  readonly width: number
  readonly alpha: number
  readonly eta: number
  readonly d: number
  readonly n: number
  readonly gamma: number
  readonly test: number
  readonly seeds: number
  readonly digits: boolean
  readonly flips: number
  readonly epochs: number
}

/** What a run varies: the size of the start, the width or the leak; the others are fixed. */
export const sweeps = ['start', 'width', 'leak'] as const
export type Sweep = (typeof sweeps)[number]

export interface RunCell extends Cell {
  readonly kind: 'run'
  readonly sweep: Sweep
  readonly row: number
  readonly k: number
  readonly alpha: number
  readonly seed: number
}

/** A width on digits. */
export interface DigitsCell extends Cell {
  readonly kind: 'digits'
  readonly task: '0 v rest' | '3 v 5'
  readonly k: number
}

/** One run in the plane. */
export interface PlaneCell extends Cell {
  readonly kind: 'plane'
}

export type InductiveBiasCell = RunCell | DigitsCell | PlaneCell

/** Size of the start where it is not varied. */
const ROW = 1
const DIGIT_WIDTHS = [1, 10, 100]

export const inductiveBiasParams: ParamSchema<InductiveBiasParams> = object({
  rows: reals({
    distinct: true,
    default: [0.001, 0.01, 0.1, 1, 10],
    min: 1e-6,
    max: 1000,
    maxLength: 12,
    symbol: 'r',
    help: 'sizes of the start: rows of norm about r/√(2k)',
  }),
  k: integers({
    distinct: true,
    default: [1, 3, 10, 30, 100, 300],
    min: 1,
    max: 1000,
    maxLength: 12,
    help: 'widths compared, from a start of size 1',
  }),
  alphas: reals({
    distinct: true,
    default: [0.01, 0.03, 0.1, 0.3, 1],
    min: 0.001,
    max: 1,
    maxLength: 12,
    help: 'leaks compared, from a start of size 1',
  }),
  width: integer({
    default: 100,
    min: 1,
    max: 1000,
    symbol: 'k',
    help: 'units of each sign where it is not varied',
  }),
  alpha: real({
    default: 0.1,
    min: 0,
    max: 1,
    symbol: '\\alpha',
    help: 'leak where it is not varied; 0 is ReLU',
  }),
  eta: real({
    default: 10,
    min: 0.01,
    max: 1000,
    scale: 'log',
    symbol: '\\eta',
    help: 'step size',
  }),
  d: integer({ default: 20, min: 2, max: 200, symbol: 'd', help: 'input dimension' }),
  n: integer({ default: 200, min: 10, max: 5000, scale: 'log', symbol: 'n', help: 'examples' }),
  gamma: real({
    default: 0.05,
    min: 0.001,
    max: 0.5,
    scale: 'log',
    symbol: '\\gamma',
    help: 'margin of the hyperplane that labels the data',
  }),
  test: integer({ default: 2000, min: 10, max: 50_000, scale: 'log', help: 'new examples' }),
  seeds: integer({ default: 5, min: 1, max: 50, help: 'data sets, with their starts and orders' }),
  digits: flag({ default: true, help: 'whether networks are also trained on digits' }),
  flips: integer({
    default: 0,
    min: 0,
    max: 100,
    help: 'labels turned round; some make the data non-separable',
  }),
  epochs: integer({
    default: 2000,
    min: 1,
    max: 20_000,
    scale: 'log',
    help: 'budget of a run, in passes over the data',
  }),
})

/** All runs, those on one data set together; then the plane and the digits. */
export function inductiveBiasCells(p: InductiveBiasParams): readonly InductiveBiasCell[] {
  const fixed = { kind: 'run' as const, row: ROW, k: p.width, alpha: p.alpha }
  const one = (seed: number): RunCell[] => [
    ...p.rows.map((row) => ({
      ...fixed,
      row,
      seed,
      sweep: 'start' as const,
      key: `start=${row}/seed=${seed}`,
    })),
    ...p.k.map((k) => ({
      ...fixed,
      k,
      seed,
      sweep: 'width' as const,
      key: `width=${k}/seed=${seed}`,
    })),
    ...p.alphas.map((alpha) => ({
      ...fixed,
      alpha,
      seed,
      sweep: 'leak' as const,
      key: `leak=${alpha}/seed=${seed}`,
    })),
  ]
  return [
    ...Array.from({ length: p.seeds }, (_, seed) => one(seed)).flat(),
    { kind: 'plane', key: 'plane' },
    ...(p.digits
      ? (['0 v rest', '3 v 5'] as const).flatMap((task) =>
          DIGIT_WIDTHS.map((k) => ({
            kind: 'digits' as const,
            task,
            k,
            key: `digits=${task}/k=${k}`,
          })),
        )
      : []),
  ]
}
