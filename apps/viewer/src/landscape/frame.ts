import { EDGE, type Point } from './initial-points.js'

/** Where the plane lies in the picture, in pixels. */
export interface Frame {
  readonly left: number
  readonly top: number
  readonly side: number
  readonly width: number
  readonly height: number
  /** size of the type */
  readonly type: number
}

/** The frame of a picture of this width, with room for the axes. */
export function frameOf(width: number, type: number): Frame {
  const left = 2.9 * type
  const top = 1.9 * type
  const side = Math.max(1, width - left - 1.1 * type)
  return { left, top, side, type, width, height: top + side + 3.1 * type }
}

export function toPixels({ left, top, side }: Frame, { x, y }: Point): [number, number] {
  return [left + (side * (x + EDGE)) / (2 * EDGE), top + (side * (EDGE - y)) / (2 * EDGE)]
}

export function toPlane({ left, top, side }: Frame, px: number, py: number): Point {
  return { x: (2 * EDGE * (px - left)) / side - EDGE, y: EDGE - (2 * EDGE * (py - top)) / side }
}
