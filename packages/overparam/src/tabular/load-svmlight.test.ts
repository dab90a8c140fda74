import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { said } from '../../test/said.js'
import { DataError, loadSvmlight } from './index.js'

describe('loadSvmlight', () => {
  it('reads labels, pairs, comments, query ids and empty rows', () => {
    const table = loadSvmlight('# head\n+1 qid:3 1:0.5 3:2 # tail\r\n-1\n\n-1 2:1e0\n')
    expect(table.x).toEqual({
      rows: 3,
      cols: 3,
      data: Float64Array.of(0.5, 0, 2, 0, 0, 0, 0, 1, 0),
    })
    expect(Array.from(table.y)).toEqual([1, -1, -1])
    expect(Array.from(table.lines)).toEqual([2, 3, 5])
  })

  it('keeps to the number of features of a model', () => {
    expect(loadSvmlight('1 1:1 9:4\n0 2:1\n', { features: 2 }).x.data).toEqual(
      Float64Array.of(1, 0, 0, 1),
    )
  })

  it.each([
    ['', 'expected examples, got an empty file; give a file with rows'],
    [
      '1 0:3\n',
      'line 1, column 2: expected feature:value with a feature number from 1, got "0:3"; correct it',
    ],
    [
      '1 a:3\n',
      'line 1, column 2: expected feature:value with a feature number from 1, got "a:3"; correct it',
    ],
    [
      '1 7\n',
      'line 1, column 2: expected feature:value with a feature number from 1, got "7"; correct it',
    ],
    [
      '1 2:1 2:1\n',
      'line 1, column 3: expected ascending feature numbers, got 2 after 2; sort the line',
    ],
    ['1 2:x\n', 'line 1, column 2: expected a number, got "x"; correct it, or drop the feature'],
    [
      '1 1:1\n2 1:1\n3 1:2\n',
      'line 3: expected two labels, got a third: "1" on line 1, "2" on line 2, "3" on line 3; choose the positive labels',
    ],
    [
      '1 900000000:1\n',
      'line 1: expected feature numbers up to 2097152, got 900000000; number the features that occur from 1',
    ],
  ])('refuses %j', (text, message) => {
    expect(said(() => loadSvmlight(text))).toBe(message)
  })

  it('gives the table that was written, or a DataError on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          expect(loadSvmlight(text).x.data.every(Number.isFinite)).toBe(true)
        } catch (error) {
          if (!(error instanceof DataError)) throw error
        }
      }),
      { numRuns: 500 },
    )
    const value = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 9 }), (rows) => {
        const text = rows.map(([a, b], i) => `${i % 2} 1:${a} 2:${b}`).join('\n')
        const { x } = loadSvmlight(text, { features: 2 })
        expect([...x.data].map((v) => v + 0)).toEqual(rows.flat().map((v) => v + 0))
      }),
    )
  })
})
