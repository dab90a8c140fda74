import type { Table } from '@nonconvex/experiments'
import { formatNumber } from '../text/numbers.js'
import { html, type Html } from './html.js'
import { prose } from './math.js'

/** A table of a result: numbers to the digits that the column names, aligned right. */
export function tableBlock(table: Table): Html {
  const numeric = table.columns.map((_, j) =>
    table.rows.every((row) => row[j] === null || typeof row[j] === 'number'),
  )
  const kind = (j: number) => (numeric[j] ? 'number' : 'text')
  const value = (item: number | string | null, j: number): Html | string => {
    if (item === null) return '–'
    return prose(typeof item === 'number' ? formatNumber(item, table.columns[j].digits) : item)
  }
  return html`<div class="scroll">
    <table class="data">
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
