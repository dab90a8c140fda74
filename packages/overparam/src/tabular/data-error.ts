/**
 * The kind of fault in a file of examples.
 *
 * - `empty`: no examples; `header`: column names missing, doubled or unknown
 * - `ragged`: a row with another number of cells than the header; `quote`: quotes that do not match
 * - `missing`: an empty cell; `number`: a cell that is not a finite number
 * - `labels`: too few or too many labels, or one that is not known; `format`: not a file of that kind
 * - `size`: too large for the memory that is allowed; `weights`: too many units for the features;
 *   `scale`: a factor of the features beyond float64
 */
export type DataFault =
  | 'empty'
  | 'header'
  | 'ragged'
  | 'quote'
  | 'missing'
  | 'number'
  | 'labels'
  | 'format'
  | 'size'
  | 'weights'
  | 'scale'

/** A place in a file; lines and columns count from 1. */
export interface DataPlace {
  readonly line?: number
  readonly column?: { readonly number: number; readonly name?: string }
}

/**
 * The error for a fault in a file of examples; its message names the fault, the place and the
 * remedy.
 */
export class DataError extends Error {
  override readonly name: string = 'DataError'
  readonly fault: DataFault
  readonly place: DataPlace

  /** @param problem - 'expected a number, got "abc"; correct it', without the place */
  constructor(fault: DataFault, place: DataPlace, problem: string) {
    const where = placeText(place)
    super(where === '' ? problem : `${where}: ${problem}`)
    this.fault = fault
    this.place = place
  }
}

/** 'line 3, column 2 ("width")'; empty for no place. */
export function placeText({ line, column }: DataPlace): string {
  const parts = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined
      ? []
      : [`column ${column.number}${column.name === undefined ? '' : ` (${shown(column.name)})`}`]),
  ]
  return parts.join(', ')
}

const LONGEST = 40

/**
 * Quotes and truncates a piece of a file for a message.
 *
 * @example
 * import { shown } from '@nonconvex/overparam/tabular'
 * console.log(shown('near')) // → "near"
 */
export const shown = (text: string): string =>
  JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
