import { describe, expect, it } from 'vitest'
import { printColumns } from './columns.js'
import { lineText } from './printed.js'
import { width } from './wrap.js'

const columns = [{ title: 'name' }, { title: 'T', align: 'right' as const }, { title: 'meaning' }]
const rows = [
  ['start', '64', 'the first number, which is then halved until it is below one'],
  ['x', '1,024', 'short'],
]

describe('printColumns', () => {
  it('lines up columns, numbers to the right', () => {
    expect(
      printColumns(columns, [
        ['a', '64', 'b'],
        ['bc', '1,024', 'd'],
      ]),
    ).toEqual(['name      T  meaning', 'a        64  b', 'bc    1,024  d'])
  })

  it('wraps the widest text where there is less room, and never a number', () => {
    const lines = printColumns(columns, rows, { room: 40 }).map(lineText)
    expect(lines.every((line) => width(line) <= 40)).toBe(true)
    expect(lines.join(' ').replace(/ +/g, ' ')).toContain('start 64 the first number, which is')
    expect(lines).toContain('x      1,024  short')
  })

  it('wraps headings of numbers where texts are not enough', () => {
    const numbers = [
      { title: '' },
      { title: 'largest of all eigenvalues', align: 'right' as const },
    ]
    expect(printColumns(numbers, [['x', '−0.25']], { room: 18 })).toEqual([
      ' largest of all'.padStart(18),
      'eigenvalues'.padStart(18),
      'x' + '−0.25'.padStart(17),
    ])
  })

  it('is split where it is still too wide, and repeats the first column', () => {
    const split = printColumns(columns, rows, { room: 12 }).map(lineText)
    expect(split.slice(0, 4)).toEqual(['name       T', 'start     64', 'x      1,024', ''])
    expect(split[4]).toBe('name   meaning')
    expect(split.filter((line) => line.startsWith('start'))).toHaveLength(2)
  })
})
