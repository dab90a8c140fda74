import { claim, counted, hypothesis, readable, type Hypothesis } from '@nonconvex/optim/claims'
import type { MeanWithError } from '@nonconvex/optim/statistics'
import { atLeast, interval, least, most, notAbove, type OverBayes } from '../by-interval.js'

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

/** Accuracies of rules minus that of a Bayes rule on the same sequences, averaged over trials. */
export type OverBayesFacts = readonly OverBayes[]

/** How far the upper end of an interval may exceed a Bayes rule that it may equal. */
const NOISE = 0.02

const within = (id: string, title: string, rule: string, ours: string) =>
  claim(`structured/${id}`, title, 'statistical', { talk, ours }, (over: OverBayesFacts) => ({
    statement: `${counted(over.length, 'rule')}; accuracy exceeds that of ${rule} by at most ${interval(most(over))}`,
    ...notAbove(over, NOISE, 'measure on more test sequences'),
  }))

/**
 * No rule that sees one position exceeds the Bayes rule of a position: no 95 % interval lies above it,
 * and none reaches 0.02 above it; with wider intervals the verdict is inconclusive.
 *
 * @param over - accuracy of a rule minus that of the Bayes rule, one for each rule
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { positionsWithinBayes } from '@nonconvex/structured/learning'
 * const status = (mean: number) => verdictOn(positionsWithinBayes, [{ mean, error: 0.002, bayes: 0.8 }]).status
 * console.log(status(-0.004), status(0.09)) // → holds violated
 */
export const positionsWithinBayes = within(
  'positions-within-bayes',
  'No rule that sees a single position is more accurate than the Bayes rule of a position',
  'the Bayes rule of a position',
  'parity chains, whose distribution is known',
)

/**
 * No rule exceeds the Bayes rule of the sequence: no 95 % interval lies above it, and none reaches
 * 0.02 above it; with wider intervals the verdict is inconclusive.
 *
 * @param over - accuracy of a rule minus that of the Bayes rule, one for each rule
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { sequencesWithinBayes } from '@nonconvex/structured/learning'
 * const status = (mean: number) => verdictOn(sequencesWithinBayes, [{ mean, error: 0.002, bayes: 0.8 }]).status
 * console.log(status(-0.02), status(0.02)) // → holds violated
 */
export const sequencesWithinBayes = within(
  'sequences-within-bayes',
  'No rule is more accurate than the argmax of the exact posterior marginals given the sequence',
  'the Bayes rule of the sequence',
  'parity chains; posterior decoding maximizes the expected number of correct positions',
)

/** Trained rules with context. */
export interface NetworkFacts extends ContextFacts {
  /** accuracy of the Bayes rule of the sequence minus that of a position: the possible gain */
  readonly possible: number
  /** sequences or scenes, and steps of Adam, of the training */
  readonly training: { readonly sequences: number; readonly steps: number }
}

/** Gain of the Bayes rule below which context is too weak to be learned from few sequences. */
const ENOUGH = 0.06

const learned = ({ possible, training }: NetworkFacts): Hypothesis[] => [
  hypothesis(`context is worth at least ${ENOUGH} in accuracy`, possible >= ENOUGH, possible),
  hypothesis('at least 100 training examples', training.sequences >= 100, training.sequences),
  hypothesis('at least 100 training steps', training.steps >= 100, training.steps),
]

const ofNetworks = (id: string, title: string, ours: string) =>
  claim(`structured/${id}`, title, 'statistical', { talk, ours }, (facts: NetworkFacts) => ({
    statement: `${counted(facts.gains.length, 'comparison')}, test sets of ${readable(facts.sequences)} examples; smallest gain ${interval(least(facts.gains))} of ${readable(facts.possible, 3)}`,
    ...atLeast(facts.gains, 0),
    hypotheses: learned(facts),
  }))

/**
 * Networks that see the sequence are more accurate than the best rule for single positions, by 95 %
 * intervals. Inapplicable where context is worth less than 0.06, or with fewer than 100 sequences or
 * steps of training.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { contextBeatsLocal } from '@nonconvex/structured/learning'
 * const facts = { sequences: 1000, possible: 0.1, training: { sequences: 100, steps: 100 } }
 * console.log(verdictOn(contextBeatsLocal, { ...facts, gains: [{ mean: 0.07, error: 0.003 }] }).status) // → holds
 */
export const contextBeatsLocal = ofNetworks(
  'context-beats-local',
  'DeepSets and the invariant layer label more positions correctly than the Bayes rule of each position',
  'which bounds every classifier of single positions',
)

/**
 * A CRF, whose model is that of the data, is more accurate than general networks with context, by
 * 95 % intervals. Inapplicable as `contextBeatsLocal`.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { crfBeatsNetworks } from '@nonconvex/structured/learning'
 * const facts = { sequences: 1000, possible: 0.1, training: { sequences: 100, steps: 100 } }
 * console.log(verdictOn(crfBeatsNetworks, { ...facts, gains: [{ mean: -0.02, error: 0.003 }] }).status) // → violated
 */
export const crfBeatsNetworks = ofNetworks(
  'crf-beats-networks',
  'A CRF of the right form labels more positions correctly than DeepSets and the invariant layer',
  'chains with pairwise interactions, which networks learn from examples',
)

/**
 * On scenes no rule exceeds the Bayes rule of what it sees, an object or the scene, by 95 % intervals as
 * `positionsWithinBayes`.
 *
 * @param over - accuracy of a rule minus that of its Bayes rule, one for each rule
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { sceneRulesWithinBayes } from '@nonconvex/structured/learning'
 * console.log(verdictOn(sceneRulesWithinBayes, [{ mean: -0.02, error: 0.01, bayes: 0.9 }]).status) // → holds
 */
export const sceneRulesWithinBayes = within(
  'scene-rules-within-bayes',
  'On scenes no rule is more accurate than the Bayes rule of what it sees: an object, or the scene',
  'its Bayes rule',
  'scenes whose best rules are known by enumeration',
)

/**
 * On scenes each kind of context adds accuracy, by 95 % intervals: which objects are there (DeepSets
 * against softmax regression), and how they are related (CRF against DeepSets). Inapplicable as
 * `contextBeatsLocal`.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { sceneContextOrder } from '@nonconvex/structured/learning'
 * const facts = { sequences: 200, possible: 0.14, training: { sequences: 500, steps: 100 } }
 * const gains = [{ mean: 0.08, error: 0.01 }, { mean: 0.05, error: 0.01 }]
 * console.log(verdictOn(sceneContextOrder, { ...facts, gains }).status) // → holds
 */
export const sceneContextOrder = ofNetworks(
  'scene-context-order',
  'On scenes DeepSets labels more objects correctly than softmax regression of each, and a pairwise CRF more than DeepSets',
  'objects present, then their relations',
)
