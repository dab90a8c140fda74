import { claim, counted, proofEvidence, type CheckedAssertion } from '@nonconvex/optim/claims'
import { Rational } from '@nonconvex/tensor/exact'
import { decodeF1 } from './decode.js'
import { projectBudget } from './project-budget.js'

const talk = 'Predict and constrain: labels y with f(y) = c, learned end to end'

/** Largest distance of a computed label from the nearest point. */
const ROUNDING = '1e-12'

/**
 * The point of the capped simplex nearest to rational scores, exactly, and whether `projectBudget`
 * is within 10⁻¹² of it: the labels at 0 and 1 are those of `projectBudget`, the others v − τ with
 * one τ from the sum, and the conditions of optimality are checked.
 *
 * @param scores - decimals as texts
 */
export function decideProjection(
  scores: readonly string[],
  budget: number,
  project: typeof projectBudget = projectBudget,
): CheckedAssertion {
  const { y } = project(scores.map(Number), budget)
  const v = scores.map((score) => Rational.of(score))
  const free = v.filter((_, i) => y[i] > 0 && y[i] < 1)
  const ones = y.filter((label) => label >= 1).length
  const sum = free.reduce((total, score) => total.plus(score), Rational.of(0))
  // Σ (v_i − τ) over the free labels is what is left of the budget
  const tau = free.length > 0 ? sum.minus(budget - ones).over(free.length) : undefined
  const nearest = v.map((score, i) =>
    tau !== undefined && y[i] > 0 && y[i] < 1 ? score.minus(tau) : Rational.of(y[i] >= 1 ? 1 : 0),
  )
  const slack = v.map((score, i) => score.minus(nearest[i]))
  const above = slack.filter((_, i) => nearest[i].compare(1) < 0)
  const below = slack.filter((_, i) => nearest[i].compare(0) > 0)
  const optimal =
    nearest.every((label) => label.compare(0) >= 0 && label.compare(1) <= 0) &&
    nearest.reduce((total, label) => total.plus(label), Rational.of(0)).compare(budget) === 0 &&
    above.every((low) => below.every((high) => low.compare(high) <= 0))
  const near = nearest.every((label, i) => {
    const off = label.minus(y[i])
    return off.compare(ROUNDING) <= 0 && off.compare(`-${ROUNDING}`) >= 0
  })
  return {
    assertion: {
      kind: 'projection',
      scores,
      budget: String(budget),
      nearest: nearest.map(String),
    },
    outcome: optimal && near ? 'proved' : 'refuted',
  }
}

/**
 * Whether no set of labels has a larger expected F1 than the decoded one: both sides in rationals.
 *
 * @param probabilities - at most 8, as texts
 */
export function decideF1(
  probabilities: readonly string[],
  decode: typeof decodeF1 = decodeF1,
): CheckedAssertion {
  const { labels } = decode(probabilities.map(Number))
  const chosen = [...labels.keys()].filter((i) => labels[i] === 1)
  let weights = [Rational.of(1)]
  for (const text of probabilities) {
    const p = Rational.of(text)
    const without = weights.map((w) => w.times(Rational.of(1).minus(p)))
    weights = [...without, ...weights.map((w) => w.times(p))]
  }
  const count = (set: number): number => set.toString(2).replaceAll('0', '').length
  const expected = (set: number): Rational =>
    weights.reduce((sum, weight, truth) => {
      const size = count(set) + count(truth)
      return size === 0 ? sum : sum.plus(weight.times(`${2 * count(set & truth)}/${size}`))
    }, Rational.of(0))
  const best = expected(chosen.reduce((set, i) => set + 2 ** i, 0))
  const beaten = weights.some((_, set) => expected(set).compare(best) > 0)
  return {
    assertion: { kind: 'best-f1', probabilities, chosen },
    outcome: beaten ? 'refuted' : 'proved',
  }
}

/**
 * The projection onto the capped simplex is the nearest point, by the conditions of optimality in
 * rationals.
 *
 * @example
 * import { decideProjection, projectionProved } from '@nonconvex/structured/cardinality'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(projectionProved, [decideProjection(['0.9', '0.4', '-1'], 1)]).status) // → holds
 */
export const projectionProved = claim(
  'structured/projection-proved',
  'The projection onto the capped simplex is the nearest point to 10⁻¹², in exact arithmetic',
  'proof',
  { talk, ours: 'y = clip(v − τ, 0, 1) with sum z is nearest; the conditions in rationals' },
  (checked: readonly CheckedAssertion[]) => ({
    statement: `${counted(checked.length, 'vector')} of scores: the nearest point as rationals, and the computed one within 10⁻¹²`,
    ...proofEvidence(checked),
  }),
)

/**
 * Expected-F1 decoding is optimal, by all sets of labels in rationals.
 *
 * @example
 * import { decideF1, f1Proved } from '@nonconvex/structured/cardinality'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(f1Proved, [decideF1(['0.4', '0.4', '0.05'])]).status) // → holds
 */
export const f1Proved = claim(
  'structured/f1-decoding-proved',
  'Expected-F1 decoding returns a maximizer over all sets of labels, in exact arithmetic',
  'proof',
  { talk, ours: 'the expected F1 of every set as a rational number' },
  (checked: readonly CheckedAssertion[]) => ({
    statement: `${counted(checked.length, 'vector')} of probabilities: no set of labels has a larger expected F1`,
    ...proofEvidence(checked),
  }),
)
