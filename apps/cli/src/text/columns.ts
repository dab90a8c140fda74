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

/**
 * A table for a terminal: a heading line, then rows, two spaces between columns, no rules. Where
 * there is less room, texts are wrapped, then headings of numbers; what is still too wide is split
 * into tables below each other that repeat the first column.
 */
export function printColumns(
  columns: readonly PrintedColumn[],
  rows: readonly (readonly string[])[],
  { room = Infinity, heading = (text) => text }: PrintOptions = {},
): Line[] {
  const measured = columns.map((column, j) =>
    measure(column, [column.title, ...rows.map((row) => row[j])]),
  )
  return blocks(measured, room).flatMap((block, i) => {
    const widths = fit(
      block.map((j) => measured[j]),
      room,
    )
    const lines = (cells: readonly string[]): string[] => {
      const wrapped = block.map((j, at) =>
        width(cells[j]) > widths[at] ? wrap(cells[j], widths[at]) : [cells[j]],
      )
      const height = Math.max(...wrapped.map((cell) => cell.length))
      return Array.from({ length: height }, (_, line) =>
        wrapped
          .map((cell, at) => pad(cell[line] ?? '', widths[at], columns[block[at]].align))
          .join(' '.repeat(gap))
          .trimEnd(),
      )
    }
    const titled = columns.some(({ title }) => title !== '')
    return [
      ...(i > 0 ? [''] : []),
      ...(titled ? lines(columns.map(({ title }) => title)).map(heading) : []),
      ...rows.flatMap(lines),
    ]
  })
}

/** Widths of a column: with nothing wrapped, with texts wrapped, with headings wrapped, too. */
type Widths = readonly [natural: number, wrapped: number, least: number]

const longestWord = (texts: readonly string[]): number =>
  Math.max(...texts.flatMap((text) => text.split(' ')).map(width))

function measure({ align }: PrintedColumn, cells: readonly string[]): Widths {
  const natural = Math.max(...cells.map(width))
  if (align !== 'right') {
    const least = Math.min(natural, Math.max(narrowest, longestWord(cells)))
    return [natural, least, least]
  }
  const [title, ...values] = cells
  return [natural, natural, Math.max(longestWord([title]), ...values.map(width))]
}

const total = (widths: readonly number[]): number =>
  widths.reduce((sum, each) => sum + each + gap, -gap)

/** The columns of each table: one, where all of them fit. */
function blocks(measured: readonly Widths[], room: number): readonly (readonly number[])[] {
  const found: number[][] = []
  let block: number[] = []
  for (const j of measured.keys()) {
    const least = [...block, j].map((at) => measured[at][2])
    if (block.length > 1 && total(least) > room) {
      found.push(block)
      block = [0]
    }
    block.push(j)
  }
  return [...found, block]
}

/** Takes what is too wide from the widest columns: from texts first, then from headings. */
function fit(measured: readonly Widths[], room: number): number[] {
  const widths = measured.map(([natural]) => natural)
  for (const stage of [1, 2] as const)
    while (total(widths) > room) {
      const candidates = widths.map((each, j) => (each > measured[j][stage] ? each : 0))
      const widest = Math.max(...candidates)
      if (widest === 0) break
      widths[candidates.indexOf(widest)] -= 1
    }
  return widths
}
