import { expect, it } from 'vitest'
import { csvOf } from './csv.js'
import type { Table } from './table.js'

const table = (rows: Table['rows']): Table => ({
  id: 'widths',
  title: 'Widths',
  columns: [
    { name: 'k', title: '$k$' },
    { name: 'said, "so"', title: 'said' },
  ],
  rows,
})

it('writes a header, all digits, and quotes what needs it', () => {
  const rows = [
    [0.1 + 0.2, 'a,b'],
    [null, 'say "x"'],
    [1e-300, 'two\nlines'],
  ]
  expect(csvOf(table(rows))).toBe(
    'k,"said, ""so"""\r\n0.30000000000000004,"a,b"\r\n,"say ""x"""\r\n1e-300,"two\nlines"\r\n',
  )
})

it('writes an empty table as its header', () => {
  expect(csvOf(table([]))).toBe('k,"said, ""so"""\r\n')
})

it('refuses a row of another length', () => {
  expect(() => csvOf(table([[1]]))).toThrow('table widths, row 0: expected 2 fields, got 1')
})
