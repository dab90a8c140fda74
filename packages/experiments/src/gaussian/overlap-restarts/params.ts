import type { OverlapShape } from '@nonconvex/gaussian-theory'
import type { Cell } from '../../define/experiment.js'
import { integer, integers } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'
import { blocks } from '../partial.js'

export interface RestartsParams {
  readonly m: readonly number[]
  readonly stride: readonly number[]
  readonly k: readonly number[]
  readonly teachers: number
  readonly starts: number
  readonly maxSteps: number
}

/** Teachers [from, to) of a network, or the alternating one. */
export interface RestartsCell extends Cell {
  readonly shape: OverlapShape
  readonly kind: 'random' | 'alternating'
  readonly from: number
  readonly to: number
}

export const restartsParams: ParamSchema<RestartsParams> = object({
  m: integers({
    default: [2, 4, 8],
    min: 1,
    max: 32,
    maxLength: 6,
    symbol: 'm',
    help: 'lengths of the filter; the theorem without overlap needs 2 or more',
  }),
  stride: integers({
    default: [1, 2, 4, 8],
    min: 1,
    max: 32,
    maxLength: 12,
    symbol: 's',
    help: 'distances between neighbouring windows; from m on they do not overlap',
  }),
  k: integers({
    default: [4, 8],
    min: 1,
    max: 32,
    maxLength: 6,
    symbol: 'k',
    help: 'numbers of windows',
  }),
  teachers: integer({ default: 25, min: 1, max: 200, help: 'random teachers for each network' }),
  starts: integer({ default: 40, min: 1, max: 1000, help: 'random starts for each teacher' }),
  maxSteps: integer({ default: 20_000, min: 20, max: 200_000, scale: 'log', help: 'step budget' }),
})

/** All networks of the lists, each once; strides beyond m are the same network as stride m. */
export function shapesOf({ m, stride, k }: RestartsParams): OverlapShape[] {
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
    const name = nameOf(shape)
    const random = blocks(params.teachers, BLOCK).map(({ from, to }) => ({
      key: `${name}/teachers=${from}-${to - 1}`,
      shape,
      kind: 'random' as const,
      from,
      to,
    }))
    return [
      ...random,
      { key: `${name}/alternating`, shape, kind: 'alternating' as const, from: 0, to: 1 },
    ]
  })
}
