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

  it('is wider than the room rather than unreadable', () => {
    expect(printColumns(columns, rows, { room: 5 })[0]).toBe('name       T  meaning')
  })
})
