import * as Plot from '@observablehq/plot'
import { escapeXml } from '@nonconvex/structured/drawing'
import type { Reader } from './columns.js'
import type { KeyedMark, Mark, Panel } from './figure.js'
import { fontSize, textWidth } from './labels.js'
import { plotMarks, type Brush } from './marks.js'
import { serialize, type IdMap } from './serialize.js'

/** A name with all its marks, drawn over each other. */
export interface KeyEntry {
  readonly name: string
  readonly marks: readonly KeyedMark[]
  /** in pixels of the panel */
  readonly left: number
}

/** height of a line of the key, and of the gap below the last, in pixels */
export const keyStep = 16
export const keyGap = 5
const sample = { width: 20, height: 12 }
const between = 14

const keyed = (mark: Mark): mark is KeyedMark => mark.mark !== 'text' && mark.mark !== 'contour'

/** Whether there is anything to see of a mark. */
const has = (mark: KeyedMark, read: Reader): boolean =>
  read.numbers(mark, 'x' in mark ? mark.x : mark.y).some((value) => value !== null)

/**
 * The key of what a panel shows, in lines that fit its width; a name wider than the panel stands
 * alone.
 */
export function keyOf({ marks }: Panel, read: Reader, width: number): KeyEntry[][] {
  const named = new Map<string, KeyedMark[]>()
  for (const mark of marks)
    if (keyed(mark) && mark.key !== undefined && has(mark, read))
      named.set(mark.key, [...(named.get(mark.key) ?? []), mark])
  const lines: KeyEntry[][] = []
  let end = Infinity
  for (const [name, own] of named) {
    const wide = sample.width + 5 + textWidth(name)
    const fits = end + between + wide <= width
    const left = fits ? end + between : 0
    const entry = { name, marks: own, left }
    if (fits) lines[lines.length - 1].push(entry)
    else lines.push([entry])
    end = left + wide
  }
  return lines
}

/** One line of a key, its middle at this height of the panel. */
export function keyText(
  line: readonly KeyEntry[],
  middle: number,
  brush: Brush,
  ids: IdMap,
  document: Document,
): string {
  return line
    .map(({ name, marks, left }) => {
      const plot = Plot.plot({
        document,
        className: 'nonconvex-figure',
        ...sample,
        margin: 0,
        x: { domain: [0, 1], axis: null },
        y: { domain: [0, 1], axis: null },
        marks: marks.flatMap((mark) =>
          plotMarks(mark, { theme: brush.theme, read: samples, x: unit, y: unit }),
        ),
      })
      const drawn = Array.from(plot.children).map((child) => serialize(child, ids))
      const [x, top] = [Math.round(left * 100) / 100, middle - sample.height / 2]
      return (
        `<g transform="translate(${x},${top})">${drawn.join('')}` +
        `<text x="${sample.width + 5}" y="${sample.height / 2}" dy="0.32em" text-anchor="start"` +
        ` font-size="${fontSize}">${escapeXml(name)}</text></g>`
      )
    })
    .join('')
}

const unit = { log: false, domain: [0, 1], whole: false } as const

/** What a mark of the key reads in place of its data: one of its kind, in the unit square. */
const samples: Reader = {
  numbers(mark, column) {
    if (mark.mark === 'line') return column === mark.x ? [0, 1] : [0.5, 0.5]
    if (mark.mark === 'area')
      return column === mark.x ? [0, 1] : column === mark.y1 ? [0, 0] : [1, 1]
    if (mark.mark === 'interval')
      return [column === mark.x ? 0.5 : column === mark.y1 ? 0.05 : 0.95]
    return [0.5]
  },
  texts: () => ['', ''],
}
