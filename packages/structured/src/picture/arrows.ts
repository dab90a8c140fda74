import type { Relation } from '../recall/scene.js'
import type { PlacedLabel, Taken } from './place-labels.js'
import { number } from './svg-text.js'

/** An arrow from one name to another. */
export interface Arrow {
  readonly subject: number
  readonly predicates: readonly number[]
  readonly path: string
  /** where its own name belongs */
  readonly at: readonly [number, number]
  /** what its head takes */
  readonly head: Taken
}

/** Pixels of a head, along and across. */
const HEAD = 13

type Point = readonly [x: number, y: number]

/**
 * One bent arrow from tag to tag for each ordered pair with a relation, so that there and back are
 * two.
 */
export function arrowsOf(
  relations: readonly Relation[],
  tags: readonly PlacedLabel[],
  { width, height }: { readonly width: number; readonly height: number },
): Arrow[] {
  // a curve stays among its three points, so that it is inside the picture if they are
  const between = (x: number, most: number): number => Math.max(0, Math.min(x, most))
  const pairs = new Map<string, { s: number; o: number; predicates: Set<number> }>()
  for (const [s, o, p] of relations) {
    const pair = pairs.get(`${s} ${o}`) ?? { s, o, predicates: new Set<number>() }
    pair.predicates.add(p)
    pairs.set(`${s} ${o}`, pair)
  }
  return [...pairs.values()].map(({ s, o, predicates }) => {
    const [from, to] = [centre(tags[s]), centre(tags[o])]
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
    const far = Math.sqrt(dx * dx + dy * dy)
    // tags that are near need a wide bend, or the name would hide its arrow
    const bend = Math.max(0.18 * far, 90 - 0.42 * far)
    const [ux, uy] = far < 1 ? [1, 0] : [-dy / far, dx / far]
    const control: Point = [
      between((from[0] + to[0]) / 2 + bend * ux, width),
      between((from[1] + to[1]) / 2 + bend * uy, height),
    ]
    const [a, b] = [border(tags[s], control, 0), border(tags[o], control, 3)]
    return {
      subject: s,
      predicates: [...predicates].sort((p, q) => p - q),
      path: `M${point(a)}Q${point(control)} ${point(b)}`,
      head: headAt(b, control),
      at: [(a[0] + 2 * control[0] + b[0]) / 4, (a[1] + 2 * control[1] + b[1]) / 4],
    }
  })
}

const point = ([x, y]: Point): string => `${number(x)} ${number(y)}`

/** The square around a head whose tip is at b, on the way from a point. */
function headAt([x, y]: Point, from: Point): Taken {
  const [dx, dy] = [from[0] - x, from[1] - y]
  const far = Math.max(1, Math.sqrt(dx * dx + dy * dy))
  const [cx, cy] = [x + (HEAD / 2) * (dx / far), y + (HEAD / 2) * (dy / far)]
  return { left: cx - HEAD / 2, top: cy - HEAD / 2, wide: HEAD, high: HEAD }
}

const centre = ({ left, top, wide, high }: PlacedLabel): Point => [left + wide / 2, top + high / 2]

/** Where the line from the middle of a tag to a point leaves it, and a little further. */
function border(tag: PlacedLabel, towards: Point, gap: number): Point {
  const [x, y] = centre(tag)
  const [dx, dy] = [towards[0] - x, towards[1] - y]
  const share = Math.min(
    (tag.wide / 2 + gap) / Math.max(Math.abs(dx), 1e-9),
    (tag.high / 2 + gap) / Math.max(Math.abs(dy), 1e-9),
  )
  return share >= 1 ? [x, y] : [x + share * dx, y + share * dy]
}
