import type { Cell } from '../../define/experiment.js'
import { integer, real, reals } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface PerceptronParams {
  readonly gammas: readonly number[]
  readonly d: number
  readonly n: number
  readonly eta: number
  readonly alphas: readonly number[]
  readonly limit: number
  readonly k: number
  readonly seeds: number
  readonly flips: number
  readonly passes: number
}

/** One data set. */
export interface PerceptronCell extends Cell {
  readonly gamma: number
  readonly seed: number
}

export const perceptronParams: ParamSchema<PerceptronParams> = object({
  gammas: reals({
    distinct: true,
    default: [0.01, 0.02, 0.05, 0.1, 0.2],
    min: 0.001,
    max: 0.5,
    maxLength: 10,
    help: 'margins left free around the hyperplane that labels the data',
  }),
  d: integer({ default: 20, min: 2, max: 200, symbol: 'd', help: 'input dimension' }),
  n: integer({ default: 200, min: 2, max: 5000, scale: 'log', symbol: 'n', help: 'examples' }),
  eta: real({
    default: 10,
    min: 0.01,
    max: 1000,
    scale: 'log',
    symbol: '\\eta',
    help: 'step of the margin perceptron and of the networks',
  }),
  alphas: reals({
    distinct: true,
    default: [0.1, 0.3, 0.5, 0.7, 0.9, 0.99],
    min: 0.001,
    max: 1,
    maxLength: 10,
    symbol: '\\alpha',
    help: 'leaks of the networks on the way to the linear one',
  }),
  limit: real({
    default: 1,
    min: 0.001,
    max: 1,
    help: 'leak of the networks that are compared with the perceptrons, update by update',
  }),
  k: integer({
    default: 10,
    min: 1,
    max: 1000,
    symbol: 'k',
    help: 'units of each sign; from a start of zero all of a sign stay identical',
  }),
  seeds: integer({ default: 10, min: 1, max: 100, help: 'data sets of each margin' }),
  flips: integer({
    default: 0,
    min: 0,
    max: 100,
    help: 'labels turned round; some make the data non-separable',
  }),
  passes: integer({
    default: 20_000,
    min: 1,
    max: 1_000_000,
    scale: 'log',
    help: 'budget of each rule, in passes over the data',
  }),
})

export function perceptronCells(p: PerceptronParams): readonly PerceptronCell[] {
  return p.gammas.flatMap((gamma) =>
    Array.from({ length: p.seeds }, (_, seed) => ({
      key: `gamma=${gamma}/seed=${seed}`,
      gamma,
      seed,
    })),
  )
}
