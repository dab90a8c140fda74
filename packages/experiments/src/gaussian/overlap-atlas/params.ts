import type { OverlapShape } from '@nonconvex/gaussian-theory'
import type { Cell } from '../../define/experiment.js'
import { integer, integers } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface AtlasParams {
  readonly m: readonly number[]
  readonly stride: readonly number[]
  readonly k: readonly number[]
  readonly teachers: number
  readonly starts: number
  readonly searches: number
  readonly maxSteps: number
}

/** One teacher of one network; teacher 0 is the alternating one, the others are random. */
export interface AtlasCell extends Cell {
  readonly shape: OverlapShape
  readonly teacher: number
}

export const atlasParams: ParamSchema<AtlasParams> = object({
  m: integers({
    distinct: true,
    default: [2, 3, 4],
    min: 1,
    max: 8,
    maxLength: 4,
    symbol: 'm',
    help: 'lengths of the filter',
  }),
  stride: integers({
    distinct: true,
    default: [1, 2],
    min: 1,
    max: 8,
    maxLength: 6,
    symbol: 's',
    help: 'distances between neighbouring windows; those without overlap are left out where others are left',
  }),
  k: integers({
    distinct: true,
    default: [3, 8],
    min: 1,
    max: 16,
    maxLength: 4,
    symbol: 'k',
    help: 'numbers of windows',
  }),
  teachers: integer({
    default: 8,
    min: 0,
    max: 100,
    help: 'random teachers for each network, besides the alternating one',
  }),
  starts: integer({ default: 100, min: 1, max: 10_000, scale: 'log', help: 'starts of descent' }),
  searches: integer({
    default: 1000,
    min: 1,
    max: 20_000,
    scale: 'log',
    help: 'random points from which saddles are looked for',
  }),
  maxSteps: integer({
    default: 20_000,
    min: 20,
    max: 200_000,
    scale: 'log',
    help: 'step budget',
  }),
})

/**
 * The networks of the lists whose windows overlap, each once; if there is none, those whose windows
 * do not.
 */
export function shapesOf({ m, stride, k }: AtlasParams): OverlapShape[] {
  const shapes = new Map<string, OverlapShape>()
  for (const length of m)
    for (const windows of k)
      for (const s of stride) {
        const shape = { m: length, stride: Math.min(s, length), k: windows }
        shapes.set(nameOf(shape), shape)
      }
  const all = [...shapes.values()]
  const overlapping = all.filter((shape) => shape.stride < shape.m && shape.k > 1)
  return overlapping.length > 0 ? overlapping : all
}

export const nameOf = ({ m, stride, k }: OverlapShape): string => `m=${m},s=${stride},k=${k}`

export function atlasCells(params: AtlasParams): AtlasCell[] {
  return shapesOf(params).flatMap((shape) =>
    Array.from({ length: params.teachers + 1 }, (_, teacher) => ({
      key: `${nameOf(shape)}/${teacher === 0 ? 'alternating' : `teacher=${teacher}`}`,
      shape,
      teacher,
    })),
  )
}
