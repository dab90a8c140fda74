import type { Line } from './printed.js'
import { pad, width, wrap } from './wrap.js'

/** One column of a printed table. */
export interface PrintedColumn {
  readonly title: string
  readonly align?: 'left' | 'right'
}

export interface PrintOptions {
  /** columns of the terminal that the table may take; texts are wrapped to keep to it */
  readonly room?: number
  readonly heading?: (text: string) => Line
}

const gap = 2
/** A column of text is not made narrower than this, or than its longest word. */
const narrowest = 14

/** A table for a terminal: a heading line, then rows, two spaces between columns, no rules. */
export function printColumns(
  columns: readonly PrintedColumn[],
  rows: readonly (readonly string[])[],
  { room = Infinity, heading = (text) => text }: PrintOptions = {},
): Line[] {
  const cellsOf = (j: number) => [columns[j].title, ...rows.map((row) => row[j])]
  const natural = columns.map((_, j) => Math.max(...cellsOf(j).map(width)))
  const least = columns.map(({ align }, j) => {
    const words = cellsOf(j).flatMap((cell) => cell.split(' '))
    return align === 'right' ? natural[j] : Math.max(narrowest, ...words.map(width))
  })
  const widths = fit(natural, least, room)
  const lines = (cells: readonly string[]): string[] => {
    const wrapped = cells.map((cell, j) =>
      width(cell) > widths[j] ? wrap(cell, widths[j]) : [cell],
    )
    const height = Math.max(...wrapped.map((cell) => cell.length))
    return Array.from({ length: height }, (_, i) =>
      wrapped
        .map((cell, j) => pad(cell[i] ?? '', widths[j], columns[j].align))
        .join(' '.repeat(gap))
        .trimEnd(),
    )
  }
  const titled = columns.some(({ title }) => title !== '')
  return [
    ...(titled ? lines(columns.map(({ title }) => title)).map(heading) : []),
    ...rows.flatMap(lines),
  ]
}

/** Takes what is too wide from the widest columns of text; numbers keep their width. */
function fit(natural: readonly number[], least: readonly number[], room: number): number[] {
  const widths = [...natural]
  const total = () => widths.reduce((sum, each) => sum + each + gap, -gap)
  while (total() > room) {
    const candidates = widths.map((each, j) => (each > least[j] ? each : 0))
    const widest = Math.max(...candidates)
    if (widest === 0) break
    widths[candidates.indexOf(widest)] -= 1
  }
  return widths
}
