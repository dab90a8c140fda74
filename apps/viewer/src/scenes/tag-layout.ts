/** A rectangle in the picture. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly wide: number
  readonly high: number
}

export type Point = readonly [x: number, y: number]

/**
 * Width of a letter in parts of the font's size, generous, since texts are not measured: of Source
 * Sans, and of whatever a reader has.
 */
export const letterWidth = { page: 0.56, anywhere: 0.68 } as const

/** How wide a text is about. */
export const textWidth = (text: string, font: number, letter: number = letterWidth.page): number =>
  text.length * font * letter

/**
 * Where the tags of objects stand: each at a corner of its own box, where it covers as little as
 * possible of the tags before it. Small boxes come first, since they have the least choice. The
 * order in which objects are permutedScene does not matter.
 */
export function placeTags(
  boxes: readonly Place[],
  wides: readonly number[],
  room: { readonly width: number; readonly height: number; readonly high: number },
): Place[] {
  const { width, height, high } = room
  const placed = new Map<number, Place>()
  for (const i of bySize(boxes)) {
    const { x, y, wide: w, high: h } = boxes[i]
    const wide = Math.min(wides[i], width)
    const rights = [x, x + (w - wide) / 2, x + w - wide]
    const tops = [y - high, y, y + h, y + h - high, y - 2 * high - 1, y + h + high + 1]
    const tries = tops.flatMap((top) =>
      rights.map((left) => ({
        x: between(left, width - wide),
        y: between(top, height - high),
        wide,
        high,
      })),
    )
    placed.set(i, least(tries, [...placed.values()]))
  }
  return boxes.map((box, i) => placed.get(i) ?? box)
}

/** Places by area, then from top to bottom and from left to right. */
export function bySize(boxes: readonly Place[]): number[] {
  const area = ({ wide, high }: Place): number => wide * high
  return Array.from(boxes.keys()).sort(
    (a, b) =>
      area(boxes[a]) - area(boxes[b]) ||
      boxes[a].y - boxes[b].y ||
      boxes[a].x - boxes[b].x ||
      boxes[a].wide - boxes[b].wide,
  )
}

/** The place among some that covers the least of others; the first of equals. */
export function least(tries: readonly Place[], others: readonly Place[]): Place {
  const covered = (a: Place): number => others.reduce((sum, b) => sum + common(a, b), 0)
  return tries.reduce((best, each) => (covered(each) < covered(best) - 1e-9 ? each : best))
}

const between = (x: number, most: number): number => Math.max(0, Math.min(x, most))

function common(a: Place, b: Place): number {
  const side = (from: number, long: number, from2: number, long2: number): number =>
    Math.max(0, Math.min(from + long, from2 + long2) - Math.max(from, from2))
  return side(a.x, a.wide, b.x, b.wide) * side(a.y, a.high, b.y, b.high)
}

const center = ({ x, y, wide, high }: Place): Point => [x + wide / 2, y + high / 2]

/** An arrow, bent to one side so that there and back are two. */
export interface Arrow {
  readonly from: Point
  readonly bend: Point
  readonly to: Point
}

/** A point of an arrow, a weight of its way along. */
export function pointOn({ from, bend, to }: Arrow, t: number): Point {
  const at = (k: 0 | 1): number =>
    (1 - t) ** 2 * from[k] + 2 * t * (1 - t) * bend[k] + t ** 2 * to[k]
  return [at(0), at(1)]
}

/** From the border of one tag to that of another. */
export function arrowBetween(
  a: Place,
  b: Place,
  room: { readonly width: number; readonly height: number },
): Arrow {
  const [[ax, ay], [bx, by]] = [center(a), center(b)]
  const [dx, dy] = [bx - ax, by - ay]
  const far = Math.hypot(dx, dy)
  const out = Math.max(0.14 * far, 36 - 0.3 * far)
  const [ux, uy] = far < 1 ? [1, 0] : [-dy / far, dx / far]
  const bend: Point = [
    between((ax + bx) / 2 + out * ux, room.width),
    between((ay + by) / 2 + out * uy, room.height),
  ]
  const [from, to] = [border(a, bend, 1), border(b, bend, 3)]
  return { from, bend, to }
}

/** Where the line from a tag's middle to a point leaves it, and a little further. */
function border(tag: Place, [px, py]: Point, gap: number): Point {
  const [x, y] = center(tag)
  const [dx, dy] = [px - x, py - y]
  const weight = Math.min(
    (tag.wide / 2 + gap) / Math.max(Math.abs(dx), 1e-9),
    (tag.high / 2 + gap) / Math.max(Math.abs(dy), 1e-9),
  )
  return weight >= 1 ? [x, y] : [x + weight * dx, y + weight * dy]
}

/**
 * Where the names of arrows stand: near that weight of the way of each, where it covers as little as
 * possible of tags and of the names before it.
 */
export function placeNames(
  arrows: readonly { readonly arrow: Arrow; readonly text: string }[],
  tags: readonly Place[],
  near = 0.5,
): Point[] {
  const taken = [...tags]
  return arrows.map(({ arrow, text }) => {
    const wide = textWidth(text, NAME)
    const tries = [0, -0.08, 0.08, -0.16, 0.16, -0.24, 0.24].map((off): Place => {
      const [x, y] = pointOn(arrow, near + off)
      return { x: x - wide / 2, y: y - NAME / 2, wide, high: NAME }
    })
    const place = least(tries, taken)
    taken.push(place)
    return center(place)
  })
}

/** Size of a name's letters, with some room. */
const NAME = 12
