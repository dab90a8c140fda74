import type { SeparableFit } from '@nonconvex/overparam/fit'

/** A fit and the file behind it. */
export interface Fitted {
  readonly fit: SeparableFit
  readonly names: { readonly positive: string; readonly negative: string }
  /** [n] line of each example in the file */
  readonly lines: Int32Array
  /** name of the side of an example */
  readonly labels: (row: number) => string
  readonly source: {
    /** whether the scale was known beforehand */
    readonly scale: boolean
    /** examples left out for their label */
    readonly skipped: number
  }
  readonly delta: number
  readonly seed: number
}
