import type { Cell } from '../../define/experiment.js'
import { integer } from '../../define/fields.js'
import { object } from '../../define/object.js'
import type { ParamSchema } from '../../define/params.js'

export interface LandscapeParams {
  readonly k: number
  readonly m: number
  readonly directions: number
  readonly search: number
  readonly grid: number
}

/**
 * What a cell looks at: the two points with a derivative, the proofs of their kinds, the origin,
 * the saddle's sides, a band of the plane.
 */
export interface LandscapeCell extends Cell {
  readonly part: 'points' | 'proofs' | 'origin' | 'saddle' | 'search'
  /** rows of the search grid, [from, to) */
  readonly from?: number
  readonly to?: number
}

export const landscapeParams: ParamSchema<LandscapeParams> = object({
  k: integer({
    default: 5,
    min: 1,
    max: 50,
    symbol: 'k',
    help: 'windows of the network; the theorem needs 2 or more',
  }),
  m: integer({
    default: 2,
    min: 1,
    max: 50,
    symbol: 'm',
    help: 'length of the filter; the theorem needs 2 or more',
  }),
  directions: integer({
    default: 360,
    min: 4,
    max: 10_000,
    help: 'directions in which the origin is left',
  }),
  search: integer({
    default: 201,
    min: 41,
    max: 1001,
    help: 'points by points of the search for other critical points',
  }),
  grid: integer({ default: 121, min: 21, max: 241, help: 'points by points of the map' }),
})

const BANDS = 4

export function landscapeCells({ search }: LandscapeParams): LandscapeCell[] {
  const edge = (i: number): number => Math.round((i * search) / BANDS)
  const bands = Array.from({ length: BANDS }, (_, i) => ({
    key: `search=${i}`,
    part: 'search' as const,
    from: edge(i),
    to: edge(i + 1),
  }))
  return [
    { key: 'points', part: 'points' },
    { key: 'proofs', part: 'proofs' },
    { key: 'origin', part: 'origin' },
    { key: 'saddle', part: 'saddle' },
    ...bands,
  ]
}
