import { csvOf } from '@nonconvex/experiments'
import { numericColumns, type Prose, type ShownCell, type ShownTable } from '../text/prose.js'
import { inlineTexToText } from '../text/tex.js'
import { cellText, tableLines } from './tables.js'
import type { Terminal } from './terminal.js'

/** How tables are printed. */
export const tableFormats = ['table', 'csv', 'md'] as const
export type TableFormat = (typeof tableFormats)[number]

/** Signs that Markdown or HTML read as markup within a line. */
const markup = /[\\`*_[\]<>|~$&]/g

/** Text for Markdown: our mathematics as Unicode, and nothing in it as markup. */
const markdown = (prose: Prose): string => inlineTexToText(prose).replace(markup, '\\$&')

function markdownLines(table: ShownTable): string[] {
  const { title, columns, rows } = table
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [
    `**${markdown(title)}**`,
    '',
    line(columns.map((column) => markdown(column.title))),
    line(numericColumns(table).map((right) => (right ? '--:' : ':--'))),
    ...rows.map((row) => line(row.map((value, j) => cellText(value, columns[j].digits, markdown)))),
  ]
}

/** All digits; the title is a comment above the header. */
function csvLines({ id, title, columns, rows }: ShownTable): string[] {
  const plain = (cell: ShownCell): string | number | null =>
    typeof cell === 'number' || cell === null ? cell : inlineTexToText(cell)
  const table = {
    id,
    title: inlineTexToText(title),
    columns: columns.map(({ name }) => ({ name, title: name })),
    rows: rows.map((row) => row.map(plain)),
  }
  return [`# ${table.title}`, ...csvOf(table).trimEnd().split('\r\n')]
}

/** Prints tables on standard output, a blank line between two. */
export function printTables(
  tables: readonly ShownTable[],
  terminal: Terminal,
  format: TableFormat = 'table',
): void {
  tables.forEach((table, i) => {
    if (i > 0) terminal.print()
    const lines =
      format === 'csv'
        ? csvLines(table)
        : format === 'md'
          ? markdownLines(table)
          : tableLines(table, terminal)
    for (const line of lines) terminal.print(line)
  })
}

/** What a command found: its document with `json`, else its summary and tables under a heading. */
export function printDocument(
  shown: {
    readonly document: unknown
    readonly heading: string
    readonly summary: string
    readonly tables: readonly ShownTable[]
  },
  terminal: Terminal,
  flags: { readonly json?: boolean; readonly tables: TableFormat },
): void {
  if (flags.json) {
    terminal.json(JSON.stringify(shown.document, null, 2))
    return
  }
  if (flags.tables === 'table') {
    terminal.print(terminal.style.strong(shown.heading))
    terminal.paragraph(shown.summary)
    terminal.print()
  }
  printTables(shown.tables, terminal, flags.tables)
}
