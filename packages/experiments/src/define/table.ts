/**
 * One column of a table. `digits` is the number of significant digits shown; data keep all of them.
 */
export interface Column {
  readonly name: string
  /** heading; inline TeX between $…$ */
  readonly title: string
  readonly digits?: number
}

/** A table as data: what the report prints and `--out` writes as CSV. */
export interface Table {
  readonly id: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (number | string | null)[])[]
}
