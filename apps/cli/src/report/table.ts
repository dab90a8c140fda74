import { formatCell, formatNumber } from '../text/numbers.js'
import { inlineTexToText } from '../text/tex.js'
import { numericColumns, type ShownCell, type ShownTable } from '../text/prose.js'
import { html, type Html } from './html.js'
import { prose } from './math.js'

const shortText = 24
const manyColumns = 8
/** A longer table is folded: its data lie beside the page. */
const openRows = 12
/** A longer table is left out in print. */
const printedRows = 4

const lengthOf = (cell: ShownCell): number =>
  cell === null ? 0 : typeof cell === 'number' ? String(cell).length : inlineTexToText(cell).length

/**
 * A table of a result: numbers to the digits that the column names, aligned right; folded if it is
 * long.
 */
export function tableBlock(table: ShownTable): Html {
  const { length } = table.rows
  if (length <= openRows) return dataTable(table, true)
  return html`<details class="long">
    <summary>${prose(table.title)}: ${formatNumber(length)} rows</summary>
    ${dataTable(table, false)}
  </details>`
}

/** The table itself, with its title as caption unless a line above it has it. */
function dataTable(table: ShownTable, captioned: boolean): Html {
  const numeric = numericColumns(table)
  // a short text stays on one line, a sentence does not
  const short = table.columns.map((_, j) =>
    table.rows.every((row) => lengthOf(row[j]) <= shortText),
  )
  const kind = (j: number) => (numeric[j] ? 'number' : short[j] ? 'text short' : 'text')
  const value = (item: ShownCell, j: number): Html | string => {
    if (item === null) return '–'
    return prose(typeof item === 'number' ? formatCell(item, table.columns[j].digits) : item)
  }
  return html`<div
    class="scroll${captioned && (table.rows.length > printedRows ? ' medium' : ' whole')}"
    role="group"
    aria-label="${inlineTexToText(table.title)}"
    tabindex="0"
  >
    <table class="data${table.columns.length > manyColumns && ' wide'}">
      ${
        captioned &&
        html`<caption>
          ${prose(table.title)}
        </caption>`
      }
      <thead>
        <tr>
          ${table.columns.map(({ title }, j) => html`<th scope="col" class="${kind(j)}">${prose(title)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${table.rows.map(
          (row) =>
            html`<tr>
              ${row.map((item, j) => html`<td class="${kind(j)}">${value(item, j)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
