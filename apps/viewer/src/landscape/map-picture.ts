import type { Theme } from '@nonconvex/experiments/figure'
import { numberText } from '../state/text.js'
import { shade } from './color.js'
import { Contours, type Ring } from './contour.js'
import { toPixels, type Frame } from './frame.js'
import { depth, isNamed, levelsUpTo } from './levels.js'
import { lossesAt, type Problem } from './problem.js'
import type { Shape, TextShape } from './shape.js'
import { EDGE } from './initial-points.js'

/**
 * Points per axis of the grid: even, so that none is the origin, where the loss has a cusp.
 */
export const GRID = 96
/** The same while the picture moves. */
const ROUGH_GRID = 48

export const gridOf = (rough: boolean): number => (rough ? ROUGH_GRID : GRID)

/** The loss on a square grid, row by row from below. */
export function gridLosses(problem: Problem, n: number): Float64Array {
  const points = new Float64Array(2 * n * n)
  for (let row = 0, i = 0; row < n; row++)
    for (let column = 0; column < n; column++) {
      points[i++] = EDGE * ((2 * column) / (n - 1) - 1)
      points[i++] = EDGE * ((2 * row) / (n - 1) - 1)
    }
  return lossesAt(problem, points)
}

/** Filled contours of the loss in their frame; without their numbers while they move. */
export function mapShapes(problem: Problem, frame: Frame, theme: Theme, rough = false): Shape[] {
  const n = gridOf(rough)
  const losses = gridLosses(problem, n)
  const highest = losses.reduce((a, b) => Math.max(a, b))
  const contours = new Contours(n, losses)
  const { left, top, side } = frame
  const box = { left, top, width: side, height: side }
  const scale = side / (n - 1)
  const place = (ring: Ring) =>
    ring.map((t, i) => (i % 2 === 0 ? left + scale * t : top + side - scale * t))
  const square = [left, top, left + side, top, left + side, top + side, left, top + side]
  const bands: Shape[] = []
  const names: Shape[] = []
  for (const level of levelsUpTo(highest).toReversed()) {
    const rings = contours.below(level).map(place)
    const named = isNamed(level)
    bands.push({
      kind: 'lines',
      lines: rings,
      closed: true,
      fill: shade(theme, depth(level, highest)),
      stroke: theme.paper,
      width: named ? 1.1 : 0.7,
    })
    if (named && !rough) names.push(...rings.flatMap((ring) => nameOf(level, ring, frame, theme)))
  }
  const ground = { kind: 'lines', lines: [square], closed: true } as const
  return [
    { ...ground, fill: shade(theme, 1) },
    { kind: 'clip', box, shapes: [...bands, ...names] },
    { ...ground, stroke: theme.soft, width: 1 },
  ]
}

/**
 * A level's number at the lowest point of its line, if that is inside the plane and the line is
 * long enough.
 */
function nameOf(level: number, ring: Ring, frame: Frame, theme: Theme): TextShape[] {
  const { left, top, side, type } = frame
  let lowest = 0
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    if (ring[i + 1] > ring[lowest + 1]) lowest = i
    least = Math.min(least, ring[i])
    most = Math.max(most, ring[i])
  }
  const [x, y] = [ring[lowest], ring[lowest + 1]]
  const inside = y < top + side - type && x > left + 2 * type && x < left + side - 2 * type
  if (!inside || most - least < 4 * type) return []
  const size = 0.82 * type
  return [
    {
      kind: 'text',
      x,
      y: y + 0.35 * size,
      text: numberText(level),
      size,
      fill: theme.ink,
      rim: shade(theme, 0.8),
      anchor: 'middle',
    },
  ]
}

const ticks = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5].map((t) => ({ t, label: numberText(t) }))

/** The axes of the plane, which stay as they are under every loss. */
export function axisShapes(frame: Frame, theme: Theme): Shape[] {
  const { left, top, side, type } = frame
  const foot = top + side
  const text = { kind: 'text', size: type, fill: theme.ink } as const
  return [
    ...ticks.flatMap(({ t, label }): Shape[] => {
      const [x] = toPixels(frame, { x: t, y: 0 })
      const [, y] = toPixels(frame, { x: 0, y: t })
      return [
        {
          kind: 'lines',
          stroke: theme.soft,
          width: 1,
          lines: [
            [x, foot, x, foot + 0.4 * type],
            [left - 0.4 * type, y, left, y],
          ],
        },
        { ...text, x, y: foot + 1.5 * type, text: label, anchor: 'middle' },
        { ...text, x: left - 0.65 * type, y: y + 0.35 * type, text: label, anchor: 'end' },
      ]
    }),
    { ...text, x: left + side, y: foot + 2.8 * type, text: 'w₁ →', anchor: 'end' },
    { ...text, x: 0, y: 0.95 * type, text: '↑ w₂' },
  ]
}
