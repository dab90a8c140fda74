/**
 * Closed lines around the part of a grid where the values are below a level; x and y in turn, in
 * steps of the grid.
 */
export type Ring = Float64Array

/** Stands around the grid, so that every line closes. */
const OUTSIDE = 1e300

/** Values over a square grid of n × n points, row by row, ready for lines of many levels. */
export class Contours {
  private readonly n: number
  /** points in a row with the border around */
  private readonly width: number
  private readonly padded: Float64Array
  private readonly next: Int32Array

  constructor(n: number, values: Float64Array) {
    if (values.length !== n * n || n < 2)
      throw new RangeError(
        `Contours: expected ${n} × ${n} values (at least 2 × 2), got ${values.length}`,
      )
    this.n = n
    this.width = n + 2
    this.padded = new Float64Array(this.width ** 2).fill(OUTSIDE)
    for (let row = 0; row < n; row++)
      this.padded.set(values.subarray(row * n, (row + 1) * n), (row + 1) * this.width + 1)
    this.next = new Int32Array(2 * this.width ** 2)
  }

  /**
   * Marching squares: the rings around {value < level}, to be filled by the even-odd rule. A line
   * runs from one edge of the grid to the next, low values on its left; each edge has one line that
   * comes and one that goes.
   */
  below(level: number): readonly Ring[] {
    const { next } = this
    next.fill(-1)
    const crossed = this.linkCells(level)
    const rings: Ring[] = []
    for (const first of crossed) {
      if (next[first] < 0) continue
      const ring: number[] = []
      let edge = first
      while (next[edge] >= 0) {
        this.pushCrossing(ring, edge, level)
        const following = next[edge]
        next[edge] = -1
        edge = following
      }
      rings.push(Float64Array.from(ring))
    }
    return rings
  }

  /** Edge 2i goes from point i to the right, edge 2i + 1 upwards. */
  private linkCells(level: number): number[] {
    const { padded, width, next } = this
    const crossed: number[] = []
    for (let row = 0; row + 1 < width; row++)
      for (let column = 0; column + 1 < width; column++) {
        const i = row * width + column
        const [a, b, c, d] = [padded[i], padded[i + 1], padded[i + width + 1], padded[i + width]]
        const corners =
          (a < level ? 1 : 0) | (b < level ? 2 : 0) | (c < level ? 4 : 0) | (d < level ? 8 : 0)
        if (corners === 0 || corners === 15) continue
        const edges = [2 * i, 2 * (i + 1) + 1, 2 * (i + width), 2 * i + 1]
        for (const [from, to] of linesOf(corners, (a + b + c + d) / 4 < level)) {
          next[edges[from]] = edges[to]
          crossed.push(edges[from])
        }
      }
    return crossed
  }

  private pushCrossing(ring: number[], edge: number, level: number): void {
    const { padded, width, n } = this
    const i = edge >> 1
    const upwards = edge % 2 === 1
    const [from, to] = [padded[i], padded[upwards ? i + width : i + 1]]
    const fraction = (level - from) / (to - from)
    const inside = (t: number) => Math.min(n - 1, Math.max(0, t - 1))
    const column = i % width
    const row = (i - column) / width
    ring.push(inside(column + (upwards ? 0 : fraction)), inside(row + (upwards ? fraction : 0)))
  }
}

type Line = readonly [from: number, to: number]

/**
 * Edges of a cell: 0 below, 1 right, 2 above, 3 left. By its corners below the level: 1, 2, 4, 8
 * from the lower left.
 */
const lines: readonly (readonly Line[])[] = [
  [],
  [[0, 3]],
  [[1, 0]],
  [[1, 3]],
  [[2, 1]],
  [],
  [[2, 0]],
  [[2, 3]],
  [[3, 2]],
  [[0, 2]],
  [],
  [[1, 2]],
  [[3, 1]],
  [[0, 1]],
  [[3, 0]],
  [],
]
const disjoint: Readonly<Record<number, readonly Line[]>> = {
  5: [
    [0, 3],
    [2, 1],
  ],
  10: [
    [1, 0],
    [3, 2],
  ],
}
const joined: Readonly<Record<number, readonly Line[]>> = {
  5: [
    [0, 1],
    [2, 3],
  ],
  10: [
    [1, 2],
    [3, 0],
  ],
}

/** Where two opposite corners are low, the middle decides whether they are joined. */
function linesOf(corners: number, middleLow: boolean): readonly Line[] {
  if (corners !== 5 && corners !== 10) return lines[corners]
  return (middleLow ? joined : disjoint)[corners]
}
