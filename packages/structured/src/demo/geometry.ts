import type { Stream } from '@nonconvex/tensor'
import type { Box } from '../recall/boxes.js'
import { demoVocabulary, type PredicateName } from './names.js'

/** Size of every image, in pixels. */
export const imageSize = { width: 640, height: 480 } as const

/** The smallest side of a box, in pixels. */
export const LEAST = 4

const wide = ([x1, , x2]: Box): number => x2 - x1
const high = ([, y1, , y2]: Box): number => y2 - y1
const middle = ([x1, , x2]: Box): number => (x1 + x2) / 2
const center = ([, y1, , y2]: Box): number => (y1 + y2) / 2

const shared = (a: Box, b: Box): number => Math.min(a[2], b[2]) - Math.max(a[0], b[0])
const overlap = (a: Box, b: Box): boolean =>
  shared(a, b) > 0 && Math.min(a[3], b[3]) > Math.max(a[1], b[1])
const inside = (a: Box, b: Box): boolean =>
  a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3]
/** More than half of the narrower one has the other above or below it. */
const inLine = (a: Box, b: Box): boolean => shared(a, b) > 0.5 * Math.min(wide(a), wide(b))

const ALIGNED = 0.2
const TOP = 0.35
const GAP = 0.5
const BOTTOM = 0.15
const HAND = 0.25

const rests = (s: Box, o: Box): boolean =>
  s[3] >= o[1] &&
  s[3] <= center(o) &&
  Math.abs(middle(s) - middle(o)) <= ALIGNED * Math.max(wide(s), wide(o))
const over = (s: Box, o: Box): boolean => s[3] <= center(o) && s[1] < o[1] && inLine(s, o)
const before = (s: Box, o: Box): boolean => overlap(s, o) && s[3] > o[3]
const near = (s: Box, o: Box): boolean =>
  -shared(s, o) < GAP * Math.max(wide(s), wide(o)) &&
  Math.abs(s[3] - o[3]) <= BOTTOM * Math.max(high(s), high(o))
const holds = (s: Box, o: Box): boolean =>
  overlap(s, o) &&
  Math.abs(center(o) - center(s)) <= 0.2 * high(s) &&
  Math.min(Math.abs(middle(o) - s[0]), Math.abs(middle(o) - s[2])) <= HAND * wide(s)

const rules: { readonly [name in PredicateName]: (s: Box, o: Box) => boolean } = {
  on: rests,
  'sitting on': rests,
  riding: rests,
  holding: holds,
  has: (s, o) => inside(o, s),
  near,
  'in front of': before,
  behind: (s, o) => before(o, s),
  above: over,
  under: (s, o) => over(o, s),
  wearing: (s, o) => inside(o, s) && o[3] <= s[1] + TOP * high(s),
}

const nameOf = (predicate: number): PredicateName =>
  demoVocabulary.predicates[predicate] as PredicateName

/** Whether two boxes have the geometry of a predicate. */
export const fits = (predicate: number, subject: Box, object: Box): boolean =>
  rules[nameOf(predicate)](subject, object)

const area = (box: Box): number => wide(box) * high(box)

/** Sizes that differ more are not compared: nobody writes that a ball is near a building. */
const ALIKE = 6

/**
 * Relations that follow from the boxes alone: the smaller object is near the other if they are side
 * by side, an object is above another if it is wholly over it, by at most half its own height.
 * Stricter than `fits`; otherwise almost every pair would be related.
 */
export function seenBetween(s: Box, o: Box): PredicateName | undefined {
  if (s[3] <= o[1] && inLine(s, o) && o[1] - s[3] <= high(s) / 2) return 'above'
  const smaller = area(s) < area(o) && ALIKE * area(s) >= area(o)
  return smaller && shared(s, o) <= 0 && near(s, o) ? 'near' : undefined
}

/** Predicates whose object must be new: inside, or held by, an existing subject. */
export const needsSubject = (predicate: number): boolean =>
  ['wearing', 'holding', 'has'].includes(nameOf(predicate))

