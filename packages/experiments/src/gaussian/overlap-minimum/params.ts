import type { OverlapShape } from '@nonconvex/gaussian-theory/overlap'
import type { Cell } from '../../define/experiment.js'
import { choice, integer, integers, reals } from '../../define/fields.js'
import { InputError } from '../../define/input-error.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface MinimumParams {
  readonly teacher: '(-1,1)' | '(1,1)' | '(-1,0,1)' | 'custom'
  readonly custom: readonly number[]
  readonly k: readonly number[]
  readonly stride: number
  readonly starts: number
  readonly points: number
  readonly grid: number
}

/**
 * What a cell looks at: the point opposite to the teacher, its certificates, the formulas, the
 * trap, where a grid of starts ends.
 */
export interface MinimumCell extends Cell {
  readonly k: number
  readonly part: 'point' | 'certificates' | 'formulas' | 'trap' | 'basins'
}

/** The custom teacher if none is named. */
const CUSTOM = [-1, 0.5]

export const minimumParams: ParamSchema<MinimumParams> = object(
  {
    teacher: choice({
      default: '(-1,1)',
      values: ['(-1,1)', '(1,1)', '(-1,0,1)', 'custom'],
      help: 'filter of the teacher; opposite to (−1, 1) lies a local minimum for every k, opposite to the others mostly none',
    }),
    custom: reals({
      default: CUSTOM,
      min: -100,
      max: 100,
      maxLength: 4,
      help: 'the teacher, with teacher=custom',
    }),
    k: integers({
      distinct: true,
      default: [2, 3, 5, 10],
      min: 1,
      max: 50,
      maxLength: 6,
      symbol: 'k',
      help: 'numbers of windows; the local minimum needs 2 or more',
    }),
    stride: integer({
      default: 1,
      min: 1,
      max: 4,
      symbol: 's',
      help: 'distance between neighbouring windows; from the length of the filter on they do not overlap',
    }),
    starts: integer({
      default: 400,
      min: 1,
      max: 10_000,
      scale: 'log',
      help: 'starts in the trap',
    }),
    points: integer({
      default: 200,
      min: 1,
      max: 5000,
      scale: 'log',
      help: 'random points at which formulas are compared',
    }),
    grid: integer({ default: 121, min: 5, max: 241, help: 'starts by starts of the map' }),
  },
  ({ teacher, custom }) =>
    teacher === 'custom' || custom.join() === CUSTOM.join()
      ? []
      : [
          {
            where: 'custom',
            message: `parameter custom: expected teacher=custom beside it, got teacher=${teacher}; set teacher=custom, or leave custom out`,
          },
        ],
)

const presets = { '(-1,1)': [-1, 1], '(1,1)': [1, 1], '(-1,0,1)': [-1, 0, 1] } as const

/** The filter of the teacher. */
export function teacherOf({ teacher, custom }: MinimumParams): readonly number[] {
  return teacher === 'custom' ? custom : presets[teacher]
}

/**
 * Distance of the teacher's direction from that of (−1, 1): 0 where the explicit minimum and its
 * trap are.
 */
export function skewOf(params: MinimumParams): number {
  const wStar = teacherOf(params)
  if (wStar.length !== 2) return 2
  // in units of the larger weight, whose square neither over- nor underflows
  const unit = Math.max(...wStar.map(Math.abs))
  const [a, b] = wStar.map((w) => w / unit)
  const R = Math.sqrt(a * a + b * b)
  const x = a / R + Math.SQRT1_2
  const y = b / R - Math.SQRT1_2
  return Math.sqrt(x * x + y * y)
}

/** Skews up to this are rounding. */
export const STRAIGHT = 1e-12

/** The numbers of windows, ascending. */
export function windowsOf({ k }: MinimumParams): number[] {
  return [...k].sort((a, b) => a - b)
}

export function shapeOf(k: number, params: MinimumParams): OverlapShape {
  return { m: teacherOf(params).length, k, stride: params.stride }
}

export function minimumCells(params: MinimumParams): MinimumCell[] {
  if (teacherOf(params).every((w) => w === 0))
    throw new InputError('custom: expected a teacher that is not zero, got only zeros')
  const parts = (['point', 'certificates', 'formulas', 'trap', 'basins'] as const).filter(
    (part) => part !== 'trap' || skewOf(params) <= STRAIGHT,
  )
  return windowsOf(params).flatMap((k) => parts.map((part) => ({ key: `k=${k}/${part}`, k, part })))
}
