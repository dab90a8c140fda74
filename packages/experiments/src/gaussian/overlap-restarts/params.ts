import { referenceShares } from '@nonconvex/gaussian-theory/data'
import type { OverlapShape } from '@nonconvex/gaussian-theory'
import { blocks } from '../../define/blocks.js'
import type { Cell } from '../../define/experiment.js'
import { choice, integer, integers, real } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface RestartsParams {
  readonly networks: 'short' | 'table' | 'grid'
  readonly m: readonly number[]
  readonly stride: readonly number[]
  readonly k: readonly number[]
  readonly teachers: number
  readonly starts: number
  readonly directions: number
  readonly step: number
  readonly maxSteps: number
}

/**
 * Random teachers [from, to) of a network; the alternating one; teachers in directions [from, to)
 * of the plane.
 */
export interface RestartsCell extends Cell {
  readonly shape: OverlapShape
  readonly kind: 'random' | 'alternating' | 'direction'
  readonly from: number
  readonly to: number
}

export const restartsParams: ParamSchema<RestartsParams> = object({
  networks: choice({
    default: 'short',
    values: ['short', 'table', 'grid'],
    help: 'all 18 networks of the table of shares; those of them with m·k ≤ 64; or all combinations of m, stride and k below',
  }),
  m: integers({
    distinct: true,
    default: [2, 4, 8],
    min: 1,
    max: 32,
    maxLength: 6,
    symbol: 'm',
    help: 'of the grid: lengths of the filter; the theorem without overlap needs 2 or more',
  }),
  stride: integers({
    distinct: true,
    default: [1, 2, 4, 8],
    min: 1,
    max: 32,
    maxLength: 12,
    symbol: 's',
    help: 'of the grid: distances between neighbouring windows; from m on they do not overlap',
  }),
  k: integers({
    distinct: true,
    default: [4, 8],
    min: 1,
    max: 32,
    maxLength: 6,
    symbol: 'k',
    help: 'of the grid: numbers of windows',
  }),
  teachers: integer({ default: 25, min: 1, max: 200, help: 'random teachers for each network' }),
  starts: integer({ default: 40, min: 1, max: 1000, help: 'random starts for each teacher' }),
  directions: integer({
    default: 36,
    min: 0,
    max: 180,
    help: 'teachers of length 2 spread evenly over half a turn, for each k at stride 1',
  }),
  step: real({
    default: 1,
    min: 0.05,
    max: 1.9,
    symbol: '\\eta L',
    help: 'step size in units of 1/L; the theorem needs 1 or less',
  }),
  maxSteps: integer({ default: 20_000, min: 20, max: 200_000, scale: 'log', help: 'step budget' }),
})

/** Larger networks of the table take ten times as long as all others together. */
const SHORT = 64

/** The networks, each once; strides beyond m are the same network as stride m. */
export function shapesOf({ networks, m, stride, k }: RestartsParams): OverlapShape[] {
  if (networks !== 'grid')
    return referenceShares
      .filter((row) => networks === 'table' || row.m * row.k <= SHORT)
      .map((row) => ({ m: row.m, stride: row.stride, k: row.k }))
  const shapes = new Map<string, OverlapShape>()
  for (const length of m)
    for (const windows of k)
      for (const s of stride) {
        const shape = { m: length, stride: Math.min(s, length), k: windows }
        shapes.set(nameOf(shape), shape)
      }
  return [...shapes.values()]
}

export const nameOf = ({ m, stride, k }: OverlapShape): string => `m=${m},s=${stride},k=${k}`

const BLOCK = 5

export function restartsCells(params: RestartsParams): RestartsCell[] {
  return shapesOf(params).flatMap((shape) => {
    const cells = (kind: RestartsCell['kind'], total: number, size: number): RestartsCell[] =>
      blocks(total, size).map(({ from, to }) => {
        const range = kind === 'alternating' ? '' : `=${from}-${to - 1}`
        const part = kind === 'random' ? 'teachers' : kind === 'direction' ? 'directions' : kind
        return { key: `${nameOf(shape)}/${part}${range}`, shape, kind, from, to }
      })
    const plane = shape.m === 2 && shape.stride === 1 && shape.k > 1
    return [
      ...cells('random', params.teachers, BLOCK),
      ...cells('alternating', 1, 1),
      ...cells('direction', plane ? params.directions : 0, 3 * BLOCK),
    ]
  })
}
