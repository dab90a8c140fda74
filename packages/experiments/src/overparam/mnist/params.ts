import type { Cell } from '../../define/experiment.js'
import { integer, integers, real } from '../../define/fields.js'
import type { InputIssue } from '../../define/input-error.js'
import { object, type ValuesOf } from '../../define/object.js'
import type { ParamOf, ParamSchema } from '../../define/params.js'

interface Fields {
  readonly [name: string]: ParamOf<unknown>
  readonly k: ParamOf<readonly number[]>
  readonly positive: ParamOf<readonly number[]>
  readonly negative: ParamOf<readonly number[]>
  readonly n: ParamOf<number>
  readonly row: ParamOf<number>
  readonly alpha: ParamOf<number>
  readonly eta: ParamOf<number>
  readonly delta: ParamOf<number>
  readonly epochs: ParamOf<number>
  readonly seeds: ParamOf<number>
}

const fields: Fields = {
  k: integers({
    distinct: true,
    default: [1, 3, 10, 30, 100],
    min: 1,
    max: 1000,
    maxLength: 10,
    symbol: 'k',
    help: 'units of each sign: the widths compared',
  }),
  positive: integers({
    distinct: true,
    default: [0],
    min: 0,
    max: 9,
    maxLength: 9,
    help: 'digits with label +1',
  }),
  negative: integers({
    distinct: true,
    default: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    min: 0,
    max: 9,
    maxLength: 9,
    help: 'digits with label −1',
  }),
  n: integer({
    default: 4000,
    min: 50,
    max: 8000,
    scale: 'log',
    symbol: 'n',
    help: 'digits to train on; the others of these classes are for testing',
  }),
  row: real({
    default: 1,
    min: 0.001,
    max: 100,
    scale: 'log',
    symbol: 'r',
    help: 'size of the start: rows of norm about r/√(2k)',
  }),
  alpha: real({
    default: 0.1,
    min: 0,
    max: 1,
    symbol: '\\alpha',
    help: 'leak; 0 is ReLU, for which the theorem does not hold',
  }),
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
  epochs: integer({
    default: 1000,
    min: 1,
    max: 5000,
    scale: 'log',
    help: 'budget of a run, in passes over the training digits',
  }),
  seeds: integer({
    default: 3,
    min: 1,
    max: 10,
    help: 'starts and orders per width; the split of the digits stays the same',
  }),
}

export type MnistParams = ValuesOf<Fields>

export const mnistParams: ParamSchema<MnistParams> = object(fields, ({ positive, negative }) =>
  bothSides(positive, negative),
)

function bothSides(positive: readonly number[], negative: readonly number[]): InputIssue[] {
  const both = positive.find((digit) => negative.includes(digit))
  if (both === undefined) return []
  const message = `parameter negative: expected digits that are not positive, got ${both} in both lists`
  return [{ where: 'negative', message }]
}

/** One run: a width and a seed. The digits are the same in all of them. */
export interface MnistCell extends Cell {
  readonly k: number
  readonly seed: number
}

export function mnistCells(p: MnistParams): readonly MnistCell[] {
  return Array.from({ length: p.seeds }, (_, seed) =>
    p.k.map((k) => ({ key: `k=${k}/seed=${seed}`, k, seed })),
  ).flat()
}
