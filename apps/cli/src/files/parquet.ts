import type { Table } from '@nonconvex/experiments'
import { parquetWriteBuffer } from 'hyparquet-writer'

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
