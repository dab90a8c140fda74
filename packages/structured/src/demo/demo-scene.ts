import { checkInteger, checkNonNegative, checkProbability } from '@nonconvex/tensor/check'
import type { Stream } from '@nonconvex/tensor'
import type { AnnotatedScene, PairLogits } from '../load/annotated-scene.js'
import type { Relation } from '../recall/scene.js'
import { compose, type Composition } from './compose.js'
import { logits, meansOf, rowsOf, type Means } from './detector.js'
import { imageSize } from './geometry.js'
import { classGroups, predicateGroups } from './names.js'

/** Accuracy of the detector, and completeness of the annotation. */
export interface DemoOptions {
  /** s_pair, margin between classes, in units of the noise; default 4 */
  readonly pairMargin?: number
  /**
   * s_in, margin between the members of a confusable group, of classes and of predicates; default
   * 0.5
   */
  readonly innerMargin?: number
  /** s_rel, margin between predicates; default 3 */
  readonly relationMargin?: number
  /** probability that a relation is annotated; default 0.7 */
  readonly kept?: number
  /** of the scene; default the name of its kind */
  readonly id?: string | number
}

/** A synthetic scene with names, boxes, relations and the scores of a detector. */
export interface DemoScene extends AnnotatedScene {
  /** street, kitchen, park, office or beach */
  readonly kind: string
  /** all true relations, annotated or not; those of the grammar first */
  readonly actual: readonly Relation[]
  readonly classes: readonly number[]
  readonly relations: readonly Relation[]
  readonly objectLogits: readonly (readonly number[])[]
  readonly relationLogits: readonly PairLogits[]
}

export type DemoSettings = Required<Omit<DemoOptions, 'id'>>

/**
 * The options with their defaults. Throws RangeError for a negative or non-finite margin, or a
 * probability outside [0, 1].
 */
export function demoSettings(fn: string, options: DemoOptions): DemoSettings {
  const { pairMargin = 4, innerMargin = 0.5, relationMargin = 3, kept = 0.7 } = options
  for (const [name, value] of Object.entries({ pairMargin, innerMargin, relationMargin }))
    checkNonNegative(fn, name, value)
  checkProbability(fn, 'kept', kept)
  return { pairMargin, innerMargin, relationMargin, kept }
}

/** Mean scores of the detector: for classes, for predicates. */
export const detectorMeans = (
  settings: DemoSettings,
): { readonly classes: Means; readonly predicates: Means } => ({
  classes: meansOf(classGroups, settings.pairMargin, settings.innerMargin),
  predicates: meansOf(predicateGroups, settings.relationMargin, settings.innerMargin),
})

/** Ordered pairs of n objects with the predicate of each, 0 for none. */
export function pairsOf(n: number, relations: readonly Relation[]): Relation[] {
  const predicates = new Map(relations.map(([s, o, p]) => [s * n + o, p]))
  return Array.from({ length: n * n }, (_, pair): Relation => [
    Math.floor(pair / n),
    pair % n,
    predicates.get(pair) ?? 0,
  ]).filter(([s, o]) => s !== o)
}

/** The content of a scene together with the detector's scores. */
export interface Seen extends Composition {
  readonly objectLogits: readonly number[][]
  readonly relationLogits: readonly PairLogits[]
  readonly means: ReturnType<typeof detectorMeans>
}

export function seen(
  source: Stream,
  settings: DemoSettings,
  composition: Composition = compose(source),
): Seen {
  const { classes, ruled, seen: other } = composition
  const means = detectorMeans(settings)
  const pairs = pairsOf(classes.length, [...ruled, ...other])
  const ofPairs = rowsOf(
    logits(
      pairs.map(([, , p]) => p),
      means.predicates,
      source.child('pair scores'),
    ),
  )
  return {
    ...composition,
    means,
    objectLogits: rowsOf(logits(classes, means.classes, source.child('scores'))),
    relationLogits: pairs.map(([s, o], i): PairLogits => [s, o, ofPairs[i]]),
  }
}

