import type { Theme } from '@nonconvex/experiments/figure'
import { toPixels, type Frame } from './frame.js'
import { glyph } from './glyph.js'
import type { CriticalPoint } from './critical-points.js'
import type { Box, Shape, TextShape } from './shape.js'

/** Critical points with their names, each name beside its mark where nothing else stands. */
export function criticalPointShapes(
  points: readonly CriticalPoint[],
  frame: Frame,
  theme: Theme,
): Shape[] {
  const at = points.map((place) => toPixels(frame, place.at))
  const size = 0.55 * frame.type
  const taken: Box[] = at.map(([x, y]) => around(x, y, 1.3 * size))
  const marks = points.map(({ kind }, i) => glyph(kind, ...at[i], size, theme))
  const names = points.map(({ kind }, i) => {
    const name = named(shortName[kind], ...at[i], frame, theme, taken)
    taken.push(boxOf(name))
    return name
  })
  return [...marks, ...names]
}

/** What stands beside a mark in the picture. */
export const shortName: Readonly<Record<CriticalPoint['kind'], string>> = {
  'global minimum': 'teacher w*',
  'local minimum': 'local minimum',
  saddle: 'saddle',
  'local maximum': 'peak',
  'no derivative': '0',
}

/** A name at the first of eight sides that is free, else to the right. */
function named(
  text: string,
  x: number,
  y: number,
  frame: Frame,
  theme: Theme,
  taken: readonly Box[],
): TextShape {
  const { type, left, top, side } = frame
  const gap = type
  const at = (dx: number, dy: number, anchor: 'start' | 'middle' | 'end'): TextShape => ({
    kind: 'text',
    text,
    size: type,
    fill: theme.ink,
    rim: theme.paper,
    bold: true,
    anchor,
    x: x + dx,
    y: y + dy,
  })
  const choices = [
    at(gap, 0.35 * type, 'start'),
    at(-gap, 0.35 * type, 'end'),
    at(0, -1 * gap, 'middle'),
    at(0, 1.75 * gap, 'middle'),
    at(0.6 * gap, -0.7 * gap, 'start'),
    at(-0.6 * gap, -0.7 * gap, 'end'),
    at(0.6 * gap, 1.4 * gap, 'start'),
    at(-0.6 * gap, 1.4 * gap, 'end'),
  ]
  const free = choices.find((choice) => {
    const box = boxOf(choice)
    const inside =
      box.left >= left &&
      box.left + box.width <= left + side &&
      box.top >= top &&
      box.top + box.height <= top + side
    return inside && !taken.some((other) => meet(box, other))
  })
  return free ?? choices[0]
}

function around(x: number, y: number, reach: number): Box {
  return { left: x - reach, top: y - reach, width: 2 * reach, height: 2 * reach }
}

/** Where a text stands, taken a little wide: half a size for each letter. */
function boxOf({ x, y, text, size, anchor = 'start' }: TextShape): Box {
  const width = 0.52 * size * text.length
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return { left, top: y - 0.85 * size, width, height: 1.1 * size }
}

function meet(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  )
}
