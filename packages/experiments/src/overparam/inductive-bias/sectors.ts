import { ascending } from '../../averages.js'

/** A part of a half plane where a function has one sign: between two curves over x. */
export interface Sector {
  readonly positive: boolean
  readonly region: readonly { readonly x: number; readonly low: number; readonly high: number }[]
}

/** Where a ray from 0 meets the boundary of the square, x ≥ 0. */
type Point = readonly [x: number, y: number]

/**
 * The sectors on which a function that is homogeneous, like a network without bias, has one sign,
 * from its values on a grid over [−reach, reach]²: along the boundary they determine it. A sector ends
 * where the values at two neighbors have different signs, on the straight line between them; those
 * across the upright axis are two, so that each is a region between curves over x.
 *
 * @param size - of the grid, odd
 */
export function sectorsOf(
  values: ArrayLike<number>,
  size: number,
  reach: number,
): readonly Sector[] {
  const at = (i: number): number => -reach + (2 * reach * i) / (size - 1)
  const middle = (size - 1) / 2
  const upTo = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, i) => from + i)
  // the boundary of the right half from below to above, as column and row
  const boundary = [
    ...upTo(middle, size - 1).map((j) => [j, 0] as const),
    ...upTo(1, size - 1).map((i) => [size - 1, i] as const),
    ...upTo(middle, size - 2)
      .toReversed()
      .map((j) => [j, size - 1] as const),
  ]
  return [1, -1].flatMap((side) => {
    const nodes = boundary.map(([j, i]) => ({
      point: [at(j), at(i)] as Point,
      value: values[i * size + (side === 1 ? j : size - 1 - j)],
    }))
    const sectors: Sector[] = []
    let from = nodes[0].point
    nodes.forEach(({ point, value }, n) => {
      const next = nodes.at(n + 1)
      if (next && next.value > 0 === value > 0) return
      const fraction = next ? value / (value - next.value) : 0
      const to: Point = next
        ? [
            point[0] + fraction * (next.point[0] - point[0]),
            point[1] + fraction * (next.point[1] - point[1]),
          ]
        : point
      sectors.push({ positive: value > 0, region: between(from, to, side, reach) })
      from = to
    })
    return sectors
  })
}

/** The region between the rays to two points of the boundary, cut off at the square. */
function between(low: Point, high: Point, side: number, reach: number): Sector['region'] {
  const x = ascending([0, low[0], high[0], reach])
  const on = ([px, py]: Point, value: number): number =>
    px === 0 ? Math.sign(py) * reach : Math.max(-reach, Math.min(reach, (value * py) / px))
  return x.map((value) => ({ x: side * value, low: on(low, value), high: on(high, value) }))
}
