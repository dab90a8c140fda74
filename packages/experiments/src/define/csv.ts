import type { Table } from './table.js'

/**
 * A table as CSV (RFC 4180): a header of column names, then one line for each row, ended by CR LF.
 * Numbers keep all their digits, `null` is an empty field, texts with a comma, a quote or a line
 * break are quoted.
 *
 * @throws RangeError if a row has another number of fields than there are columns
 *
 * @example
 * import { csvOf } from '@nonconvex/experiments'
 * const columns = [{ name: 'k', title: '$k$' }]
 * console.log(JSON.stringify(csvOf({ id: 't', title: 'T', columns, rows: [[1], [null]] }))) // → "k\r\n1\r\n\r\n"
 */
export function csvOf(table: Table): string {
  const width = table.columns.length
  const lines = [table.columns.map((column) => field(column.name)).join(',')]
  table.rows.forEach((row, i) => {
    if (row.length !== width)
      throw new RangeError(
        `csvOf: table ${table.id}, row ${i}: expected ${width} fields, got ${row.length}`,
      )
    lines.push(row.map(field).join(','))
  })
  return lines.map((line) => `${line}\r\n`).join('')
}

function field(value: number | string | null): string {
  if (value === null) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
