import type { Rect } from './place-labels.js'

export type Point = readonly [x: number, y: number]

/** A quadratic Bézier curve: `bend` is its control point. */
export interface Arrow {
  readonly from: Point
  readonly bend: Point
  readonly to: Point
}

export interface ArrowOptions {
  /** size of the picture, which contains the curve */
  readonly width: number
  readonly height: number
  /**
   * distance of the control point from the line between the rectangles, as a function of their
   * distance
   */
  readonly bend: (distance: number) => number
  /** gaps at both ends, in pixels */
  readonly gaps: readonly [from: number, to: number]
}

/**
 * An arrow from the edge of one rectangle to that of another, bent to its left, so that opposite
 * arrows do not coincide.
 */
export function arrowBetween(a: Rect, b: Rect, options: ArrowOptions): Arrow {
  const clamp = (x: number, most: number): number => Math.max(0, Math.min(x, most))
  const [start, end] = [center(a), center(b)]
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]]
  const far = Math.sqrt(dx * dx + dy * dy)
  const out = options.bend(far)
  const [ux, uy] = far < 1 ? [1, 0] : [-dy / far, dx / far]
  // a curve lies in the triangle of its three points: inside the picture if they are
  const bend: Point = [
    clamp((start[0] + end[0]) / 2 + out * ux, options.width),
    clamp((start[1] + end[1]) / 2 + out * uy, options.height),
  ]
  return { from: edgeOf(a, bend, options.gaps[0]), bend, to: edgeOf(b, bend, options.gaps[1]) }
}

/** The point of an arrow at t, from 0 to 1. */
export function pointOn({ from, bend, to }: Arrow, t: number): Point {
  const at = (k: 0 | 1): number =>
    (1 - t) ** 2 * from[k] + 2 * t * (1 - t) * bend[k] + t ** 2 * to[k]
  return [at(0), at(1)]
}

const center = ({ left, top, width, height }: Rect): Point => [left + width / 2, top + height / 2]

/** Where the line from the center of a rectangle to a point leaves it, and `gap` further. */
function edgeOf(rect: Rect, towards: Point, gap: number): Point {
  const [x, y] = center(rect)
  const [dx, dy] = [towards[0] - x, towards[1] - y]
  const fraction = Math.min(
    (rect.width / 2 + gap) / Math.max(Math.abs(dx), 1e-9),
    (rect.height / 2 + gap) / Math.max(Math.abs(dy), 1e-9),
  )
  return fraction >= 1 ? [x, y] : [x + fraction * dx, y + fraction * dy]
}