type Size = readonly [width: number, height: number]

const between = (source: Stream, low: number, up: number): number =>
  low + (up - low) * source.uniform()

/** From the middle of the box's bottom. */
const standing = (x: number, bottom: number, [w, h]: Size): Box => [
  x - w / 2,
  bottom - h,
  x + w / 2,
  bottom,
]

/**
 * A position of a new object of this size for which the predicate holds; neither clipped to the
 * image nor checked.
 *
 * @param there - box of the other end
 * @param role - of the new object
 */
export function proposed(
  predicate: number,
  role: 'subject' | 'object',
  there: Box,
  size: Size,
  source: Stream,
): Box {
  const [w, h] = size
  const name = nameOf(predicate)
  const aside = (fraction: number): number =>
    middle(there) + between(source, -fraction, fraction) * Math.max(w, wide(there))
  const subject = role === 'subject'
  switch (name) {
    case 'on':
    case 'sitting on':
    case 'riding': {
      const x = aside(ALIGNED)
      return subject
        ? standing(x, there[1] + between(source, 0, 0.5) * high(there), size)
        : standing(x, there[3] + h - between(source, 0, 0.5) * h, size)
    }
    case 'wearing':
    case 'has': {
      const room = name === 'wearing' ? TOP * high(there) : high(there)
      const own: Size = [Math.min(w, 0.8 * wide(there)), Math.min(h, 0.7 * room)]
      const x = between(source, there[0] + own[0] / 2, there[2] - own[0] / 2)
      return standing(x, between(source, there[1] + own[1], there[1] + room), own)
    }
    case 'holding': {
      const side = source.integer(2) === 0 ? there[0] : there[2]
      const x = side + between(source, -HAND, HAND) * wide(there)
      return standing(x, center(there) + h / 2 + between(source, -0.2, 0.2) * high(there), size)
    }
    case 'near': {
      const gap = between(source, 0, GAP) * Math.max(w, wide(there))
      const x = source.integer(2) === 0 ? there[0] - gap - w / 2 : there[2] + gap + w / 2
      const shift = between(source, -BOTTOM, BOTTOM) * Math.max(h, high(there))
      return standing(x, there[3] + shift, size)
    }
    case 'above':
    case 'under':
      return subject === (name === 'above')
        ? standing(aside(0.25), there[1] - between(source, 0, 0.6) * h, size)
        : standing(aside(0.25), there[3] + between(source, 0.6, 1.4) * h, size)
    case 'in front of':
    case 'behind': {
      const x = middle(there) + between(source, -0.5, 0.5) * wide(there)
      return subject === (name === 'in front of')
        ? standing(x, there[3] + between(source, 0.02, 0.3) * h, size)
        : standing(x, there[3] - between(source, 0.02, 0.3) * h, size)
    }
  }
}

/** Integer pixels, clipped to the image; undefined if narrower or lower than `LEAST`. */
export function inImage([x1, y1, x2, y2]: Box): Box | undefined {
  const cut = (x: number, most: number): number => Math.min(Math.max(Math.round(x), 0), most)
  const { width, height } = imageSize
  const box = [cut(x1, width), cut(y1, height), cut(x2, width), cut(y2, height)] as const
  return wide(box) < LEAST || high(box) < LEAST ? undefined : box
}

/** A random size near that of the class: sides from 0.8 to 1.25 of it. */
export const someSize = ([w, h]: Size, source: Stream): Size => [
  w * imageSize.height * between(source, 0.8, 1.25),
  h * imageSize.height * between(source, 0.8, 1.25),
]

/** A random position on the ground or in the sky, as for its class, inside the image. */
export function anywhere(size: Size, [low, up]: readonly [number, number], source: Stream): Box {
  const { width, height } = imageSize
  const w = Math.min(size[0], width)
  const x = between(source, w / 2, width - w / 2)
  return standing(x, Math.max(size[1], between(source, low, up) * height), [w, size[1]])
}
