import type { Mark, Panel } from './figure.js'
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
    x: scaleOf(
      panel.x,
      panel.marks.flatMap((mark) => valuesOf(mark, xColumns(mark), read)),
    ),
    y: scaleOf(
      panel.y,
      panel.marks.flatMap((mark) => valuesOf(mark, yColumns(mark), read)),
    ),
  }
}

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
