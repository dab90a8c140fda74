/** One column of a table. `digits` is the number of significant digits shown; data keep all of them. */
export interface Column {
  readonly name: string
  /** heading; inline TeX between $…$ */
  readonly title: string
  readonly digits?: number
}

/** A value in a table; null where there is none. */
export type CellValue = number | string | null

/** A table as data: what the report prints and `--out` writes as CSV. */
export interface Table {
  readonly id: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly CellValue[])[]
}

/** A column as a function of the row: heading, value, significant digits. */
export type ColumnOf<R> =
  | readonly [title: string, value: (row: R, i: number) => CellValue | undefined]
  | readonly [
      title: string,
      value: (row: R, i: number) => CellValue | undefined,
      digits: number | undefined,
    ]

/**
 * Makes a table from rows: each column has a heading, an accessor and a number of significant
 * digits. Undefined values are shown as missing.
 *
 * @example
 * import { tableOf } from '@nonconvex/experiments/define'
 * const runs = [{ k: 2, steps: 40 }, { k: 3, steps: 60 }]
 * const table = tableOf('runs', 'Steps of each run', runs, {
 *   k: ['$k$', (run) => run.k],
 *   steps: ['steps', (run) => run.steps, 4],
 * })
 * console.log(JSON.stringify(table.rows)) // → [[2,40],[3,60]]
 */
export function tableOf<R>(
  id: string,
  title: string,
  rows: readonly R[],
  columns: { readonly [name: string]: ColumnOf<R> },
): Table {
  const list = Object.entries(columns)
  return {
    id,
    title,
    columns: list.map(([name, [heading, , digits]]) => ({
      name,
      title: heading,
      ...(digits !== undefined && { digits }),
    })),
    rows: rows.map((row, i) => list.map(([, [, value]]) => value(row, i) ?? null)),
  }
}
