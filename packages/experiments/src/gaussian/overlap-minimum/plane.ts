import { norm2 } from '@nonconvex/tensor'
import { teacherOf, type MinimumParams } from './params.js'

/**
 * The map shows so many lengths of the teacher in each direction, times 1/√2: [−2, 2]² for (−1, 1).
 */
const EDGE = 2 * Math.SQRT1_2

export function edgeOf(params: MinimumParams): number {
  return EDGE * norm2(teacherOf(params))
}

/** The filter at a point of the map: its first and last weight, all others 0. */
export function planeOf(x: number, y: number, m: number): number[] {
  return Array.from({ length: m }, (_, i) => (i === 0 ? x : i === m - 1 ? y : 0))
}

/** Starts of the map, row by row from below; none of them is 0. */
export function gridStarts(params: MinimumParams): { x: number[]; y: number[] } {
  const { grid } = params
  const edge = edgeOf(params)
  // cells' middles, moved a little so that none is the origin or on an axis or diagonal of symmetry
  const at = (i: number, off: number): number => edge * ((2 * i + 1 + off) / grid - 1)
  const index = Array.from({ length: grid * grid }, (_, i) => i)
  return {
    x: index.map((i) => at(i % grid, 0.01)),
    y: index.map((i) => at(Math.floor(i / grid), 0.03)),
  }
}
