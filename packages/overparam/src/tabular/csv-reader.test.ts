import { describe, it, expect } from 'vitest'
import { said } from '../../test/said.js'
import { loadCsv } from './load-csv.js'

describe('a CSV file that cannot be used', () => {
  const refused: [string, string, Parameters<typeof loadCsv>[1]?][] = [
    ['', 'expected a header line and examples, got an empty file; give a file with rows'],
    ['a,b\n', 'expected examples, got none; give a file with rows'],
    [
      '1,2\n3,4\n',
      'line 1: expected names of columns, got numbers: 1, 2; put a line of names first',
    ],
    [
      'a,a,k\n1,2,x\n',
      'line 1, column 2 ("a"): expected distinct names, got this one in column 1, too; rename one',
    ],
    [
      ',a,k\n1,2,x\n',
      'line 1, column 1: expected a name, got an empty cell; name the column, or drop it by its number',
    ],
    [
      'a\n1\n',
      'line 1: expected a column of labels and at least one feature, got one column: "a"; separate columns by , ; or tab',
    ],
    [
      'a,b,k\n1,2,x\n1,2\n',
      'line 3: expected 3 cells as in the header, got 2; from column 3 ("k") on they are missing',
    ],
    [
      'a,b,k\n1,2,x,9\n',
      'line 2: expected 3 cells as in the header, got 4; quote cells that hold the delimiter',
    ],
    [
      'a,b,k\n1,,x\n',
      'line 2, column 2 ("b"): expected a number, got an empty cell; fill in the missing value, or drop the row or the column',
    ],
    [
      'a,b,k\n1,NA,x\n',
      'line 2, column 2 ("b"): expected a number, got "NA"; fill in the missing value, or drop the row or the column',
    ],
    [
      'a,b,k\n1,red,x\n',
      'line 2, column 2 ("b"): expected a number, got "red"; correct it, or drop the column',
    ],
    [
      'a;k\n1,5;x\n',
      'line 2, column 1 ("a"): expected a number, got "1,5"; write decimals with a point',
    ],
    [
      'a,k\n0x10,x\n',
      'line 2, column 1 ("a"): expected a number, got "0x10"; correct it, or drop the column',
    ],
    [
      'a,k\nInfinity,x\n',
      'line 2, column 1 ("a"): expected a number, got "Infinity"; correct it, or drop the column',
    ],
    [
      'a,k\n1e999,x\n',
      'line 2, column 1 ("a"): expected a number that a float64 can hold, got "1e999"',
    ],
    [
      'a,k\n1,\n',
      'line 2, column 2 ("k"): expected a label, got none; fill it in, or drop the row',
    ],
    [
      'a,k\n1,x\n2,y\n3,z\n',
      'line 4: expected two labels in column "k", got a third: "x" on line 2, "y" on line 3, "z" on line 4; choose the positive labels',
    ],
    [
      'a,k\n1,x\n2,x\n',
      'expected two labels, got one: "x" (2 examples, first on line 2); give examples of both',
    ],
    ['a,k\n1,x\n2,y\n', 'expected "w" among the labels, got "x", "y"', { positive: ['w'] }],
    [
      'a,k\n1,x\n2,y\n',
      'line 1: expected the column of the labels, "kind", got columns "a", "k"; check the name',
      { label: 'kind' },
    ],
    [
      'a,k\n"1,x\n2,y\n',
      'line 2, column 1: expected a quote to be closed, got "\\"1,x\\n2,y" up to the end of the file; close it',
    ],
    [
      'a,k\n1"2,x\n',
      'line 2, column 1: expected quotes around the whole cell, got "1\\"2"; quote the cell and double the quotes in it',
    ],
    [
      'a,k\r1,x\r2,y',
      'line 1: expected lines that end with LF or CRLF, got CR alone; convert the line ends',
    ],
    ['a,k\n\0,x\n', 'line 2: expected text, got binary data'],
  ]
  it.each(refused)('refuses %j', (text, message, options) => {
    expect(said(() => loadCsv(text, options))).toBe(message)
  })
})

describe('a CSV file without a header', () => {
  const text = '1,2,x\n3,4,y\n5,6,x\n'

  it.each([
    ['the label last', text, {}, 'an example: 1, 2, x'],
    ['the label named by its number', 'x,1,2\ny,3,4\n', { label: '1' }, 'an example: x, 1, 2'],
    ['a missing cell', '1,,x\n3,4,y\n', {}, 'an example: 1, , x'],
    ['labels that are numbers', '1,2,0\n3,4,1\n', {}, 'numbers: 1, 2, 0'],
    ['features that a model wants', text, { features: ['a', 'b'] }, 'an example: 1, 2, x'],
  ])('is not read short of its first example: %s', (_, content, options, got) => {
    expect(said(() => loadCsv(content, options))).toBe(
      `line 1: expected names of columns, got ${got}; put a line of names first`,
    )
  })

  it('keeps every example where it is said that there is none', () => {
    const { x, lines, features, y } = loadCsv(text, { header: false })
    expect([...x.data]).toEqual([1, 2, 3, 4, 5, 6])
    expect([[...lines], [...features], [...y]]).toEqual([
      [1, 2, 3],
      ['1', '2'],
      [-1, 1, -1],
    ])
    const first = loadCsv('x,1,2\ny,3,4\n', { header: false, label: '1' })
    expect([[...first.features], [...first.x.data]]).toEqual([
      ['2', '3'],
      [1, 2, 3, 4],
    ])
  })

  it('is distinguished from names that are numbers by an option, or by the model', () => {
    const named = '1,2,k\n3,4,y\n5,6,x\n'
    expect(loadCsv(named, { header: true }).x.rows).toBe(2)
    expect([...loadCsv(named, { features: ['2', '1'] }).x.data]).toEqual([4, 3, 6, 5])
    expect(loadCsv('a,2,k\n3,4,y\n5,6,x\n').features).toEqual(['a', '2'])
  })

  it('names who wants a feature', () => {
    const options = { features: ['b'], wantedBy: 'train.csv' }
    expect(said(() => loadCsv('a,k\n1,x\n', options))).toBe(
      'line 1: expected a feature of train.csv, "b", got columns "a", "k"; check the name',
    )
  })
})
