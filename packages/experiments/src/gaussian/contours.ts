import { criticalPoints, noOverlapLoss } from '@nonconvex/gaussian-theory'
import { power } from '@nonconvex/tensor'
import { pointLooks } from '../figure/critical-points.js'
import type { ContourMark, Panel } from '../figure/figure.js'
import { dots, label, type Layer } from '../figure/layers.js'
import { pack } from '../result/packed.js'

/** The map shows [−1.5, 1.5]² in units of ‖w*‖. */
const MAP_EDGE = 1.5

const LEVELS = 18

/** A loss over the plane as filled contours. */
export interface MapOptions {
  readonly loss: (x: number, y: number) => number
  /** the map shows [−edge, edge]² around this point, by default the origin */
  readonly center?: readonly [number, number]
  readonly edge: number
  /** points in each direction */
  readonly grid: number
  /** levels around basins, see `passLevel` */
  readonly bold?: (value: Float64Array, at: (x: number, y: number) => number) => readonly number[]
  /** levels are at t^bend of the highest value, t = 1/19 … 18/19: above 1 denser near minima */
  readonly bend: number
}

/** A map named 'map'. */
export function contourMap({
  loss,
  center: [cx, cy] = [0, 0],
  edge,
  grid,
  bend,
  bold,
}: MapOptions): Layer {
  const value = new Float64Array(grid * grid)
  const at = (i: number): number => edge * ((2 * i) / (grid - 1) - 1)
  for (let row = 0; row < grid; row++)
    for (let column = 0; column < grid; column++)
      value[row * grid + column] = loss(cx + at(column), cy + at(row))
  const highest = value.reduce((a, b) => Math.max(a, b))
  const levels = Array.from(
    { length: LEVELS },
    (_, i) => highest * power((i + 1) / (LEVELS + 1), bend),
  )
  const nearest = (x: number): number =>
    Math.min(grid - 1, Math.max(0, Math.round(((x / edge + 1) * (grid - 1)) / 2)))
  return gridMap(value, grid, {
    x: [cx - edge, cx + edge],
    y: [cy - edge, cy + edge],
    levels,
    ...(bold && { bold: bold(value, (x, y) => nearest(y - cy) * grid + nearest(x - cx)) }),
  })
}

/**
 * The least level at which two points of a square grid are joined by neighbors below it: that of
 * the lowest pass between their basins.
 */
export function passLevel(value: Float64Array, from: number, to: number): number {
  const grid = Math.sqrt(value.length)
  const parent = new Int32Array(value.length).fill(-1)
  const root = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] = parent[parent[at]]
    return at
  }
  const order = Array.from(value.keys()).sort((a, b) => value[a] - value[b])
  for (const i of order) {
    parent[i] = i
    const column = i % grid
    const beside = [
      ...(column > 0 ? [i - 1] : []),
      ...(column < grid - 1 ? [i + 1] : []),
      i - grid,
      i + grid,
    ]
    for (const other of beside) if ((parent[other] ?? -1) >= 0) parent[root(other)] = i
    if (parent[from] >= 0 && parent[to] >= 0 && root(from) === root(to)) return value[i]
  }
  return Infinity
}

/** The map of values at the points of a square grid, row by row from below. */
export const gridMap = (
  value: Float64Array | Uint8Array,
  grid: number,
  look: Pick<ContourMark, 'x' | 'y' | 'levels' | 'bold' | 'tone'>,
): Layer => ({
  frames: { map: { value: pack(value) } },
  marks: [{ mark: 'contour', frame: 'map', value: 'value', columns: grid, rows: grid, ...look }],
})

/** The loss without overlap over the plane of the teacher and any other direction. */
export function lossMap(k: number, grid: number): Layer {
  const loss = (x: number, y: number): number => noOverlapLoss([x, y], [1, 0], k)
  return contourMap({ loss, edge: MAP_EDGE, grid, bend: 1.7 })
}

export const mapAxes: Pick<Panel, 'x' | 'y' | 'square'> = {
  x: { label: 'w₁ / ‖w*‖', domain: [-MAP_EDGE, MAP_EDGE] },
  y: { label: 'w₂ / ‖w*‖', domain: [-MAP_EDGE, MAP_EDGE] },
  square: true,
}

/** The names of the critical points. */
const pointNames = {
  maximum: ['local maximum', 'local maximum 0'],
  degenerate: ['non-differentiable', '0, no local maximum for k = 1'],
  minimum: ['global minimum', 'minimum w*'],
  saddle: ['saddle', 'saddle −αw*'],
  localMinimum: ['local minimum', ''],
} as const

/** The critical points in the plane, each with its own symbol and its name beside it. */
export const criticalPointLayers = (k: number): Layer[] =>
  criticalPoints([1, 0], k).flatMap(({ kind, w: [x] }) => {
    const [symbol, text] = pointNames[kind]
    return [
      dots(kind, [x], { x: () => x, y: () => 0 }, pointLooks[symbol]),
      label(`${kind}Name`, text, [x, 0], { dy: kind === 'saddle' ? 16 : -15 }),
    ]
  })
