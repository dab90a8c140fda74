import { criticalPoints, noOverlapLoss } from '@nonconvex/gaussian-theory'
import type { Frame, Mark, Panel } from '../figure/figure.js'
import { pack } from '../result/packed.js'

/** The map shows [−1.5, 1.5]² in units of ‖w*‖. */
const MAP_EDGE = 1.5

const LEVELS = 18

/** Levels up to the highest corner of the map, closer together near the minimum. */
const levelsOf = (k: number): number[] => {
  const highest = noOverlapLoss([-MAP_EDGE, MAP_EDGE], [1, 0], k)
  return Array.from({ length: LEVELS }, (_, i) => highest * ((i + 1) / (LEVELS + 1)) ** 1.7)
}

/** The loss over the plane of the teacher and any other direction, as filled contours. */
export function lossMap(k: number, grid: number): { frame: Frame; mark: Mark } {
  const value = new Float64Array(grid * grid)
  const at = (i: number): number => MAP_EDGE * ((2 * i) / (grid - 1) - 1)
  for (let row = 0; row < grid; row++)
    for (let column = 0; column < grid; column++)
      value[row * grid + column] = noOverlapLoss([at(column), at(row)], [1, 0], k)
  return {
    frame: { value: pack(value) },
    mark: {
      mark: 'contour',
      frame: 'map',
      value: 'value',
      columns: grid,
      rows: grid,
      x: [-MAP_EDGE, MAP_EDGE],
      y: [-MAP_EDGE, MAP_EDGE],
      levels: levelsOf(k),
    },
  }
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
