import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'

/** A split of a data set. */
export type ScenePart = 'train' | 'val' | 'test' | 'all'

/** The training images of a model. */
export interface TrainedOn {
  /** SHA-256 of their files */
  readonly sha256: string
  readonly part: ScenePart
}

/**
 * The names of classes and predicates in a set of scenes. Entry 0 of both lists is the empty one:
 * no object, no relation.
 */
export interface SceneHeader {
  readonly dataset: string
  readonly split: string
  readonly classes: readonly string[]
  readonly predicates: readonly string[]
  /**
   * of predictions: the task, `predcls` or `sgcls`; absent if unknown, or for annotations
   */
  readonly task?: string
  /** of predictions: the training images of their model; absent if unknown */
  readonly trained?: TrainedOn
}

/**
 * One image of the exchange format: annotation, scores of a detector, or prediction of a model, as
 * available.
 */
export interface AnnotatedScene {
  /** the id in the data set, a number or a name */
  readonly id: string | number
  /** pixels */
  readonly width: number
  readonly height: number
  /** corners in pixels, unchanged even if outside the image or without area */
  readonly boxes: readonly Box[]
  /** of each box, from 1 */
  readonly classes?: readonly number[]
  /** subject ≠ object, indices of `boxes`; predicate from 1; duplicate rows are kept */
  readonly relations?: readonly Relation[]
  /** of each box, over all classes with the empty one */
  readonly objectLogits?: readonly (readonly number[])[]
  /**
   * of some ordered pairs, over all predicates with the empty one; a missing pair has no relation
   */
  readonly relationLogits?: readonly PairLogits[]
  /** confidence of each box's class; default 1 */
  readonly scores?: readonly number[]
  /** probabilities of predicates for some ordered pairs; missing ones are 0 */
  readonly relationScores?: readonly RelationScore[]
}

export type PairLogits = readonly [subject: number, object: number, logits: readonly number[]]

export type RelationScore = readonly [
  subject: number,
  object: number,
  predicate: number,
  score: number,
]

/** A stream of scenes; none is kept in memory. */
export interface SceneSource {
  readonly header: SceneHeader
  /** can be iterated once */
  readonly scenes: AsyncIterable<AnnotatedScene>
  /** descriptions and counts of dropped items so far */
  readonly dropped: ReadonlyMap<string, number>
}

/**
 * The names with which a data set without fixed lists is read. Entry 0 of both lists is the empty
 * one.
 */
export type Vocabulary = Pick<SceneHeader, 'classes' | 'predicates'>

export const NO_CLASS = '__background__'
export const NO_PREDICATE = '__none__'

/** The defect of a box that is kept nevertheless: outside the image, or without area. */
export function boxOddity(
  [x1, y1, x2, y2]: Box,
  { width, height }: Pick<AnnotatedScene, 'width' | 'height'>,
): 'outside' | 'empty' | undefined {
  if (!(x2 > x1 && y2 > y1)) return 'empty'
  return x1 < 0 || y1 < 0 || x2 > width || y2 > height ? 'outside' : undefined
}

/** Counts the items that a reader drops. */
export function dropCounter(): {
  readonly dropped: ReadonlyMap<string, number>
  readonly drop: (what: string) => void
} {
  const dropped = new Map<string, number>()
  return { dropped, drop: (what) => void dropped.set(what, (dropped.get(what) ?? 0) + 1) }
}
