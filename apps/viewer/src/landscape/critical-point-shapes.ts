import type { Theme } from '@nonconvex/experiments/figure'
import { overlapArea, placeLabels, textWidth, type Rect } from '@nonconvex/structured/drawing'
import type { CriticalPoint } from './critical-points.js'
import { toPixels, type Frame } from './frame.js'
import { glyph } from './glyph.js'
import type { Shape, TextShape } from './shape.js'

/** Critical points with their names, each name beside its mark where there is room for it. */
export function criticalPointShapes(
  points: readonly CriticalPoint[],
  frame: Frame,
  theme: Theme,
): Shape[] {
  const at = points.map((point) => toPixels(frame, point.at))
  const size = 0.55 * frame.type
  const marks = points.map(({ kind }, i) => glyph(kind, ...at[i], size, theme))
  const reach = 1.3 * size
  const taken = at.map(([x, y]): Rect => ({
    left: x - reach,
    top: y - reach,
    width: 2 * reach,
    height: 2 * reach,
  }))
  const names = placeLabels(
    points.map(({ kind }, i) => ({ text: shortName[kind], at: at[i] })),
    (label) => namesOf(label, frame, theme),
    (name, placed) => {
      const rect = rectOf(name)
      const others = [...taken, ...placed.map(rectOf)]
      return isInside(rect, frame) && others.every((other) => overlapArea(rect, other) === 0)
        ? 0
        : 1
    },
  )
  return [...marks, ...names]
}

/** The name beside a mark in the picture. */
export const shortName: Readonly<Record<CriticalPoint['kind'], string>> = {
  'global minimum': 'teacher w*',
  'local minimum': 'local minimum',
  saddle: 'saddle',
  'local maximum': 'local maximum',
  'non-differentiable': '0',
}

interface Name {
  readonly text: string
  readonly at: readonly [x: number, y: number]
}

/** A name on eight sides of its mark, the right one first. */
function namesOf({ text, at: [x, y] }: Name, { type }: Frame, theme: Theme): TextShape[] {
  const look = {
    kind: 'text',
    text,
    size: type,
    fill: theme.ink,
    rim: theme.paper,
    bold: true,
  } as const
  const sides = [
    [1, 0.35, 'start'],
    [-1, 0.35, 'end'],
    [0, -1, 'middle'],
    [0, 1.75, 'middle'],
    [0.6, -0.7, 'start'],
    [-0.6, -0.7, 'end'],
    [0.6, 1.4, 'start'],
    [-0.6, 1.4, 'end'],
  ] as const
  return sides.map(([dx, dy, anchor]) => ({ ...look, anchor, x: x + dx * type, y: y + dy * type }))
}

/** What a name takes, from above. */
function rectOf({ x, y, text, size, anchor = 'start' }: TextShape): Rect {
  const width = textWidth(text, 0.85 * size)
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return { left, top: y - 0.85 * size, width, height: 1.1 * size }
}

const isInside = (rect: Rect, { left, top, side }: Frame): boolean =>
  rect.left >= left &&
  rect.left + rect.width <= left + side &&
  rect.top >= top &&
  rect.top + rect.height <= top + side
