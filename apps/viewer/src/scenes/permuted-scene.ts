import { demoVocabulary, type DemoScene } from '@nonconvex/structured/demo'
import type { Prediction, Predictions } from './messages.js'
import type { LabelSource } from './params.js'

type Box = DemoScene['boxes'][number]
export type Relation = readonly [subject: number, object: number, predicate: number]

/** A scene with permuted objects; an object's number is its position. */
export interface PermutedScene {
  readonly id: string
  readonly width: number
  readonly height: number
  readonly boxes: readonly Box[]
  /** true ones */
  readonly classes: readonly number[]
  readonly relations: readonly Relation[]
  /** all true relations, also those that are not annotated */
  readonly actual: readonly Relation[]
}

/** The scene with object order[i] at position i. */
export function permutedScene(scene: DemoScene, order: readonly number[]): PermutedScene {
  const placeOf = new Map(order.map((from, place) => [from, place]))
  const difference = (relations: readonly Relation[]): Relation[] =>
    relations.map(([s, o, p]) => [placeOf.get(s) ?? s, placeOf.get(o) ?? o, p])
  return {
    id: String(scene.id),
    width: scene.width,
    height: scene.height,
    boxes: order.map((from) => scene.boxes[from]),
    classes: order.map((from) => scene.classes[from]),
    relations: difference(scene.relations),
    actual: difference(scene.actual),
  }
}

export const className = (c: number): string => demoVocabulary.classes[c] ?? String(c)
export const predicateName = (p: number): string => demoVocabulary.predicates[p] ?? String(p)

/** An object as the picture shows it. */
export interface ShownObject {
  readonly box: Box
  readonly name: string
  /** the true name, where the label is wrong */
  readonly trueName?: string
}

/** A relation as the picture shows it; unannotated ones are true as well. */
export interface ShownRelation {
  readonly subject: number
  readonly object: number
  readonly name: string
  readonly is: 'correct' | 'unannotated' | 'wrong'
}

/** What the picture shows. */
export interface ShownScene {
  readonly objects: readonly ShownObject[]
  readonly relations: readonly ShownRelation[]
}

/** The scene with the labels of one of the models; before there are any, with the true ones. */
export function shownScene(
  scene: PermutedScene,
  labels: LabelSource,
  predictions: Predictions | undefined,
): ShownScene {
  const prediction: Prediction | undefined = labels === 'true' ? undefined : predictions?.[labels]
  const classes = prediction?.classes ?? scene.classes
  const relations = prediction ? (prediction.relations ?? []) : scene.relations
  return {
    objects: scene.boxes.map((box, i) => ({
      box,
      name: className(classes[i]),
      ...(classes[i] !== scene.classes[i] && { trueName: className(scene.classes[i]) }),
    })),
    relations: relations.map((relation) => ({
      subject: relation[0],
      object: relation[1],
      name: predicateName(relation[2]),
      is: kindOf(relation, classes, scene),
    })),
  }
}

/** A relation is correct if it is annotated, and both its objects have their classes. */
function kindOf(
  relation: Relation,
  classes: readonly number[],
  { classes: truth, relations, actual }: PermutedScene,
): ShownRelation['is'] {
  const [s, o] = relation
  const among = (all: readonly Relation[]): boolean =>
    all.some((each) => each.every((x, k) => x === relation[k]))
  if (classes[s] !== truth[s] || classes[o] !== truth[o]) return 'wrong'
  return among(relations) ? 'correct' : among(actual) ? 'unannotated' : 'wrong'
}

/** The number of correct labels. */
export const correctCount = ({ classes }: Prediction, scene: PermutedScene): number =>
  classes.filter((c, i) => c === scene.classes[i]).length

/** The number of labels that differ from those in the original order. */
export const changedCount = ({ classes, was }: Prediction): number =>
  classes.filter((c, i) => c !== was[i]).length

/** Attention weights of an object on the others, the largest first. */
export function attentionWeights(
  row: readonly number[],
  i: number,
): readonly { readonly to: number; readonly weight: number }[] {
  return row
    .map((weight, to) => ({ to, weight }))
    .filter(({ to }) => to !== i)
    .sort((a, b) => b.weight - a.weight)
}

/** The features of a counterexample's nodes that are not zero, in words: 'sand −1', 'nothing'. */
export function describeFeatures(node: readonly number[]): string {
  const words = node.flatMap((x, c) =>
    x === 0 ? [] : [`${className(c)} ${String(x).replace('-', '−')}`],
  )
  return words.length === 0 ? 'all scores 0' : words.join(', ')
}
