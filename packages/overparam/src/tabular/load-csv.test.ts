import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { againstRest, CsvReader, DataError, loadCsv, type Example } from './index.js'

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

  it('keeps more labels than two as classes: each against the rest, numbered as in another file', () => {
    const text = (...values: string[]) => `a,k\n${values.map((label) => `1,${label}`).join('\n')}`
    const { several, y, classes, ...all } = loadCsv(text('10', '9', 'b', '10'), { classes: 'all' })
    expect(several).toEqual({ names: ['9', '10', 'b'], of: Float64Array.of(2, 1, 3, 2) })
    expect([Array.from(y), classes.positive]).toEqual([[-1, 1, -1, -1], ['9']])
    const table = { ...all, y, classes, ...(several && { several }) }
    const third = againstRest(table, 3)
    expect(third.several).toBeUndefined()
    expect([Array.from(third.y), third.classes]).toEqual([
      [-1, -1, 1, -1],
      { positive: ['b'], negative: ['9', '10'], rest: true },
    ])
    const test = loadCsv(text('10', 'new'), { classes: ['9', '10', 'b'] })
    expect(Array.from(test.several?.of ?? [])).toEqual([2, 0])
    expect([1, 2, 3].map((c) => Array.from(againstRest(test, c).y))).toEqual([
      [-1, -1],
      [1, -1],
      [-1, -1],
    ])
    // of two labels, and of chosen ones, everything is as it was
    expect(loadCsv(two, { classes: 'all' })).toEqual(loadCsv(two))
    const chosen = { positive: ['9'] }
    expect(loadCsv(text('10', '9', 'b'), { ...chosen, classes: 'all' }).several).toBeUndefined()
    expect(() => againstRest(loadCsv(two), 1)).toThrow(/^againstRest: expected number /)
    for (const number of [0, 4, 1.5]) expect(() => againstRest(table, number)).toThrow(/number/)
  })

  it('refuses the 101st class with its line: real values are no labels', () => {
    const rows = Array.from({ length: 101 }, (_, i) => `1,${i / 8}`)
    const text = (count: number) => ['a,y', ...rows.slice(0, count)].join('\n')
    expect(loadCsv(text(100), { classes: 'all' }).several?.names).toHaveLength(100)
    expect(() => loadCsv(text(101), { classes: 'all' })).toThrow(
      /^line 102: expected at most 100 labels in column "y", got one more: "12.5"; /,
    )
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
