import { pad, width } from './wrap.js'

/** One column of a printed table. */
export interface PrintedColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** A table for a terminal: a heading line, then rows, two spaces between columns, no rules. */
export function printColumns(
  columns: readonly PrintedColumn[],
  rows: readonly (readonly string[])[],
  heading: (text: string) => string = (text) => text,
): string[] {
  const widths = columns.map((column, j) =>
    Math.max(width(column.title), ...rows.map((row) => width(row[j]))),
  )
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, j) => pad(cell, widths[j], columns[j].align))
      .join('  ')
      .trimEnd()
  const titled = columns.some(({ title }) => title !== '')
  return [...(titled ? [heading(line(columns.map(({ title }) => title)))] : []), ...rows.map(line)]
}
