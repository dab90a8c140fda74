import { numericColumns, type Prose, type ShownCell, type ShownTable } from '../text/prose.js'
import { printColumns } from '../text/columns.js'
import { printed, type Line } from '../text/printed.js'
import { formatCell } from '../text/numbers.js'
import { inlineTexToText } from '../text/tex.js'
import { wrap } from '../text/wrap.js'
import type { Terminal } from './terminal.js'

/** A cell on a line: gaps as a dash, numbers to their digits, prose as `text` gives it. */
export const cellText = (
  value: ShownCell,
  digits: number | undefined,
  text: (prose: Prose) => string,
): string =>
  value === null ? '–' : typeof value === 'number' ? formatCell(value, digits) : text(value)

/** A table of a result for a terminal: its title, then aligned columns. */
export function tableLines(table: ShownTable, terminal: Terminal): Line[] {
  const numeric = numericColumns(table)
  const columns = table.columns.map(({ title }, j) => ({
    title: inlineTexToText(title),
    align: numeric[j] ? ('right' as const) : ('left' as const),
  }))
  const rows = table.rows.map((row) =>
    row.map((value, j) => cellText(value, table.columns[j].digits, inlineTexToText)),
  )
  const title = wrap(inlineTexToText(table.title), terminal.columns - 2)
  return [
    ...title.map((line) => printed`  ${terminal.style.strong(line)}`),
    ...printColumns(columns, rows, {
      heading: terminal.style.soft,
      room: terminal.columns - 2,
    }).map((line) => (line === '' ? line : printed`  ${line}`)),
  ]
}
