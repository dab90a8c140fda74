import { claim, readable } from '@nonconvex/optim/claims'

const talk = 'Attention is a special case of the invariant form'

/** Rounding of a few hundred operations, relative to the largest label. */
const ROUNDING = 1e-12

/**
 * Labels with attention equal those of sums that are normalized afterwards.
 *
 * @param differences - largest difference for each layer and graph, in units of 1 + the largest
 *   label
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { attentionHasForm } from '@nonconvex/structured'
 * console.log(verdictOn(attentionHasForm, [1e-15, 3e-15]).status) // → holds
 */
export const attentionHasForm = claim(
  'structured/attention-has-form',
  'Attention over neighbors equals a sum over neighbors with one additional feature, normalized in ρ',
  'float64',
  { talk, ours: 'both computed on random graphs' },
  (differences: readonly number[]) => {
    const most = Math.max(0, ...differences)
    return {
      statement: `max difference ${readable(most)} between labels of ${readable(differences.length)} layers on random graphs (limit ${readable(ROUNDING)})`,
      measured: most,
      relation: '<=',
      bound: ROUNDING,
      ...(differences.length === 0 && { undecided: 'no layer' }),
    }
  },
)

/** Pooled values at the center of a star, for 1, 2, 3 … equal leaves. */
export interface StarFacts {
  readonly pool: string
  /** one number for each number of leaves */
  readonly values: readonly number[]
}

/**
 * On stars only the sum changes with the number of leaves.
 *
 * @example
 * import { verdictOn } from '@nonconvex/optim/claims'
 * import { attentionForgetsCounts } from '@nonconvex/structured'
 * const found = [{ pool: 'sum', values: [2, 4] }, { pool: 'mean', values: [2, 2] }]
 * console.log(verdictOn(attentionForgetsCounts, found).status) // → holds
 */
export const attentionForgetsCounts = claim(
  'structured/attention-forgets-counts',
  'Attention and mean pooling cannot count equal neighbors, but sum pooling can',
  'float64',
  { ours: 'stars with equal leaves' },
  (all: readonly StarFacts[]) => {
    const spread = ({ values }: StarFacts): number =>
      (Math.max(...values) - Math.min(...values)) / (1 + Math.max(...values.map(Math.abs)))
    const others = all.filter(({ pool }) => pool !== 'sum')
    const sums = all.filter(({ pool }) => pool === 'sum')
    const most = Math.max(0, ...others.map(spread))
    const least = Math.min(Infinity, ...sums.map(spread))
    return {
      statement: `over the number of equal leaves, the mean and attention change by at most ${readable(most)} (limit ${readable(ROUNDING)}), the sum by at least ${readable(least)}`,
      measured: most,
      relation: '<=',
      bound: ROUNDING,
      holds: least > 0.1,
      ...((others.length === 0 || sums.length === 0) && { undecided: 'no layer' }),
    }
  },
)
