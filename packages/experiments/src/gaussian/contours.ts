import { criticalPoints, noOverlapLoss } from '@nonconvex/gaussian-theory'
import { power } from '@nonconvex/tensor'
import type { Frame, Mark, Panel } from '../figure/figure.js'
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
  /**
   * levels are at t^bend of the highest value for t = 1/19 … 18/19: above 1 closer together near
   * the minima
   */
  readonly bend: number
}

/** The frame and the mark of a map named 'map'. */
export function contourMap({ loss, center: [cx, cy] = [0, 0], edge, grid, bend }: MapOptions): {
  frame: Frame
  mark: Mark
} {
  const value = new Float64Array(grid * grid)
  const at = (i: number): number => edge * ((2 * i) / (grid - 1) - 1)
  for (let row = 0; row < grid; row++)
    for (let column = 0; column < grid; column++)
      value[row * grid + column] = loss(cx + at(column), cy + at(row))
  const highest = value.reduce((a, b) => Math.max(a, b))
  return {
    frame: { value: pack(value) },
    mark: {
      mark: 'contour',
      frame: 'map',
      value: 'value',
      columns: grid,
      rows: grid,
      x: [cx - edge, cx + edge],
      y: [cy - edge, cy + edge],
      levels: Array.from(
        { length: LEVELS },
        (_, i) => highest * power((i + 1) / (LEVELS + 1), bend),
      ),
    },
  }
}

/** The loss without overlap over the plane of the teacher and any other direction. */
export function lossMap(k: number, grid: number): { frame: Frame; mark: Mark } {
  const loss = (x: number, y: number): number => noOverlapLoss([x, y], [1, 0], k)
  return contourMap({ loss, edge: MAP_EDGE, grid, bend: 1.7 })
}

/** Axes of the map. */
export const mapAxes: Pick<Panel, 'x' | 'y' | 'square'> = {
  x: { label: 'w₁ / ‖w*‖', domain: [-MAP_EDGE, MAP_EDGE] },
  y: { label: 'w₂ / ‖w*‖', domain: [-MAP_EDGE, MAP_EDGE] },
  square: true,
}

/** The critical points in the plane, each with its own symbol and its name beside it. */
export function pointMarks(k: number): { frames: { [name: string]: Frame }; marks: Mark[] } {
  const names: Record<string, string> = {
    maximum: 'peak 0',
    degenerate: '0, no peak for k = 1',
    minimum: 'minimum w*',
    saddle: 'saddle −αw*',
  }
  const frames: { [name: string]: Frame } = {}
  const marks: Mark[] = []
  for (const { kind, w } of criticalPoints([1, 0], k)) {
    frames[kind] = { x: [w[0]], y: [0], text: [names[kind]] }
    const at = { frame: kind, x: 'x', y: 'y' } as const
    if (kind === 'minimum')
      marks.push({ mark: 'dot', ...at, symbol: 'star', tone: 'holds', radius: 7 })
    else if (kind === 'saddle')
      marks.push({ mark: 'dot', ...at, symbol: 'diamond', tone: 'bound', filled: false, radius: 5 })
    else
      marks.push({ mark: 'dot', ...at, symbol: 'triangle', tone: 'ink', filled: false, radius: 5 })
    marks.push({
      mark: 'text',
      ...at,
      text: 'text',
      dy: kind === 'saddle' ? 16 : -15,
    })
  }
  return { frames, marks }
}
