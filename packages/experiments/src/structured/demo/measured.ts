import {
  pairedDifference,
  pairedRatioDifference,
  type MeanWithError,
} from '@nonconvex/optim/statistics'
import type { Example } from './example.js'
import type { Part } from './experiment.js'

/** How often a way to predict is right, scene by scene of the same test scenes. */
export type DemoMeasured = {
  /**
   * confusable objects with the right class: as they are, among objects of other scenes, without
   * scores of pairs
   */
  readonly right: readonly number[]
  readonly rightExchanged: readonly number[]
  readonly rightWithoutRelations: readonly number[]
  /** relations among the best 20: SGCls, PredCls, SGCls without scores of pairs */
  readonly hits: readonly number[]
  readonly hitsKnown: readonly number[]
  readonly hitsWithoutRelations: readonly number[]
  /**
   * of the most telling neighbour beyond an even share, with its standard error, and the even
   * share; null without attention
   */
  readonly attention: {
    readonly mean: number
    readonly error: number
    readonly even: number
  } | null
  readonly steps: number
  /** of the scenes: confusable objects and relations */
  readonly confusable: readonly number[]
  readonly relations: readonly number[]
  /** a scene as the network sees it; null without attention */
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
export const recallOf = (way: Way, what: Counts): MeanWithError => {
  const each = recalls(way, what)
  return pairedDifference(
    each,
    each.map(() => 0),
  )
}

/** The same of the share of confusable objects that are right. */
export const shareOf = (way: Way, what: Rights): MeanWithError =>
  pairedRatioDifference(
    way[what],
    way[what].map(() => 0),
    way.confusable,
  )

export const recallGain = (a: Way, b: Way, what: Counts = 'hits'): MeanWithError =>
  pairedDifference(recalls(a, what), recalls(b, what))
