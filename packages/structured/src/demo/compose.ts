import type { Stream } from '@nonconvex/tensor'
import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'
import {
  anywhere,
  fits,
  inImage,
  needsSubject,
  proposed,
  seenBetween,
  someSize,
} from './geometry.js'
import {
  sceneKinds,
  single,
  statureOf,
  type Rule,
  type SceneKind,
  type Weighted,
} from './grammar.js'
import { demoVocabulary, predicateOf } from './names.js'

/** The true content of a scene, before annotation and detection. */
export interface Composition {
  readonly kind: SceneKind
  /** from 1 */
  readonly classes: readonly number[]
  readonly boxes: readonly Box[]
  /** by the grammar */
  readonly ruled: readonly Relation[]
  /** near and above, of pairs without a rule */
  readonly seen: readonly Relation[]
}

/** Smallest and largest number of objects of a scene. */
export const demoObjects = { least: 3, most: 12 } as const

const TRIES = 12

/** Draws an item with probability proportional to its weight. */
export function pick<T extends Weighted>(source: Stream, all: readonly T[]): T | undefined {
  let rest = source.uniform() * all.reduce((sum, { weight }) => sum + weight, 0)
  return all.find(({ weight }) => (rest -= weight) < 0) ?? all[all.length - 1]
}

/** A rule with one existing and one new object. */
export interface Attachment extends Weighted {
  readonly rule: Rule
  readonly there: number
  readonly role: 'subject' | 'object'
}

/**
 * What a subject can do but once: have a place, have something on its head, have something in its
 * hands.
 */
const once = [['on', 'sitting on', 'riding'], ['wearing'], ['holding', 'has']].map((names) =>
  names.map((name) => demoVocabulary.predicates.indexOf(name)),
)

/** All possible attachments of a scene, each (object, rule) once. */
export function attachments(
  { rules }: SceneKind,
  classes: readonly number[],
  ruled: readonly Relation[],
  used: ReadonlySet<string>,
): Attachment[] {
  const busy = (i: number, predicate: number): boolean => {
    const group = once.find((each) => each.includes(predicate))
    return group !== undefined && ruled.some(([s, , p]) => s === i && group.includes(p))
  }
  return classes.flatMap((label, there) =>
    rules.flatMap((rule, r) => {
      if (used.has(`${there} ${r}`)) return []
      const { subject, object, predicate, weight } = rule
      const free = (each: number): boolean => !single.includes(each) || !classes.includes(each)
      const object2 = label === subject && !busy(there, predicate) && free(object)
      const subject2 = label === object && !needsSubject(predicate) && free(subject)
      return [
        ...(object2 ? [{ rule, weight, there, role: 'object' as const }] : []),
        ...(subject2 ? [{ rule, weight, there, role: 'subject' as const }] : []),
      ]
    }),
  )
}

/**
 * Draws the content of a scene: its kind; one to three objects on the ground; up to eight more,
 * each attached to an existing object by a rule; then up to three, or as many as are needed for
 * three objects, at any position.
 *
 * A box that violates its rule after clipping to the image is redrawn, at most twelve times; then
 * the attachment is dropped.
 */
export function compose(source: Stream): Composition {
  const kind = pick(source.child('type'), sceneKinds) ?? sceneKinds[0]
  const classes: number[] = []
  const boxes: Box[] = []
  const ruled: Relation[] = []
  const boxesFrom = source.child('boxes')
  const add = (label: number, box: Box): number => {
    classes.push(label)
    return boxes.push(box) - 1
  }
  const stand = (from: Stream): void => {
    const free = kind.standing.filter(
      ({ label }) => !single.includes(label) || !classes.includes(label),
    )
    const label = pick(from, free)?.label ?? 0
    const place = boxesFrom.child('standing', boxes.length)
    const stature = statureOf[label]
    const box = stature && inImage(anywhere(someSize(stature.size, place), stature.bottom, place))
    if (box) add(label, box)
  }

  const anchors = source.child('anchors')
  const first = 1 + anchors.integer(3)
  for (let i = 0; i < first; i++) stand(anchors)

  const attaching = source.child('rules')
  const used = new Set<string>()
  const tries = 1 + attaching.integer(8)
  for (let k = 0; k < tries; k++) {
    const next = pick(attaching, attachments(kind, classes, ruled, used))
    if (!next) break
    const { rule, there, role } = next
    used.add(`${there} ${kind.rules.indexOf(rule)}`)
    const box = attached(rule, role, boxes[there], boxesFrom.child('attached', k))
    if (!box) continue
    const added = add(rule[role], box)
    ruled.push(role === 'subject' ? [added, there, rule.predicate] : [there, added, rule.predicate])
    used.add(`${added} ${kind.rules.indexOf(rule)}`)
  }

  const background = source.child('background')
  const more = background.integer(4)
  const { least, most } = demoObjects
  const total = Math.min(most, Math.max(least, boxes.length + more))
  while (boxes.length < total) stand(background)
  return { kind, classes, boxes, ruled, seen: seenRelations(boxes, ruled) }
}

function attached(
  { predicate, ...ends }: Rule,
  role: 'subject' | 'object',
  there: Box,
  source: Stream,
): Box | undefined {
  const stature = statureOf[ends[role]]
  if (!stature) return undefined
  for (let t = 0; t < TRIES; t++) {
    const size = someSize(stature.size, source)
    const box = inImage(proposed(predicate, role, there, size, source))
    const [s, o] = role === 'subject' ? [box, there] : [there, box]
    if (box && s && o && fits(predicate, s, o)) return box
  }
  return undefined
}

/** Relations that follow from the boxes, of pairs without a rule. */
export function seenRelations(boxes: readonly Box[], ruled: readonly Relation[]): Relation[] {
  const joined = new Set(ruled.flatMap(([s, o]) => [`${s} ${o}`, `${o} ${s}`]))
  return boxes.flatMap((subject, s) =>
    boxes.flatMap((object, o): Relation[] => {
      if (s === o || joined.has(`${s} ${o}`)) return []
      const name = seenBetween(subject, object)
      return name ? [[s, o, predicateOf(name)]] : []
    }),
  )
}
