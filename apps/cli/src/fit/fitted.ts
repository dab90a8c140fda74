import type { SeparableFit } from '@nonconvex/overparam/fit'
import { classNames, type Classes } from '@nonconvex/overparam/tabular'
import { Verbatim } from '../text/prose.js'

/** Names of the two sides of a model. */
export interface SideNames {
  readonly positive: Verbatim
  readonly negative: Verbatim
}

export function sideNames(classes: Classes): SideNames {
  const { positive, negative } = classNames(classes)
  return { positive: new Verbatim(positive), negative: new Verbatim(negative) }
}

/** A fit and the file behind it. */
export interface Fitted {
  readonly fit: SeparableFit
  readonly names: SideNames
  /** [n] line of each example in the file */
  readonly lines: Int32Array
  /** name of the side of an example */
  readonly labels: (row: number) => Verbatim
  readonly source: {
    /** whether the scale was known beforehand */
    readonly scale: boolean
    /** examples left out for their label */
    readonly skipped: number
  }
  readonly delta: number
  readonly seed: number
}
