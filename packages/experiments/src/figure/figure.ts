import type { Packed } from '../result/packed.js'

/**
 * The meaning of a color, whose shade the theme chooses: blue for measurements, orange for bounds
 * of a theorem.
 */
export type Tone =
  | 'ink'
  | 'soft'
  | 'rule'
  | 'measured'
  | 'bound'
  | 'holds'
  | 'violated'
  | 'undecided'
  | 'paper'

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
  /** default: round ends around all marks; what lies outside is cut off */
  readonly domain?: readonly [number, number]
  /**
   * of a vertical axis: texts at 1, 2, 3, … instead of numbers; an empty text is a gap
   */
  readonly names?: readonly string[]
}

/** What all marks have. */
export interface MarkBase {
  /** name of the frame in `Panel.frames` */
  readonly frame: string
  readonly tone?: Tone
  /** in [0, 1] */
  readonly opacity?: number
  /** of lines, in pixels */
  readonly width?: number
  readonly dash?: boolean
}

/** What marks of data have besides. */
export interface KeyedBase extends MarkBase {
  /**
   * its name in the key above the frame, beside a sample of the mark; marks with the same name
   * share an entry. For symbols, dashes and bands that no label beside the marks can distinguish
   */
  readonly key?: string
}

/**
 * Points joined in the order of the rows, one line for each value of `group`; blue unless `tone`
 * says otherwise.
 */
export interface LineMark extends KeyedBase {
  readonly mark: 'line'
  readonly x: string
  readonly y: string
  readonly group?: string
  /** 'step' holds a value until the next x */
  readonly curve?: 'linear' | 'step'
}

/**
 * A symbol at each point: filled with a rim in the paper color, or (`filled: false`) only its
 * outline.
 */
export interface DotMark extends KeyedBase {
  readonly mark: 'dot'
  readonly x: string
  readonly y: string
  /** pixels; default 2.5 for a circle, 4.5 for the others */
  readonly radius?: number
  readonly symbol?: 'circle' | 'diamond' | 'triangle' | 'star' | 'square'
  readonly filled?: boolean
}

/** The region between two curves over x: a band of uncertainty. */
export interface AreaMark extends KeyedBase {
  readonly mark: 'area'
  readonly x: string
  readonly y1: string
  readonly y2: string
}

/** A vertical error bar with caps at each x. */
export interface IntervalMark extends KeyedBase {
  readonly mark: 'interval'
  readonly x: string
  readonly y1: string
  readonly y2: string
}

/** A vertical line through the frame at each x. */
export interface RuleXMark extends KeyedBase {
  readonly mark: 'rule-x'
  readonly x: string
}

/** A horizontal line through the frame at each y. */
export interface RuleYMark extends KeyedBase {
  readonly mark: 'rule-y'
  readonly y: string
}

/**
 * A text at each point, over all other marks, with a rim in the paper color. It is moved a little
 * if it would leave the panel or lie on another text. One that starts at the end of a line
 * (`anchor: 'start'`, dx about 6) stands beside the frame: the right margin makes room for it.
 */
export interface TextMark extends MarkBase {
  readonly mark: 'text'
  readonly x: string
  readonly y: string
  readonly text: string
  /** default 'middle' */
  readonly anchor?: 'start' | 'middle' | 'end'
  /** pixels to the right of the point, and below it */
  readonly dx?: number
  readonly dy?: number
  readonly bold?: boolean
}

/**
 * Filled level lines of a function on a grid, deep where it is low and pale where it is high. The
 * frame's column `value` holds rows × columns numbers, row-major: value [i, j] belongs to the point
 *
 *     x = x₀ + j (x₁ − x₀) / (columns − 1),   y = y₀ + i (y₁ − y₀) / (rows − 1)
 *
 * so the corners are grid points and row 0 is the lowest y. Linear axes only; they end at the
 * grid's edges.
 */
export interface ContourMark extends MarkBase {
  readonly mark: 'contour'
  readonly value: string
  readonly columns: number
  readonly rows: number
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
  readonly levels: readonly number[]
  /** levels that are drawn as bold lines as well: of a saddle, around a basin */
  readonly bold?: readonly number[]
}

/** A mark that the key of its panel may name. */
export type KeyedMark = LineMark | DotMark | AreaMark | IntervalMark | RuleXMark | RuleYMark

/** A mark: a serializable subset of Observable Plot's, channels by column name. */
export type Mark = KeyedMark | TextMark | ContourMark

/** One plot with its own axes. */
export interface Panel {
  readonly title?: string
  readonly x: Axis
  readonly y: Axis
  /** equal units on both axes: a map of the plane */
  readonly square?: boolean
  /** a drawing without axes; with a `domain` on both */
  readonly bare?: boolean
  readonly frames: { readonly [name: string]: Frame }
  readonly marks: readonly Mark[]
}

/**
 * A figure as data: one or more panels side by side, drawn by `drawFigure` to the same bytes each
 * time.
 */
export interface Figure {
  readonly id: string
  readonly title: string
  /** says which theorem it shows; inline TeX between $…$ */
  readonly caption: string
  readonly panels: readonly Panel[]
}