/**
 * A synthetic scene with names: a street, a kitchen, a park, an office or a beach of 640 × 480
 * pixels with 3 to 12 objects out of 32 classes (`demoVocabulary`), incompletely annotated
 * relations, and the scores of a detector.
 *
 *     kind ~ its prior;  1–3 objects ~ the kind's classes;  up to 8 more, each by a rule (subject, predicate, object) of the kind
 *     from one that is there;  0–3 more ~ the kind's classes, or as many as are missing to 3
 *     x_i ~ N(μ(class), I),  q_ij ~ N(ν(predicate), I);   logits ℓ_k = μ_k · x − |μ_k|² / 2, of pairs with ν
 *
 * Twenty classes form pairs that the detector confuses (skateboard, surfboard), and so do
 * predicates (on, sitting on, riding; holding, has; near, in front of): μ of a clear one is s e, of
 * one in a group of g it is s / √(2g) on the whole group and s_in more on itself. The kind of the
 * scene, visible in other objects, and the relations determine most of them. The softmax of the
 * logits is the posterior with equal priors; they are rounded to a thousandth.
 *
 * Each predicate implies a geometry, exactly in integer pixels: on, sitting on, riding: the
 * subject's bottom is in the object's upper half, middles apart by at most 20 % of the wider width;
 * wearing: object inside the subject's top 35 %; holding: they overlap, the object's center is at
 * mid height (±20 %), within a quarter of the subject's width from its left or right; has: object
 * inside subject; near: gap below half the wider width, bottoms within 15 % of the larger height;
 * above: bottom over the object's center, more than half of the narrower width shared, and under
 * the reverse; in front of: they overlap, bottom lower, and behind the reverse. Pairs without a
 * rule have what their boxes show: side by side, of sizes within a factor of 6, the smaller is near
 * the other; wholly over the other by at most half its own height, it is above. Each relation is
 * annotated with probability `kept`, so an unannotated pair may have a relation, as in real data;
 * the detector scores those, too.
 *
 * @param source - parts use child streams, so that other options keep kind, boxes, classes,
 *   relations and noise
 * @returns a scene of the exchange format; `kind` and `actual` are not part of it
 * @throws RangeError for options out of their range
 * Cost: 33 n + 12 n (n − 1) normals, n objects. Source: ours; modeled on annotations of Visual
 * Genome.
 *
 * @example
 * import { demoScene, demoVocabulary } from '@nonconvex/structured/demo'
 * import { stream } from '@nonconvex/tensor'
 * const { kind, classes, relations } = demoScene(stream(7))
 * const [s, o, p] = relations[0]
 * const name = (i: number) => demoVocabulary.classes[classes[i]]
 * console.log(kind, name(s), demoVocabulary.predicates[p], name(o)) // → street man riding skateboard
 */
export function demoScene(source: Stream, options: DemoOptions = {}): DemoScene {
  const settings = demoSettings('demoScene', options)
  const {
    kind,
    classes,
    boxes,
    ruled,
    seen: other,
    objectLogits,
    relationLogits,
  } = seen(source, settings)
  const annotators = source.child('annotators')
  const actual = [...ruled, ...other]
  return {
    id: options.id ?? kind.name,
    ...imageSize,
    boxes,
    classes,
    relations: actual.filter(() => annotators.uniform() < settings.kept),
    objectLogits,
    relationLogits,
    kind: kind.name,
    actual,
  }
}

/**
 * Scenes of {@link demoScene}, one after the other, with ids such as `beach-17`, counted from 1.
 *
 * @param source - scene t uses its child ('scene', t), so that a longer sequence begins with the
 *   same scenes
 * @param count - how many, integer ≥ 0
 * @throws RangeError for another count, or options out of their range
 * Memory: that of a scene.
 *
 * @example
 * import { demoScenes } from '@nonconvex/structured/demo'
 * import { stream } from '@nonconvex/tensor'
 * console.log([...demoScenes(stream(1), 3)].map(({ id }) => id)) // → [ 'street-1', 'kitchen-2', 'park-3' ]
 */
export function demoScenes(
  source: Stream,
  count: number,
  options: Omit<DemoOptions, 'id'> = {},
): Iterable<DemoScene> {
  checkInteger('demoScenes', 'count', count, 0)
  demoSettings('demoScenes', options)
  function* scenes(): Generator<DemoScene> {
    for (let t = 0; t < count; t++) {
      const scene = demoScene(source.child('scene', t), options)
      yield { ...scene, id: `${scene.kind}-${t + 1}` }
    }
  }
  return scenes()
}
