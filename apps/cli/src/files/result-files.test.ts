import { csvOf, type Table } from '@nonconvex/experiments'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { parquetOf } from './result-files.js'

const columns = ['k', 'loss', 'teacher', 'mixed', 'none'].map((name) => ({ name, title: name }))
const table: Table = {
  id: 'minima',
  title: 'Minima',
  columns,
  rows: [
    [2, 0.1 + 0.2, 'alternating', 1e-300, null],
    [3, null, 'random "1", é', 'two', null],
    [-0, 5e-324, null, null, null],
  ],
}
const bufferOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer
const read = (given: Table): Promise<Record<string, unknown>[]> =>
  parquetReadObjects({ file: bufferOf(parquetOf(given)) })

describe('a table as Parquet', () => {
  it('keeps every number, text and gap', async () => {
    expect(await read(table)).toEqual([
      { k: 2, loss: 0.1 + 0.2, teacher: 'alternating', mixed: '1e-300', none: null },
      { k: 3, loss: null, teacher: 'random "1", é', mixed: 'two', none: null },
      { k: -0, loss: 5e-324, teacher: null, mixed: null, none: null },
    ])
  })

  it('has doubles for numbers and texts for the rest, in the order of the columns', () => {
    const { schema, num_rows } = parquetMetadata(bufferOf(parquetOf(table)))
    expect(num_rows).toBe(3n)
    const types = schema.slice(1).map(({ name, type }) => [name, type])
    expect(types).toEqual([
      ['k', 'DOUBLE'],
      ['loss', 'DOUBLE'],
      ['teacher', 'BYTE_ARRAY'],
      ['mixed', 'BYTE_ARRAY'],
      ['none', 'DOUBLE'],
    ])
  })

  it('gives the same bytes again, and holds what the CSV holds for many rows', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => [i, Math.sqrt(i), `t${i % 7}`, i / 3, null])
    const long = { ...table, rows: many }
    expect(parquetOf(long)).toEqual(parquetOf(long))
    const back = (await read(long)).map((row) => columns.map(({ name }) => row[name]))
    expect(csvOf({ ...long, rows: back as Table['rows'] })).toBe(csvOf(long))
  })

  it('is a file without rows for a table without rows', async () => {
    expect(await read({ ...table, rows: [] })).toEqual([])
  })
})
