import { blocks } from '../../define/blocks.js'
import type { Cell } from '../../define/experiment.js'
import { integer, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface GdRateParams {
  readonly k: number
  readonly m: number
  readonly step: number
  readonly starts: number
  readonly near: number
  readonly eps: number
  readonly maxSteps: number
}

/**
 * Starts [from, to) of a kind: the drawn paths of the figure, or uniform ones on the unit sphere.
 */
export interface StartsCell extends Cell {
  readonly kind: 'path' | 'uniform'
  readonly from: number
  readonly to: number
}

export const gdRateParams: ParamSchema<GdRateParams> = object({
  k: integer({
    default: 5,
    min: 1,
    max: 50,
    symbol: 'k',
    help: 'windows of the network; the rate in the end needs 2 or more',
  }),
  m: integer({
    default: 10,
    min: 1,
    max: 200,
    symbol: 'm',
    help: 'length of the filter; the theorem needs 2 or more',
  }),
  step: real({
    default: 1,
    min: 0.01,
    max: 3,
    symbol: '\\eta c',
    help: 'step size in units of 1/c; the theorem needs 1 or less',
  }),
  starts: integer({ default: 100, min: 1, max: 5000, scale: 'log', help: 'random starts' }),
  near: real({
    default: 0.08,
    min: 0.001,
    max: 3,
    scale: 'log',
    symbol: '\\varphi_0',
    help: 'angle to −w* of the start that the figure follows',
  }),
  eps: real({
    default: 1e-12,
    min: 1e-24,
    max: 1e-9,
    scale: 'log',
    symbol: '\\varepsilon',
    help: 'loss to reach, in units of ‖w*‖²',
  }),
  maxSteps: integer({ default: 20_000, min: 1, max: 1_000_000, scale: 'log', help: 'step budget' }),
})

/**
 * Polar coordinates, in units of ‖w*‖, of the starts that are drawn; the first has the angle
 * `near`.
 */
export function pathStarts(near: number): { r: number; theta: number; side: 1 | -1 }[] {
  return [
    { r: 1.3, theta: Math.PI - near, side: 1 },
    { r: 1.45, theta: 2.5, side: 1 },
    { r: 1.2, theta: 1.35, side: 1 },
    { r: 1.15, theta: 2.3, side: -1 },
    { r: 0.06, theta: 0.7, side: -1 },
  ]
}

const BLOCK = 10

export function gdRateCells({ starts, near }: GdRateParams): StartsCell[] {
  const paths = pathStarts(near).map((_, i) => ({
    key: `path=${i}`,
    kind: 'path' as const,
    from: i,
    to: i + 1,
  }))
  const uniform = blocks(starts, BLOCK).map(({ from, to }) => ({
    key: `starts=${from}-${to - 1}`,
    kind: 'uniform' as const,
    from,
    to,
  }))
  return [...paths, ...uniform]
}
