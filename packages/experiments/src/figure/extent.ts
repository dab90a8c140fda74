import type { Axis, Mark, Panel } from './figure.js'
import type { Reader } from './columns.js'
import { scaleOf, type Scale } from './scale.js'

/** The scales of a panel: its own domains, the edges of its map, or what holds all its marks. */
export function scalesOf(panel: Panel, read: Reader): { readonly x: Scale; readonly y: Scale } {
  const maps = panel.marks.filter((mark) => mark.mark === 'contour')
  if (maps.length > 0)
    return {
      x: scaleOf(
        panel.x,
        maps.flatMap((mark) => mark.x),
        { tight: true },
      ),
      y: scaleOf(
        panel.y,
        maps.flatMap((mark) => mark.y),
        { tight: true },
      ),
    }
  return {
    x: scaleOfMarks(panel.x, panel.marks, xColumns, read),
    y: scaleOfMarks(panel.y, panel.marks, yColumns, read),
  }
}

function scaleOfMarks(
  axis: Axis,
  marks: readonly Mark[],
  columns: (mark: Mark) => readonly string[],
  read: Reader,
): Scale {
  const values = (some: readonly Mark[]): (number | null)[] =>
    some.flatMap((mark) => valuesOf(mark, columns(mark), read))
  // texts stand where there is room
  const whole = counts(values(marks.filter(({ mark }) => mark !== 'text')))
  return scaleOf(axis, values(marks), { whole })
}

/**
 * Whether values are counts: whole numbers only, and not only 0 and 1, which may be fractions, too.
 */
const counts = (values: readonly (number | null)[]): boolean =>
  values.every((value) => value === null || Number.isInteger(value)) &&
  values.some((value) => value !== null && Math.abs(value) > 1)

const valuesOf = (mark: Mark, columns: readonly string[], read: Reader): (number | null)[] =>
  columns.flatMap((column) => read.numbers(mark, column))

function xColumns(mark: Mark): readonly string[] {
  return 'x' in mark && typeof mark.x === 'string' ? [mark.x] : []
}

function yColumns(mark: Mark): readonly string[] {
  switch (mark.mark) {
    case 'line':
    case 'dot':
    case 'text':
    case 'rule-y':
      return [mark.y]
    case 'area':
    case 'interval':
      return [mark.y1, mark.y2]
    case 'rule-x':
    case 'contour':
      return []
  }
}
