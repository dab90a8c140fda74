import { NO_CLASS, NO_PREDICATE, type Vocabulary } from '../load/annotated-scene.js'

/** Classes that the detector can hardly tell apart. Their boxes have the same size. */
const pairs = [
  ['skateboard', 'surfboard'],
  ['bird', 'kite'],
  ['dog', 'cat'],
  ['remote', 'phone'],
  ['cup', 'vase'],
  ['bench', 'chair'],
  ['bike', 'motorcycle'],
  ['hat', 'helmet'],
  ['laptop', 'tv'],
  ['ball', 'orange'],
] as const

const clear = [
  'man',
  'woman',
  'car',
  'building',
  'tree',
  'grass',
  'table',
  'oven',
  'desk',
  'lamp',
  'wave',
  'sand',
] as const

export type ClassName = (typeof pairs)[number][number] | (typeof clear)[number]

/** Predicates; those of a row are hard to tell apart. */
const groups = [
  ['on', 'sitting on', 'riding'],
  ['holding', 'has'],
  ['near', 'in front of'],
  ['behind'],
  ['above'],
  ['under'],
  ['wearing'],
] as const

export type PredicateName = (typeof groups)[number][number]

/**
 * Names of the 32 classes and 11 predicates of the synthetic scenes {@link demoScene} makes; entry
 * 0 of both is the empty one. Classes 1 to 20 are ten confusable pairs, in the order of the list: 1
 * with 2, 3 with 4, and so on.
 *
 * @example
 * import { demoVocabulary } from '@nonconvex/structured/demo'
 * console.log(demoVocabulary.classes.slice(1, 5)) // → [ 'skateboard', 'surfboard', 'bird', 'kite' ]
 */
export const demoVocabulary: Vocabulary = {
  classes: [NO_CLASS, ...pairs.flat(), ...clear],
  predicates: [NO_PREDICATE, ...groups.flat()],
}

const classes = new Map(demoVocabulary.classes.map((name, i) => [name, i]))
const predicates = new Map(demoVocabulary.predicates.map((name, i) => [name, i]))

export const classOf = (name: ClassName): number => classes.get(name) ?? 0
export const predicateOf = (name: PredicateName): number => predicates.get(name) ?? 0

/**
 * The class with which the detector confuses a class of the synthetic scenes; 0 for an unambiguous
 * class.
 *
 * @param c - from 0 to 32, an index of `demoVocabulary.classes`
 *
 * @example
 * import { demoPartner, demoVocabulary } from '@nonconvex/structured/demo'
 * console.log(demoVocabulary.classes[demoPartner(2)], demoPartner(30)) // → skateboard 0
 */
export function demoPartner(c: number): number {
  if (c < 1 || c > 2 * pairs.length) return 0
  return c % 2 === 1 ? c + 1 : c - 1
}

/** For each class, the classes of its group; the empty class is alone. */
export const classGroups: readonly (readonly number[])[] = demoVocabulary.classes.map((_, c) =>
  demoPartner(c) === 0 ? [c] : [c, demoPartner(c)],
)

export const predicateGroups: readonly (readonly number[])[] = demoVocabulary.predicates.map(
  (name, p) => {
    const group = groups.find((names) => names.some((each) => each === name))
    return group ? group.map(predicateOf) : [p]
  },
)
