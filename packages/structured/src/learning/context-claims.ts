import { claim, readable } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, interval, least } from '../by-interval.js'

const talk =
  'Context is key: a scene interpretation must make sense as a whole; locally plausible explanations may make no sense globally'

/** The best labels of each node alone, and of all together, in words, with their probabilities. */
export interface PictureFacts {
  readonly local: readonly string[]
  readonly whole: readonly string[]
  readonly probabilityOfLocal: number
  readonly probabilityOfWhole: number
}

/**
 * The best labeling of a picture is not that of its parts.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { contextFlipsPicture } from '@nonconvex/structured/learning'
 * const found = { local: ['sand'], whole: ['wave'], probabilityOfLocal: 0.05, probabilityOfWhole: 0.25 }
 * console.log(verdictOn(contextFlipsPicture, found).status) // → holds
 */
export const contextFlipsPicture = claim(
  'structured/context-flips-picture',
  'The most probable labeling of a picture is not the one of its parts taken alone',
  'float64',
  { talk, ours: 'by enumeration' },
  ({ local, whole, probabilityOfLocal, probabilityOfWhole }: PictureFacts) => ({
    statement: `each part alone: ${local.join(', ')}, probability ${readable(probabilityOfLocal, 4)}; together: ${whole.join(', ')}, probability ${readable(probabilityOfWhole, 4)}`,
    measured: probabilityOfWhole,
    relation: '>=',
    bound: probabilityOfLocal,
    holds: whole.some((label, i) => label !== local[i]),
  }),
)

/** Accuracy of a rule with context minus that of the best rule without, on the same sequences. */
export interface ContextFacts {
  readonly gains: readonly MeanWithError[]
  readonly sequences: number
}

const gains = (id: string, title: string, ours: string) =>
  claim(`structured/${id}`, title, 'statistical', { talk, ours }, (facts: ContextFacts) => ({
    statement: `on ${readable(facts.gains.length)} × ${readable(facts.sequences)} test sequences; smallest gain ${interval(least(facts.gains))}`,
    ...atLeast(facts.gains, 0),
  }))

/**
 * The Bayes rule of the sequence is at least as accurate as that of a position, by 95 % intervals.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { contextIsWorth } from '@nonconvex/structured/learning'
 * console.log(verdictOn(contextIsWorth, { gains: [{ mean: 0.1, error: 0.01 }], sequences: 100 }).status) // → holds
 */
export const contextIsWorth = gains(
  'context-is-worth',
  'The Bayes rule of the whole sequence labels more positions correctly than the Bayes rule of each position',
  'parity chains, whose distribution is known',
)

/**
 * A CRF is more accurate than the best rule for single positions, by 95 % intervals.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { crfBeatsLocal } from '@nonconvex/structured/learning'
 * console.log(verdictOn(crfBeatsLocal, { gains: [{ mean: -0.1, error: 0.01 }], sequences: 100 }).status) // → violated
 */
export const crfBeatsLocal = gains(
  'crf-beats-local',
  'A trained CRF labels more positions correctly than the Bayes rule of each position',
  'which bounds every classifier of single positions',
)
