import type { Theme } from '@nonconvex/experiments/figure'
import type { Basins } from './basins.js'
import type { Frame } from './frame.js'
import { GRID } from './map-picture.js'
import type { Shape } from './shape.js'

/** A tint over the points from which gradient descent does not reach the teacher, with a dotted rim. */
export function basinShape(basins: Basins, { left, top, side, type }: Frame, theme: Theme): Shape {
  const scale = side / (GRID - 1)
  const lines = basins.map((ring) =>
    ring.map((t, i) => (i % 2 === 0 ? left + scale * t : top + side - scale * t)),
  )
  const color = theme.violated
  const tint = { kind: 'lines', lines, closed: true, fill: color, opacity: 0.13 } as const
  const rim = { kind: 'lines', lines, closed: true, stroke: color, width: 0.11 * type } as const
  const box = { left, top, width: side, height: side }
  return { kind: 'clip', box, shapes: [tint, { ...rim, dash: [0.1 * type, 0.35 * type] }] }
}
