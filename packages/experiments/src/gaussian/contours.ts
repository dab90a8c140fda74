import { criticalPoints, noOverlapLoss } from '@nonconvex/gaussian-theory'
import { power } from '@nonconvex/tensor'
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
  return gridMap(value, grid, { x: [cx - edge, cx + edge], y: [cy - edge, cy + edge], levels })
}

/** The map of values at the points of a square grid, row by row from below. */
export const gridMap = (
  value: Float64Array | Uint8Array,
  grid: number,
  look: Pick<ContourMark, 'x' | 'y' | 'levels' | 'tone'>,
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

const triangle = { symbol: 'triangle', tone: 'ink', filled: false, radius: 5 } as const
const saddle = { symbol: 'diamond', tone: 'bound', filled: false, radius: 5 } as const

/** The symbols of the critical points, and their names. */
const pointLooks = {
  maximum: { text: 'local maximum 0', look: triangle },
  degenerate: { text: '0, no local maximum for k = 1', look: triangle },
  minimum: { text: 'minimum w*', look: { symbol: 'star', tone: 'holds', radius: 7 } },
  saddle: { text: 'saddle −αw*', look: saddle },
  localMinimum: { text: '', look: triangle },
} as const

/** The critical points in the plane, each with its own symbol and its name beside it. */
export const criticalPointLayers = (k: number): Layer[] =>
  criticalPoints([1, 0], k).flatMap(({ kind, w: [x] }) => {
    const { text, look } = pointLooks[kind]
    return [
      dots(kind, [x], { x: () => x, y: () => 0 }, look),
      label(`${kind}Name`, text, [x, 0], { dy: kind === 'saddle' ? 16 : -15 }),
    ]
  })
