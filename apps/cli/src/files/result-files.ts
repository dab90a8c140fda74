import { csvOf, resultText, type Result, type Table } from '@nonconvex/experiments'
import { toPng, toSvg } from './draw.js'
import { fileName } from './out-folder.js'
import { proofFiles } from './proof-files.js'
import { parquetWriteBuffer } from 'hyparquet-writer'

export const resultName = 'result.json'

/**
 * The files of one result by name: figures (SVG and PNG), tables (CSV and Parquet), proofs (JSON) with
 * their checker, and the document (JSON), which comes last: where it is, everything is.
 */
export function resultFiles(result: Result): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>()
  for (const figure of result.figures) {
    const svg = toSvg(figure)
    files.set(`${fileName(figure.id)}.svg`, svg)
    files.set(`${fileName(figure.id)}.png`, toPng(svg))
  }
  for (const table of result.tables) {
    files.set(`${fileName(table.id)}.csv`, csvOf(table))
    files.set(`${fileName(table.id)}.parquet`, parquetOf(table))
  }
  for (const [name, text] of proofFiles(result.verdicts)) files.set(name, text)
  return files.set(resultName, resultText(result))
}

/**
 * A table as Parquet, one column for each, all of them nullable: DOUBLE where all values are
 * numbers, STRING otherwise (a number among texts is written as CSV has it). Equal tables give
 * equal bytes.
 */
export function parquetOf({ columns, rows }: Table): Uint8Array {
  const columnData = columns.map(({ name }, at) => {
    const values = rows.map((row) => row[at])
    const texts = values.some((value) => typeof value === 'string')
    const data = texts ? values.map((value) => (value === null ? null : String(value))) : values
    return { name, data, type: texts ? ('STRING' as const) : ('DOUBLE' as const), nullable: true }
  })
  return new Uint8Array(parquetWriteBuffer({ columnData, createdBy: 'nonconvex' }))
}
