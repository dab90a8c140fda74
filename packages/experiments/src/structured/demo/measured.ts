import {
  meanWithError,
  pairedDifference,
  pairedRatioDifference,
  type MeanWithError,
} from '@nonconvex/optim/statistics'
import type { Example } from './example.js'
import type { Part } from './experiment.js'

/** Correct predictions of a predictor for each of the same test scenes. */
export type DemoMeasured = {
  /** correct confusable objects: in their scenes, in exchanged scenes, without pair scores */
  readonly right: readonly number[]
  readonly rightExchanged: readonly number[]
  readonly rightWithoutRelations: readonly number[]
  /** true relations among the top 20: SGCls, PredCls, SGCls without pair scores */
  readonly hits: readonly number[]
  readonly hitsKnown: readonly number[]
  readonly hitsWithoutRelations: readonly number[]
  /**
   * weight of the most informative neighbor minus the uniform weight, with its standard error, and the
   * uniform weight; null without attention
   */
  readonly attention: {
    readonly mean: number
    readonly error: number
    readonly even: number
  } | null
  readonly steps: number
  /** numbers of confusable objects and of relations in each scene */
  readonly confusable: readonly number[]
  readonly relations: readonly number[]
  /** a predicted scene; null without attention */
  readonly example: Example | null
}

/** A row with its part. */
export type Way = DemoMeasured & { readonly part: Part }

type Counts = 'hits' | 'hitsKnown' | 'hitsWithoutRelations'
type Rights = 'right' | 'rightExchanged' | 'rightWithoutRelations'

/** R@20 of each scene with a relation. */
const recalls = (way: Way, what: Counts): number[] =>
  way.relations.flatMap((total, i) => (total > 0 ? [way[what][i] / total] : []))

/** Mean and standard error of R@20. */
export const recallOf = (way: Way, what: Counts): MeanWithError => meanWithError(recalls(way, what))

/** Mean and standard error of the accuracy on confusable objects. */
export const accuracyOf = (way: Way, what: Rights): MeanWithError =>
  pairedRatioDifference(
    way[what],
    way[what].map(() => 0),
    way.confusable,
  )

export const recallGain = (a: Way, b: Way, what: Counts = 'hits'): MeanWithError =>
  pairedDifference(recalls(a, what), recalls(b, what))
