import type { Cell } from '../../define/experiment.js'
import { integer, integers, reals } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { ascending } from '../ascending.js'

export interface LeakyParams {
  readonly k: readonly number[]
  readonly m: number
  readonly leaks: readonly number[]
  readonly starts: number
}

/** One number of windows with one leak. */
export interface LeakyCell extends Cell {
  readonly k: number
  readonly leak: number
}

export const leakyParams: ParamSchema<LeakyParams> = object({
  k: integers({
    distinct: true,
    default: [2, 4, 10],
    min: 1,
    max: 50,
    maxLength: 8,
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
  leaks: reals({
    distinct: true,
    default: [0, 0.01, 0.1, 0.3, 1],
    min: 0,
    max: 1,
    maxLength: 8,
    symbol: '\\lambda',
    help: 'leaks, from ReLU (0) to a linear network (1); the saddle exists below the threshold',
  }),
  starts: integer({ default: 100, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
})

export const leakyCells = ({ k, leaks }: LeakyParams): LeakyCell[] =>
  ascending(k).flatMap((windows) =>
    ascending(leaks).map((leak) => ({ key: `k=${windows}/leak=${leak}`, k: windows, leak })),
  )

/** Angles to −w* from which the escape is timed. */
export const angles: readonly number[] = [1e-1, 1e-2, 1e-3, 1e-4]
