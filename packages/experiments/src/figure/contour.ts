import * as Plot from '@observablehq/plot'
import type { ContourMark } from './figure.js'
import type { Brush } from './marks.js'
import { mix } from './theme.js'

/** How much of the tone the lowest and the highest band have. */
const deepest = 0.66
const palest = 0.04

/**
 * Filled level lines, deep where the function is low and pale where it is high; below the first
 * level lies the deepest shade. Each level is one mark with its own colour, so no colour scale is
 * needed.
 */
export function contourMarks(mark: ContourMark, { read, theme }: Brush): Plot.Markish[] {
  const values = read.numbers(mark, mark.value)
  const { columns, rows } = mark
  if (values.length === 0) return [Plot.frame({ stroke: theme.rule })]
  if (values.length !== columns * rows || columns < 2 || rows < 2)
    throw new RangeError(
      `drawFigure: contour: expected ${columns} × ${rows} values (at least 2 × 2), got ${values.length}`,
    )
  const levels = [...new Set(mark.levels)].sort((a, b) => a - b)
  const tone = theme[mark.tone ?? 'measured']
  const shade = (i: number): string =>
    mix(tone, theme.paper, deepest + ((palest - deepest) * i) / Math.max(1, levels.length))
  // the values stand at grid points, Plot's at the middle of cells: half a cell more on each side
  const half = (range: readonly [number, number], n: number): number =>
    (range[1] - range[0]) / (n - 1) / 2
  const [hx, hy] = [half(mark.x, columns), half(mark.y, rows)]
  const grid = {
    width: columns,
    height: rows,
    x1: mark.x[0] - hx,
    x2: mark.x[1] + hx,
    y1: mark.y[0] - hy,
    y2: mark.y[1] + hy,
  }
  // beyond every level where the function has no value: neither band nor line there
  const filled = values.map((value) => value ?? -Number.MAX_VALUE)
  const opacity = mark.opacity === undefined ? {} : { opacity: mark.opacity }
  return [
    Plot.rect([0], {
      x1: mark.x[0],
      x2: mark.x[1],
      y1: mark.y[0],
      y2: mark.y[1],
      fill: shade(0),
      clip: true,
      ...opacity,
    }),
    ...levels.map((level, i) =>
      Plot.contour(filled, {
        ...grid,
        thresholds: [level],
        fill: shade(i + 1),
        stroke: theme.paper,
        strokeWidth: mark.width ?? 0.75,
        strokeOpacity: 0.6,
        clip: true,
        ...opacity,
      }),
    ),
  ]
}
