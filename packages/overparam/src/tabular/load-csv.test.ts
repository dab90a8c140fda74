import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CsvReader, DataError, loadCsv, type Example } from './index.js'

const two = 'a,b,kind\n1,2,x\n3,4,y\n'

describe('loadCsv', () => {
  it('takes a byte order mark, CRLF, blank lines, quoted cells and a missing last line end', () => {
    const text = '\uFEFF"a",b,"the ""kind"""\r\n1, 2 ,x\r\n\r\n"3",-4.5e1,"y"'
    const table = loadCsv(text)
    expect(table.features).toEqual(['a', 'b'])
    expect(Array.from(table.x.data)).toEqual([1, 2, 3, -45])
    expect(Array.from(table.y)).toEqual([-1, 1])
    expect(Array.from(table.lines)).toEqual([2, 4])
    expect(table.classes).toEqual({ positive: ['y'], negative: ['x'], rest: false })
  })

  it('tells the delimiter from the header', () => {
    for (const delimiter of [',', ';', '\t'] as const)
      expect(loadCsv(two.replaceAll(',', delimiter)).x).toEqual(loadCsv(two).x)
  })

  it('takes the column called label before the last one, another by name or number, and leaves some out', () => {
    expect(loadCsv('Label,a\nno,1\nyes,2\n').features).toEqual(['a'])
    expect(loadCsv(two.replace('kind', 'z'), { label: 'z' }).features).toEqual(['a', 'b'])
    const numbered = 'id,a,b\n7,1,0\n8,2,1\n'
    expect(loadCsv(numbered, { label: '3', drop: ['id'] }).features).toEqual(['a'])
  })

  it('maps labels: the larger number or the later word counts +1, one against the rest, pairs', () => {
    const labels = (values: string[], choice = {}) =>
      loadCsv(`a,label\n${values.map((value) => `1,${value}`).join('\n')}`, choice)
    expect(Array.from(labels(['10', '9']).y)).toEqual([1, -1])
    expect(Array.from(labels(['true', 'false', ''].slice(0, 2)).y)).toEqual([1, -1])
    expect(Array.from(labels(['1', '-1', '+1.0']).y)).toEqual([1, -1, 1])
    const rest = labels(['a', 'b', 'c'], { positive: ['b'] })
    expect(Array.from(rest.y)).toEqual([-1, 1, -1])
    expect(rest.classes.rest).toBe(true)
    const pair = labels(['a', 'b', 'c'], { positive: ['b'], negative: ['c'] })
    expect([Array.from(pair.y), pair.skipped, Array.from(pair.lines)]).toEqual([[1, -1], 1, [3, 4]])
  })

  it('gives the same examples however the text is cut', () => {
    const cell = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.integer().map(String),
    )
    const rows = fc.array(fc.tuple(cell, cell, fc.constantFrom('x', 'y', 'a, "b"\nc')), {
      minLength: 1,
    })
    fc.assert(
      fc.property(
        rows,
        fc.array(fc.nat(200)),
        fc.constantFrom('\n', '\r\n'),
        (content, cuts, end) => {
          const quote = (text: string): string =>
            /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
          const text = ['p,q,label', ...content.map((row) => row.map(quote).join(','))].join(end)
          const whole: Example[] = []
          const keep = (e: Example): number => whole.push({ ...e, values: e.values.slice() })
          const reader = new CsvReader(keep)
          let from = 0
          for (const cut of cuts.sort((a, b) => a - b)) {
            reader.push(text.slice(from, cut))
            from = Math.max(from, Math.min(cut, text.length))
          }
          reader.push(text.slice(from))
          reader.end()
          expect(whole.map((e) => [...e.values])).toEqual(
            content.map(([a, b]) => [Number(a), Number(b)]),
          )
          expect(whole.map((e) => e.label)).toEqual(content.map((row) => row[2]))
        },
      ),
    )
  })

  it('either gives finite numbers and both labels, or a DataError, on any text', () => {
    const piece = fc.constantFrom(
      ',',
      ';',
      '\t',
      '\n',
      '\r\n',
      '"',
      '""',
      '1',
      '-2.5',
      'x',
      'y',
      'a',
      ' ',
      '\uFEFF',
      '\0',
      'NaN',
      '1e400',
    )
    const answers = { loaded: 0, refused: 0 }
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece).map((all) => all.join('')),
          fc.string(),
          fc.array(piece).map((all) => `a,k\n1,x\n2,y\n${all.join('')}`),
        ),
        (text) => {
          try {
            const { x, y, lines, features } = loadCsv(text)
            answers.loaded++
            expect(x.data.every(Number.isFinite)).toBe(true)
            expect(x.data.length).toBe(y.length * features.length)
            expect(lines.length).toBe(y.length)
            expect(new Set(y)).toEqual(new Set([1, -1]))
          } catch (error) {
            if (!(error instanceof DataError)) throw error
            answers.refused++
          }
        },
      ),
      { numRuns: 2000 },
    )
    expect(Math.min(answers.loaded, answers.refused)).toBeGreaterThan(20)
  })

  it('keeps memory bounded where a quote or a line never ends', () => {
    const endless = (text: string): (() => void) => {
      const reader = new CsvReader(() => undefined)
      reader.push('a,k\n')
      return () => {
        for (let i = 0; i < 40; i++) reader.push(text)
      }
    }
    expect(endless('1'.repeat(1 << 20))).toThrow(
      'line 2: expected records of at most 16777216 characters',
    )
    expect(endless(`"${'1'.repeat(1 << 20)}`.replace(/^"/, ''))).toThrow(DataError)
    const open = new CsvReader(() => undefined)
    open.push('a,k\n"')
    expect(() => {
      for (let i = 0; i < 40; i++) open.push(`${'1'.repeat(1 << 20)}\n`)
    }).toThrow(
      'line 2: expected records of at most 16777216 characters, got a longer one; close its quote, or give a text with lines',
    )
  })
})
