import { formatCell } from '../text/numbers.js'
import { inlineTexToText } from '../text/tex.js'
import { numericColumns, type ShownCell, type ShownTable } from '../text/prose.js'
import { html, type Html } from './html.js'
import { prose } from './math.js'

const shortText = 24
const manyColumns = 8
/** A table of so many rows is not split between pages. */
const pageRows = 12

const lengthOf = (cell: ShownCell): number =>
  cell === null ? 0 : typeof cell === 'number' ? String(cell).length : inlineTexToText(cell).length

/** A table of a result: numbers to the digits that the column names, aligned right. */
export function tableBlock(table: ShownTable): Html {
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
    class="scroll${table.rows.length <= pageRows && ' whole'}"
    role="group"
    aria-label="${inlineTexToText(table.title)}"
    tabindex="0"
  >
    <table class="data${table.columns.length > manyColumns && ' wide'}">
      <caption>
        ${prose(table.title)}
      </caption>
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
