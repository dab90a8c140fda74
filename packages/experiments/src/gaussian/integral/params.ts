import { blocks } from '../../define/blocks.js'
import type { Cell } from '../../define/experiment.js'
import { choice, integer, reals } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { powersOfTenth } from '../powers-of-tenth.js'

export interface IntegralParams {
  readonly angles: number
  readonly m: number
  readonly samples: number
  readonly pairs: number
  readonly inputs: 'normal' | 'uniform'
  readonly u: readonly number[]
  readonly v: readonly number[]
}

/**
 * Angles [from, to) of the even grid on [0, π], pairs that are `phi` away from opposite, or the
 * pair u, v.
 */
export interface IntegralCell extends Cell {
  readonly part: 'angles' | 'digits' | 'pair'
  readonly from: number
  readonly to: number
  readonly phi: number
}

const vector = { min: -1000, max: 1000, maxLength: 50 } as const

const fields = {
  angles: integer({
    default: 200,
    min: 10,
    max: 2000,
    scale: 'log',
    help: 'angles between the two vectors, even on [0, π]',
  }),
  m: integer({ default: 2, min: 2, max: 50, symbol: 'm', help: 'length of the vectors' }),
  samples: integer({
    default: 100_000,
    min: 100,
    max: 10_000_000,
    scale: 'log',
    symbol: 'N',
    help: 'inputs drawn at each angle',
  }),
  pairs: integer({
    default: 20,
    min: 1,
    max: 1000,
    scale: 'log',
    help: 'random pairs on which digits are counted, at each of eight small angles',
  }),
  inputs: choice({
    default: 'normal',
    values: ['normal', 'uniform'],
    help: 'law of each coordinate of the inputs, of mean 0 and variance 1; the formula needs normal',
  }),
  u: reals({
    default: [1, 2, -1],
    ...vector,
    symbol: 'u',
    help: 'a vector of weights, not zero; the mean with $v$ has its own table',
  }),
  v: reals({ default: [0.5, -1, 2], ...vector, symbol: 'v', help: 'another, of the same length' }),
}

export const integralParams: ParamSchema<IntegralParams> = object(fields, ({ u, v }) => [
  ...(u.length === v.length
    ? []
    : [fault('v', `as many numbers as u, ${u.length}, got ${v.length}`)]),
  ...(u.some((x) => x !== 0) ? [] : [fault('u', 'a vector that has an angle, got zero')]),
  ...(v.some((x) => x !== 0) ? [] : [fault('v', 'a vector that has an angle, got zero')]),
])

const fault = (where: 'u' | 'v', expected: string) => ({
  where,
  message: `parameter ${where}: expected ${expected}`,
})

const BLOCK = 20

/** Angles to the opposite vector at which digits are counted: 1e-1 … 1e-8. */
export const smallAngles: readonly number[] = powersOfTenth(8)

export function integralCells({ angles, pairs }: IntegralParams): IntegralCell[] {
  const even = blocks(angles, BLOCK).map(({ from, to }) => ({
    key: `angles=${from}-${to - 1}`,
    part: 'angles' as const,
    from,
    to,
    phi: 0,
  }))
  const digits = smallAngles.map((phi) => ({
    key: `digits=${phi.toExponential()}`,
    part: 'digits' as const,
    from: 0,
    to: pairs,
    phi,
  }))
  return [...even, ...digits, { key: 'pair', part: 'pair', from: 0, to: 1, phi: 0 }]
}

/** Angle i of the even grid: the midpoints of equal parts of [0, π]. */
export function gridAngle(i: number, angles: number): number {
  return (Math.PI * (i + 0.5)) / angles
}
