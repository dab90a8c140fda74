import { csvOf, type Table } from '@nonconvex/experiments'
import { useMemo } from 'preact/hooks'
import { save } from '../export/save.js'
import { numberText } from '../state/text.js'
import { PlainButton } from './exports.js'
import { Prose } from './tex.js'

interface Props {
  readonly experiment: string
  readonly table: Table
}

/** Rows of a table on paper. */
const printed = 20

/** A table of a run's data: numbers rounded for the eye, whole in the CSV. */
export function DataTable({ experiment, table }: Props) {
  return useMemo(() => <Drawn experiment={experiment} table={table} />, [experiment, table])
}

function Drawn({ experiment, table }: Props) {
  const kinds = table.columns.map((_, i) => kindOf(table.rows.map((row) => row[i] ?? null)))
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
                <th key={column.name} scope="col" class={kinds[i]}>
                  <Heading title={column.title} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, at) => (
              <tr key={at}>
                {row.map((value, i) => (
                  <td key={table.columns[i]?.name} class={kinds[i]}>
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
      {table.rows.length > printed && (
        <p class="rest">
          The first {printed} of {table.rows.length} rows; all are in the CSV file.
        </p>
      )}
      <PlainButton
        name="CSV"
        onPress={() => {
          save(name, 'text/csv', csvOf(table))
        }}
      />
    </details>
  )
}

/** A heading; one that is a formula is read to those who hear the page as its TeX. */
function Heading({ title }: { title: string }) {
  if (!title.includes('$')) return <Prose text={title} />
  return (
    <>
      <span class="visually-hidden">{title.replaceAll('$', '')}</span>
      <span aria-hidden="true">
        <Prose text={title} />
      </span>
    </>
  )
}

/** Numbers stand right, short names stay on one line, sentences may break. */
function kindOf(values: readonly (number | string | null)[]): 'number' | 'name' | 'sentence' {
  const texts = values.filter((value) => typeof value === 'string')
  if (texts.length === 0) return 'number'
  return texts.every((text) => text.length <= 24) ? 'name' : 'sentence'
}

function rowsText(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}
