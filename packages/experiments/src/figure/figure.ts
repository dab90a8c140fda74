import type { Packed } from '../result/packed.js'

/** What a colour means. The theme gives the shade; blue is what happened, orange what the theorem allows. */
export type Tone =
  'ink' | 'soft' | 'rule' | 'measured' | 'bound' | 'holds' | 'violated' | 'undecided' | 'paper'

/** A column of a figure's data: texts, short lists of numbers, or packed numbers for long ones. */
export type Values = readonly (number | string | null)[] | Packed

/** Named columns of equal length. */
export interface Frame {
  readonly [column: string]: Values
}

export interface Axis {
  /** name with unit; plain text and Unicode, since figures stand alone: 'steps', 'ℓ(w) / R²' */
  readonly label: string
  readonly scale?: 'linear' | 'log'
  readonly domain?: readonly [number, number]
}

interface MarkBase {
  /** name of the frame in `Panel.frames` */
  readonly frame: string
  readonly tone?: Tone
  readonly opacity?: number
  readonly width?: number
  readonly dash?: boolean
}

/** A mark: a serialisable subset of Observable Plot's, channels by column name. */
export type Mark =
  | (MarkBase & {
      readonly mark: 'line'
      readonly x: string
      readonly y: string
      readonly group?: string
      readonly curve?: 'linear' | 'step'
    })
  | (MarkBase & {
      readonly mark: 'dot'
      readonly x: string
      readonly y: string
      readonly radius?: number
      readonly symbol?: 'circle' | 'diamond' | 'triangle' | 'star' | 'square'
      readonly filled?: boolean
    })
  | (MarkBase & {
      readonly mark: 'area'
      readonly x: string
      readonly y1: string
      readonly y2: string
    })
  | (MarkBase & {
      readonly mark: 'interval'
      readonly x: string
      readonly y1: string
      readonly y2: string
    })
  | (MarkBase & { readonly mark: 'rule-x'; readonly x: string })
  | (MarkBase & { readonly mark: 'rule-y'; readonly y: string })
  | (MarkBase & {
      readonly mark: 'text'
      readonly x: string
      readonly y: string
      readonly text: string
      readonly anchor?: 'start' | 'middle' | 'end'
      readonly dx?: number
      readonly dy?: number
      readonly bold?: boolean
    })
  /** filled level lines of a function given on a grid: the frame's column `value` is row-major, y slow */
  | (MarkBase & {
      readonly mark: 'contour'
      readonly value: string
      readonly columns: number
      readonly rows: number
      readonly x: readonly [number, number]
      readonly y: readonly [number, number]
      readonly levels: readonly number[]
    })

/** One plot with its own axes. */
export interface Panel {
  readonly title?: string
  readonly x: Axis
  readonly y: Axis
  /** equal units on both axes: a map of the plane */
  readonly square?: boolean
  readonly frames: { readonly [name: string]: Frame }
  readonly marks: readonly Mark[]
}

/** A figure as data: one or more panels side by side, drawn by `drawFigure` to the same bytes each time. */
export interface Figure {
  readonly id: string
  readonly title: string
  /** says which theorem it shows; inline TeX between $…$ */
  readonly caption: string
  readonly panels: readonly Panel[]
}
