import type { Cell } from '../../define/experiment.js'
import { integer, integers, real, reals } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { powersOfTenth } from '../powers-of-tenth.js'

export interface EscapeParams {
  readonly k: readonly number[]
  readonly m: number
  readonly leaks: readonly number[]
  readonly decades: number
  readonly step: number
  readonly maxSteps: number
}

/**
 * Runs near the ray of the saddle for one k and one leak, 0 for ReLU; or the run on the ray itself.
 */
export interface EscapeCell extends Cell {
  readonly part: 'near' | 'opposite'
  readonly k: number
  readonly leak: number
}

export const escapeParams: ParamSchema<EscapeParams> = object({
  k: integers({
    distinct: true,
    default: [2, 5, 20],
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
    default: [0.01, 0.1],
    min: 0.001,
    max: 1,
    maxLength: 5,
    symbol: '\\lambda',
    help: 'leaks that ReLU is compared with',
  }),
  decades: integer({
    default: 4,
    min: 3,
    max: 5,
    help: 'starts have angles 0.1, 0.01, … to −w*, so many of them',
  }),
  step: real({
    default: 1,
    min: 0.05,
    max: 1.9,
    symbol: '\\eta c',
    help: 'step size in units of 1/c; the claims need 1 or less',
  }),
  maxSteps: integer({
    default: 1_000_000,
    min: 1,
    max: 100_000_000,
    scale: 'log',
    help: 'step budget of a run',
  }),
})

/** The angles to −w* of the starts: 0.1, 0.01, … */
export function startAngles({ decades }: EscapeParams): number[] {
  return powersOfTenth(decades)
}

/** Every slope of the activation, ReLU first. */
export function slopes({ leaks }: EscapeParams): number[] {
  return [0, ...leaks]
}

export function escapeCells(params: EscapeParams): EscapeCell[] {
  const near = params.k.flatMap((k) =>
    slopes(params).map((leak) => ({
      key: `near/k=${k}/leak=${leak}`,
      part: 'near' as const,
      k,
      leak,
    })),
  )
  const opposite = params.k.map((k) => ({
    key: `opposite/k=${k}`,
    part: 'opposite' as const,
    k,
    leak: 0,
  }))
  return [...near, ...opposite]
}
