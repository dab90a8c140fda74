import type { Box } from '../recall/boxes.js'
import type { Relation } from '../recall/scene.js'

/** A part of a data set; one without parts has all in one. */
export type ScenePart = 'train' | 'val' | 'test' | 'all'

/** Which images a model was made from. */
export interface TrainedOn {
  /** SHA-256 of their files */
  readonly sha256: string
  readonly part: ScenePart
}

/**
 * What the integers of a set of scenes mean. Entry 0 of both lists is the empty one: no object, no
 * relation.
 */
export interface SceneHeader {
  readonly dataset: string
  readonly split: string
  readonly classes: readonly string[]
  readonly predicates: readonly string[]
  /**
   * of predictions: what was predicted, as `predcls` or `sgcls`; missing where that is not known,
   * or all is annotated
   */
  readonly task?: string
  /** of predictions: what their model was made from; missing where that is not known */
  readonly trained?: TrainedOn
}

/**
 * One image of the exchange format: what is in it, the scores of a detector, or what a model
 * does, as far as each is known.
 */
export interface AnnotatedScene {
  /** as in the data set: a number or a name */
  readonly id: string | number
  /** pixels */
  readonly width: number
  readonly height: number
  /** corners in pixels; kept as they are, also where they leave the image or have no area */
  readonly boxes: readonly Box[]
  /** of each box, from 1 */
  readonly classes?: readonly number[]
  /** subject ≠ object, places in `boxes`; predicate from 1; repeated rows are kept */
  readonly relations?: readonly Relation[]
  /** of each box, over all classes with the empty one */
  readonly objectLogits?: readonly (readonly number[])[]
  /**
   * of some ordered pairs, over all predicates with the empty one; a pair that is not listed has no
   * relation
   */
  readonly relationLogits?: readonly PairLogits[]
  /** of each box, how sure its class is; default 1 */
  readonly scores?: readonly number[]
  /** of some ordered pairs, how probable a predicate is; what is not listed is 0 */
  readonly relationScores?: readonly RelationScore[]
}

export type PairLogits = readonly [subject: number, object: number, logits: readonly number[]]

export type RelationScore = readonly [
  subject: number,
  object: number,
  predicate: number,
  score: number,
]

/** Scenes as they are read, one after the other: none is kept. */
export interface SceneSource {
  readonly header: SceneHeader
  /** can be gone through once */
  readonly scenes: AsyncIterable<AnnotatedScene>
  /** what was dropped so far, in words, and how often */
  readonly dropped: ReadonlyMap<string, number>
}

/**
 * Names that a data set without fixed lists is read with. Entry 0 of both lists is the empty one.
 */
export type Vocabulary = Pick<SceneHeader, 'classes' | 'predicates'>

export const NO_CLASS = '__background__'
export const NO_PREDICATE = '__none__'

/** What is odd about a box that all the same is kept: it leaves the image, or it has no area. */
export function boxOddity(
  [x1, y1, x2, y2]: Box,
  { width, height }: Pick<AnnotatedScene, 'width' | 'height'>,
): 'outside' | 'empty' | undefined {
  if (!(x2 > x1 && y2 > y1)) return 'empty'
  return x1 < 0 || y1 < 0 || x2 > width || y2 > height ? 'outside' : undefined
}

/** Counts what a reader leaves out. */
export function dropCounter(): {
  readonly dropped: ReadonlyMap<string, number>
  readonly drop: (what: string) => void
} {
  const dropped = new Map<string, number>()
  return { dropped, drop: (what) => void dropped.set(what, (dropped.get(what) ?? 0) + 1) }
}
