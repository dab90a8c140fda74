import { csvOf, type Table } from '@nonconvex/experiments'
import { save } from '../export/save.js'
import { numberText } from '../state/text.js'
import { Take } from './exports.js'
import { Prose } from './tex.js'

/** A table of a run's data: numbers rounded for the eye, whole in the CSV. */
export function DataTable({ experiment, table }: { experiment: string; table: Table }) {
  const numeric = table.columns.map((_, i) => table.rows.every((row) => typeof row[i] !== 'string'))
  const name = `${experiment.replaceAll('/', '-')}-${table.id}.csv`
  return (
    <details class="data" open>
      <summary>
        <Prose text={table.title} /> <span class="count">{rowsText(table.rows.length)}</span>
      </summary>
      <div
        class="scroll"
        tabIndex={0}
        role="region"
        aria-label={`Table: ${table.title.replaceAll('$', '')}`}
      >
        <table>
          <thead>
            <tr>
              {table.columns.map((column, i) => (
                <th key={column.name} scope="col" class={numeric[i] ? 'number' : undefined}>
                  <Prose text={column.title} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, at) => (
              <tr key={at}>
                {row.map((value, i) => (
                  <td key={table.columns[i]?.name} class={numeric[i] ? 'number' : undefined}>
                    {typeof value === 'number' ? (
                      numberText(value, table.columns[i]?.digits ?? 4)
                    ) : (
                      <Prose text={value ?? ''} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Take
        name="CSV"
        onTake={() => {
          save(name, 'text/csv', csvOf(table))
        }}
      />
    </details>
  )
}

function rowsText(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}
