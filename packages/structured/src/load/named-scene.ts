import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'
import { NO_CLASS, NO_PREDICATE, type AnnotatedScene, type Vocabulary } from './annotated-scene.js'
import { checkAnnotated } from './check-annotated.js'
import { distinctNames } from './distinct-names.js'
import { SceneDataError } from './scene-data-error.js'

/** An image with named entities and relations, as in Visual Genome and GQA. */
export interface NamedScene {
  readonly id: string | number
  readonly width: number
  readonly height: number
  readonly entities: readonly NamedEntity[]
  /** indices of `entities` */
  readonly relations: readonly {
    readonly subject: number
    readonly object: number
    readonly predicate: string
  }[]
}

export interface NamedEntity {
  readonly name: string
  readonly box: Box
}

/** The frequency of each name. */
export interface NameCounts {
  readonly classes: ReadonlyMap<string, number>
  readonly predicates: ReadonlyMap<string, number>
}

/** The normal form of a name: lower case, without punctuation, single spaces. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, '')
    .replace(/\s+/g, ' ')
    .trim()

/** Counts names; memory: the names. */
export async function countNames(scenes: AsyncIterable<NamedScene>): Promise<NameCounts> {
  const classes = new Map<string, number>()
  const predicates = new Map<string, number>()
  const more = (counts: Map<string, number>, name: string): void =>
    void counts.set(name, (counts.get(name) ?? 0) + 1)
  for await (const { entities, relations } of scenes) {
    for (const { name } of entities) more(classes, name)
    for (const { predicate } of relations) more(predicates, predicate)
  }
  return { classes, predicates }
}

/**
 * The most frequent names, in alphabetical order as in VG150; ties by alphabetical order. Names
 * without a letter are dropped.
 */
export function vocabularyOf(
  counts: NameCounts,
  {
    classes = 150,
    predicates = 50,
  }: { readonly classes?: number; readonly predicates?: number } = {},
): Vocabulary {
  const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
  const most = (found: ReadonlyMap<string, number>, limit: number): string[] =>
    [...found]
      .filter(([name]) => name !== '')
      .sort(([a, m], [b, n]) => n - m || inOrder(a, b))
      .slice(0, limit)
      .map(([name]) => name)
      .sort(inOrder)
  const known = {
    classes: [NO_CLASS, ...most(counts.classes, classes)],
    predicates: [NO_PREDICATE, ...most(counts.predicates, predicates)],
  }
  if (known.classes.length < 2 || known.predicates.length < 2)
    throw new SceneDataError(
      {},
      `expected named objects and relations, got ${counts.classes.size} names of objects and ${counts.predicates.size} of relations`,
    )
  return known
}

/**
 * Maps names to numbers. Unknown names are dropped, and counted by `drop`.
 *
 * @throws SceneDataError for a vocabulary with duplicate normal forms
 */
export function numbering(
  { classes, predicates }: Vocabulary,
  drop: (what: string) => void,
): (scene: NamedScene) => AnnotatedScene {
  const places = (names: readonly string[], field: string): ReadonlyMap<string, number> => {
    const plain = names.slice(1).map(plainName)
    distinctNames(plain, {}, (i) => `${field}[${i + 1}], compared without case and punctuation`)
    return new Map(plain.map((name, i) => [name, i + 1]))
  }
  const classOf = places(classes, 'classes')
  const predicateOf = places(predicates, 'predicates')
  return ({ id, width, height, entities, relations }) => {
    const place = new Map<number, number>()
    const boxes: Box[] = []
    const labels: number[] = []
    entities.forEach(({ name, box }, i) => {
      const label = classOf.get(name)
      if (label === undefined) return drop('objects of other classes')
      if (box[2] < box[0] || box[3] < box[1]) return drop('boxes of negative size')
      place.set(i, boxes.length)
      boxes.push(box)
      labels.push(label)
    })
    const rows = relations.flatMap(({ subject, object, predicate }): Relation[] => {
      const [s, o, p] = [place.get(subject), place.get(object), predicateOf.get(predicate)]
      if (p === undefined) drop('relations of other predicates')
      else if (s === undefined || o === undefined) drop('relations of dropped boxes')
      else if (s === o) drop('relations of an object with itself')
      else return [[s, o, p]]
      return []
    })
    return checkAnnotated(
      { id, width, height, boxes, classes: labels, relations: rows },
      { classes, predicates },
      {},
    )
  }
}
