import {
  arrowBetween,
  overlapArea,
  placeLabels,
  pointOn,
  textWidth,
  type Arrow,
  type Point,
  type Rect,
} from '@nonconvex/structured/drawing'

/**
 * Widths of the fonts that may be used, in parts of the widest: of Source Sans, and of whatever a
 * reader has.
 */
export const fontWidth = { page: 0.85, anywhere: 1 } as const

/** The width of a bold text, from above. */
export const tagWidth = (text: string, font: number, relative: number = fontWidth.page): number =>
  textWidth(text, font * relative, true)

interface Room {
  readonly width: number
  readonly height: number
}

const overlap = (place: Rect, others: readonly Rect[]): number =>
  others.reduce((sum, other) => sum + overlapArea(place, other), 0)

/**
 * Places the tags of objects: each at a corner of its own box, where it covers as little as possible
 * of the tags before it. Small boxes come first, since they have the least choice. The order of the
 * objects does not matter.
 *
 * @param widths - of the tags
 * @param height - of a tag
 */
export function placeTags(
  boxes: readonly Rect[],
  widths: readonly number[],
  room: Room,
  height: number,
): Rect[] {
  const order = bySize(boxes)
  const candidates = (i: number): Rect[] => {
    const box = boxes[i]
    const width = Math.min(widths[i], room.width)
    const lefts = [box.left, box.left + (box.width - width) / 2, box.left + box.width - width]
    const foot = box.top + box.height
    const tops = [
      box.top - height,
      box.top,
      foot,
      foot - height,
      box.top - 2 * height - 1,
      foot + height + 1,
    ]
    return tops.flatMap((top) =>
      lefts.map((left) => ({
        left: clamp(left, room.width - width),
        top: clamp(top, room.height - height),
        width,
        height,
      })),
    )
  }
  const placed = placeLabels(order, candidates, overlap)
  const of = new Map(order.map((i, at) => [i, placed[at]]))
  return boxes.map((box, i) => of.get(i) ?? box)
}

/** Numbers of boxes by area, then from top to bottom and from left to right. */
export function bySize(boxes: readonly Rect[]): number[] {
  const area = ({ width, height }: Rect): number => width * height
  return Array.from(boxes.keys()).sort(
    (a, b) =>
      area(boxes[a]) - area(boxes[b]) ||
      boxes[a].top - boxes[b].top ||
      boxes[a].left - boxes[b].left ||
      boxes[a].width - boxes[b].width,
  )
}

const clamp = (x: number, most: number): number => Math.max(0, Math.min(x, most))

/** An arrow from tag to tag. */
export const arrowOf = (a: Rect, b: Rect, room: Room): Arrow =>
  arrowBetween(a, b, {
    ...room,
    bend: (distance) => Math.max(0.14 * distance, 36 - 0.3 * distance),
    gaps: [1, 3],
  })

/**
 * Places the names of arrows: near that fraction of the way of each, where it covers as little as
 * possible of tags and of the names before it.
 */
export function placeNames(
  arrows: readonly { readonly arrow: Arrow; readonly text: string }[],
  tags: readonly Rect[],
  near = 0.5,
): Point[] {
  const candidates = ({ arrow, text }: (typeof arrows)[number]): Rect[] => {
    const width = tagWidth(text, NAME)
    return [0, -0.08, 0.08, -0.16, 0.16, -0.24, 0.24].map((off) => {
      const [x, y] = pointOn(arrow, near + off)
      return { left: x - width / 2, top: y - NAME / 2, width, height: NAME }
    })
  }
  return placeLabels(arrows, candidates, (place, placed) =>
    overlap(place, [...tags, ...placed]),
  ).map(({ left, top, width, height }) => [left + width / 2, top + height / 2])
}

/** Size of a name's letters, with some room. */
const NAME = 12
