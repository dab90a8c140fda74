import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'
import type { AnnotatedScene, PairLogits, RelationScore, SceneHeader } from './annotated-scene.js'
import { SceneDataError, shown, type ScenePlace } from './scene-data-error.js'

/**
 * Validates an image of the exchange format; errors name the field. Numbers must be finite, box
 * indices, classes and predicates must exist, a relation must connect two boxes. Unknown fields are
 * dropped.
 */
export function checkAnnotated(
  value: unknown,
  header: Pick<SceneHeader, 'classes' | 'predicates'>,
  place: ScenePlace,
): AnnotatedScene {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new SceneDataError(place, `expected an image, got ${shown(value)}`)
  const fields = value as { readonly [name: string]: unknown }
  const { id } = fields
  if (typeof id !== 'string' && !(typeof id === 'number' && Number.isFinite(id)))
    throw new SceneDataError(place, `id: expected a name or a number, got ${shown(id)}`)
  const at = { ...place, image: id }
  const fail = (field: string, expected: string, got: unknown): never => {
    // a hint for files that count from 0
    const none = got === 0 && expected.startsWith('an integer from 1') ? '; 0 stands for none' : ''
    throw new SceneDataError(at, `${field}: expected ${expected}, got ${shown(got)}${none}`)
  }
  const list = (field: string, length?: number): readonly unknown[] => {
    const found = fields[field]
    if (!Array.isArray(found)) return fail(field, 'a list', found)
    if (length !== undefined && found.length !== length)
      return fail(field, `${length} entries, one for each box`, found.length)
    return found
  }
  const finite = (field: string, x: unknown): number =>
    typeof x === 'number' && Number.isFinite(x) ? x : fail(field, 'a finite number', x)
  const index = (field: string, x: unknown, from: number, below: number): number =>
    typeof x === 'number' && Number.isInteger(x) && x >= from && x < below
      ? x
      : fail(
          field,
          below > from ? `an integer from ${from} to ${below - 1}` : 'none, for there are none',
          x,
        )
  const numbers = (field: string, x: unknown, length: number): number[] =>
    Array.isArray(x) && x.length === length
      ? x.map((each, i) => finite(`${field}[${i}]`, each))
      : fail(field, `${length} numbers`, x)

  const size = (field: 'width' | 'height'): number => {
    const x = finite(field, fields[field])
    return x > 0 ? x : fail(field, 'a size above 0', x)
  }
  const boxes = list('boxes').map((box, i): Box => {
    const [x1, y1, x2, y2] = numbers(`boxes[${i}]`, box, 4)
    if (x2 < x1 || y2 < y1) return fail(`boxes[${i}]`, 'corners x1 ≤ x2 and y1 ≤ y2', box)
    return [x1, y1, x2, y2]
  })
  const n = boxes.length
  const tuple = (field: string, x: unknown, length: number): readonly unknown[] =>
    Array.isArray(x) && x.length === length ? x : fail(field, `${length} entries`, x)
  const pair = (field: string, [s, o]: readonly unknown[]): readonly [number, number] => {
    const places = [index(`${field}[0]`, s, 0, n), index(`${field}[1]`, o, 0, n)] as const
    return places[0] === places[1] ? fail(field, 'two different boxes', places) : places
  }
  const predicate = (field: string, p: unknown): number =>
    index(field, p, 1, header.predicates.length)
  const pairLogits = (): PairLogits[] => {
    const listed = new Set<string>()
    return list('relationLogits').map((row, i): PairLogits => {
      const field = `relationLogits[${i}]`
      const entries = tuple(field, row, 3)
      const logits = numbers(`${field}[2]`, entries[2], header.predicates.length)
      const places = pair(field, entries)
      if (listed.has(places.join()))
        return fail(field, 'each pair once', `${places.join(', ')} again`)
      listed.add(places.join())
      return [...places, logits]
    })
  }
  const has = (field: string): boolean => fields[field] !== undefined && fields[field] !== null

  return {
    id,
    width: size('width'),
    height: size('height'),
    boxes,
    ...(has('classes') && {
      classes: list('classes', n).map((c, i) =>
        index(`classes[${i}]`, c, 1, header.classes.length),
      ),
    }),
    ...(has('relations') && {
      relations: list('relations').map((row, i): Relation => {
        const field = `relations[${i}]`
        const entries = tuple(field, row, 3)
        return [...pair(field, entries), predicate(`${field}[2]`, entries[2])]
      }),
    }),
    ...(has('objectLogits') && {
      objectLogits: list('objectLogits', n).map((row, i) =>
        numbers(`objectLogits[${i}]`, row, header.classes.length),
      ),
    }),
    ...(has('relationLogits') && { relationLogits: pairLogits() }),
    ...(has('scores') && {
      scores: list('scores', n).map((x, i) => finite(`scores[${i}]`, x)),
    }),
    ...(has('relationScores') && {
      relationScores: list('relationScores').map((row, i): RelationScore => {
        const field = `relationScores[${i}]`
        const entries = tuple(field, row, 4)
        const score = finite(`${field}[3]`, entries[3])
        return [...pair(field, entries), predicate(`${field}[2]`, entries[2]), score]
      }),
    }),
  }
}
