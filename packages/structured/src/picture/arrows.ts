import type { Relation } from '../recall/scene.js'
import { arrowBetween, type Point, type Rect } from '../drawing/index.js'

/** An arrow between two labels. */
export interface Arrow {
  readonly subject: number
  readonly predicates: readonly number[]
  readonly path: string
  /** position of its own label */
  readonly at: readonly [number, number]
  /** area of its head */
  readonly head: Rect
}

/** Pixels of a head, along and across. */
const HEAD = 13

/** A coordinate, rounded to a tenth of a pixel. */
export const number = (x: number): string => String(Math.round(x * 10) / 10)

/**
 * One bent arrow for each ordered pair with a relation; opposite arrows do not coincide.
 */
export function arrowsOf(
  relations: readonly Relation[],
  tags: readonly Rect[],
  { width, height }: { readonly width: number; readonly height: number },
): Arrow[] {
  const pairs = new Map<string, { s: number; o: number; predicates: Set<number> }>()
  for (const [s, o, p] of relations) {
    const pair = pairs.get(`${s} ${o}`) ?? { s, o, predicates: new Set<number>() }
    pair.predicates.add(p)
    pairs.set(`${s} ${o}`, pair)
  }
  return [...pairs.values()].map(({ s, o, predicates }) => {
    // tags that are near need a wide bend, or the name would hide its arrow
    const { from, bend, to } = arrowBetween(tags[s], tags[o], {
      width,
      height,
      bend: (distance) => Math.max(0.18 * distance, 90 - 0.42 * distance),
      gaps: [0, 3],
    })
    return {
      subject: s,
      predicates: [...predicates].sort((p, q) => p - q),
      path: `M${point(from)}Q${point(bend)} ${point(to)}`,
      head: headAt(to, bend),
      at: [(from[0] + 2 * bend[0] + to[0]) / 4, (from[1] + 2 * bend[1] + to[1]) / 4],
    }
  })
}

const point = ([x, y]: Point): string => `${number(x)} ${number(y)}`

/** The square around a head whose tip is at b, on the way from a point. */
function headAt([x, y]: Point, from: Point): Rect {
  const [dx, dy] = [from[0] - x, from[1] - y]
  const far = Math.max(1, Math.sqrt(dx * dx + dy * dy))
  const [cx, cy] = [x + (HEAD / 2) * (dx / far), y + (HEAD / 2) * (dy / far)]
  return { left: cx - HEAD / 2, top: cy - HEAD / 2, width: HEAD, height: HEAD }
}
