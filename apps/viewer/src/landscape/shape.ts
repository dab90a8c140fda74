import type { Rect } from '@nonconvex/structured/drawing'

/**
 * What a picture is made of, in pixels of the page: drawn on a canvas while it moves, written as
 * SVG to take away.
 */
export type Shape = LinesShape | DiscShape | TextShape | ClipShape

interface Inked {
  readonly fill?: string
  readonly stroke?: string
  readonly width?: number
  readonly opacity?: number
}

/** Polygons, or lines that stay open; x and y in turn. Filled by the even-odd rule. */
export interface LinesShape extends Inked {
  readonly kind: 'lines'
  readonly lines: readonly ArrayLike<number>[]
  readonly closed?: boolean
  readonly dash?: readonly number[]
}

export interface DiscShape extends Inked {
  readonly kind: 'disc'
  readonly x: number
  readonly y: number
  readonly radius: number
}

export interface TextShape {
  readonly kind: 'text'
  readonly x: number
  /** of the baseline */
  readonly y: number
  readonly text: string
  readonly size: number
  readonly fill: string
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly bold?: boolean
  /** color of a rim that keeps the text legible on lines */
  readonly rim?: string
}

/** Shapes of which only what lies in the box is seen. */
export interface ClipShape {
  readonly kind: 'clip'
  readonly box: Rect
  readonly shapes: readonly Shape[]
}

/** A picture with its size. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly shapes: readonly Shape[]
}

export const fontFamily = "'Source Sans 3', system-ui, sans-serif"
export const BOLD = 600
/** The rim of a text is this fraction of its size. */
export const RIM = 0.28
