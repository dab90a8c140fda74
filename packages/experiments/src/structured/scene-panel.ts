import { overlapArea, placeLabels, textWidth, type Rect } from '@nonconvex/structured/drawing'
import type { Panel, Tone } from '../figure/figure.js'
import { label, line, xy, type Layer, type Point } from '../figure/layers.js'

/** Boxes [x₁, y₁, x₂, y₂] of a synthetic scene, in pixels. */
export type Boxes = readonly (readonly number[])[]

const HEIGHT = 480

/** A point of the image as a height over its bottom. */
export const point = (x: number, y: number): Point & { x: number; y: number } => ({
  x,
  y: HEIGHT - y,
})

export const middle = ([x1, y1, x2, y2]: readonly number[]) => point((x1 + x2) / 2, (y1 + y2) / 2)

/** Outlines of boxes, one closed line each. */
export const outlines = (boxes: Boxes): Layer =>
  line(
    'boxes',
    boxes.flatMap(([x1, y1, x2, y2], i) =>
      [point(x1, y1), point(x2, y1), point(x2, y2), point(x1, y2), point(x1, y1)].map((corner) => ({
        ...corner,
        box: `${i}`,
      })),
    ),
    { ...xy, group: ({ box }) => box },
    { tone: 'soft', width: 1 },
  )

/** What the drawing shows: all boxes, with room for their names. */
export function frameOf(boxes: Boxes): Pick<Panel, 'x' | 'y' | 'square' | 'bare'> {
  const [left, top] = [0, 1].map((i) => Math.min(...boxes.map((box) => box[i])) - ROOM)
  const [right, bottom] = [2, 3].map((i) => Math.max(...boxes.map((box) => box[i])) + ROOM)
  return {
    x: { label: '', domain: [left, right] },
    y: { label: '', domain: [HEIGHT - bottom, HEIGHT - top] },
    square: true,
    bare: true,
  }
}

const ROOM = 30
/** of a text, in pixels of the image, which is drawn at about half its size */
const TYPE = { size: 21, height: 26 }

/** A text and where its middle may be, the preferred place first. */
export interface Name {
  readonly text: string
  readonly tone: Tone
  readonly bold: boolean
  readonly places: readonly { readonly x: number; readonly y: number }[]
}

/** Texts with as little overlap as possible, of each other and of dots. */
export function apart(names: readonly Name[], ends: readonly Point[]): Layer[] {
  const rect = (text: string, x: number, y: number): Rect => {
    const width = textWidth(text, TYPE.size, true)
    return { left: x - width / 2, top: y - TYPE.height / 2, width, height: TYPE.height }
  }
  const dotsTaken = ends.map(({ x, y }) => ({ rect: rect('o', x ?? 0, y ?? 0) }))
  const placed = placeLabels(
    names,
    ({ places, ...name }) =>
      places.map(({ x, y }) => ({ ...name, x, y, rect: rect(name.text, x, y) })),
    (at, others) =>
      [...dotsTaken, ...others].reduce((sum, one) => sum + overlapArea(at.rect, one.rect), 0),
  )
  return placed.map(({ text, x, y, tone, bold }, i) =>
    label(`name${i}`, text, [x, y], { tone, bold }),
  )
}

/** A name of each box: inside or outside of its upper or lower edge, in the middle or at a side. */
export const namesOf = (boxes: Boxes, text: (i: number) => string): Name[] =>
  boxes.map(([x1, y1, x2, y2], i) => {
    const half = Math.min((x2 - x1) / 2, textWidth(text(i), TYPE.size, true) / 2)
    const xs = [(x1 + x2) / 2, x1 + half, x2 - half]
    const ys = [y1 + 16, y2 - 16, y1 - 14, y2 + 14]
    return {
      text: text(i),
      tone: 'ink',
      bold: true,
      places: ys.flatMap((y) => xs.map((x) => point(x, y))),
    }
  })
