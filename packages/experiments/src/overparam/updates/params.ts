import type { Cell } from '../../define/experiment.js'
import { choice, integer, integers, real, reals } from '../../define/fields.js'
import { object, type ValuesOf } from '../../define/object.js'
import type { ParamOf, ParamSchema } from '../../define/params.js'

/** The starts of the first layer that can be compared. */
export const starts = ['zero', 'scaled', 'gauss', 'adversarial'] as const
export type StartKind = (typeof starts)[number]

interface Fields {
  readonly [name: string]: ParamOf<unknown>
  readonly k: ParamOf<readonly number[]>
  readonly d: ParamOf<number>
  readonly n: ParamOf<number>
  readonly gamma: ParamOf<number>
  readonly start: ParamOf<StartKind>
  readonly row: ParamOf<number>
  readonly alpha: ParamOf<number>
  readonly alphas: ParamOf<readonly number[]>
  readonly eta: ParamOf<number>
  readonly flips: ParamOf<number>
  readonly epochs: ParamOf<number>
  readonly seeds: ParamOf<number>
}

const fields: Fields = {
  k: integers({
    distinct: true,
    default: [1, 3, 10, 30, 100, 300],
    min: 1,
    max: 2000,
    maxLength: 12,
    symbol: 'k',
    help: 'units of each sign: the widths compared',
  }),
  d: integer({ default: 20, min: 2, max: 200, symbol: 'd', help: 'input dimension' }),
  n: integer({ default: 200, min: 2, max: 2000, scale: 'log', symbol: 'n', help: 'examples' }),
  gamma: real({
    default: 0.05,
    min: 0.001,
    max: 0.5,
    scale: 'log',
    symbol: '\\gamma',
    help: 'margin left free around the hyperplane that labels the data',
  }),
  start: choice({
    default: 'scaled',
    values: starts,
    help: 'first layer at the start, for the comparison of widths',
  }),
  row: real({
    default: 1,
    min: 0.001,
    max: 100,
    scale: 'log',
    symbol: 'r',
    help: 'size of the start: rows of norm r/√(2k), of norm r for gauss',
  }),
  alpha: real({
    default: 0.1,
    min: 0,
    max: 1,
    symbol: '\\alpha',
    help: 'leak; 0 is ReLU, for which the theorem does not hold',
  }),
  alphas: reals({
    distinct: true,
    default: [0.01, 0.03, 0.1, 0.3, 1],
    min: 0.001,
    max: 1,
    maxLength: 12,
    help: 'leaks compared in the second figure',
  }),
  eta: real({
    default: 10,
    min: 0.01,
    max: 1000,
    scale: 'log',
    symbol: '\\eta',
    help: 'step size',
  }),
  flips: integer({
    default: 0,
    min: 0,
    max: 100,
    help: 'labels turned round; some make the data non-separable',
  }),
  epochs: integer({
    default: 2000,
    min: 1,
    max: 20000,
    scale: 'log',
    help: 'budget of a run, in passes over the data',
  }),
  seeds: integer({
    default: 10,
    min: 1,
    max: 50,
    help: 'data sets, each with its own starts and orders',
  }),
}

export type UpdatesParams = ValuesOf<Fields>

export const updatesParams: ParamSchema<UpdatesParams> = object(fields)

/** What a run varies: the width, the leak or the start. The other two are fixed. */
export interface UpdatesCell extends Cell {
  readonly varies: 'width' | 'leak' | 'start'
  readonly k: number
  readonly alpha: number
  readonly start: StartKind
  readonly seed: number
}

/** Width of the runs that compare leaks and starts. */
const WIDTH = 10

/** All runs, those of one data set together. */
export function updatesCells(p: UpdatesParams): readonly UpdatesCell[] {
  const one = (seed: number): UpdatesCell[] => [
    ...p.k.map((k) => ({
      key: `k=${k}/seed=${seed}`,
      varies: 'width' as const,
      k,
      alpha: p.alpha,
      start: p.start,
      seed,
    })),
    ...p.alphas.map((alpha) => ({
      key: `alpha=${alpha}/seed=${seed}`,
      varies: 'leak' as const,
      k: WIDTH,
      alpha,
      start: 'scaled' as const,
      seed,
    })),
    ...(['zero', 'scaled', 'gauss', 'adversarial'] as const).map((start) => ({
      key: `start=${start}/seed=${seed}`,
      varies: 'start' as const,
      k: WIDTH,
      alpha: p.alpha,
      start,
      seed,
    })),
  ]
  return Array.from({ length: p.seeds }, (_, seed) => one(seed)).flat()
}
