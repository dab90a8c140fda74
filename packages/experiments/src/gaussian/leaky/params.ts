import type { Cell } from '../../define/experiment.js'
import { integer, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface LeakyParams {
  readonly k: number
  readonly m: number
  readonly below: number
  readonly above: number
  readonly starts: number
}

/** What a cell looks at: the critical point, the ray above the threshold, the escape, random starts. */
export interface LeakyCell extends Cell {
  readonly part: 'point' | 'ray' | 'escape' | 'starts'
}

export const leakyParams: ParamSchema<LeakyParams> = object({
  k: integer({
    default: 5,
    min: 1,
    max: 50,
    symbol: 'k',
    help: 'windows of the network; the claims need 2 or more',
  }),
  m: integer({
    default: 3,
    min: 1,
    max: 50,
    symbol: 'm',
    help: 'length of the filter; the claims need 2 or more',
  }),
  below: real({
    default: 0.1,
    min: 0,
    max: 1,
    symbol: '\\lambda',
    help: 'leak at which the saddle is looked at; it exists below the threshold',
  }),
  above: real({
    default: 0.5,
    min: 0,
    max: 1,
    help: 'leak at which the saddle should be gone; above the threshold',
  }),
  starts: integer({ default: 100, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
})

export const leakyCells = (): LeakyCell[] =>
  (['point', 'ray', 'escape', 'starts'] as const).map((part) => ({ key: part, part }))

/** Angles to −w* from which the escape is timed. */
export const angles: readonly number[] = [1e-1, 1e-2, 1e-3, 1e-4]
