import { decideInequality, type Inequality, type Term } from '@nonconvex/optim/certify'
import { claim, proofEvidence, type CheckedAssertion } from '@nonconvex/optim/claims'
import { leakyThreshold } from './leaky-antiparallel.js'

/** Digits after the point of both ends of an enclosure. */
const UNIT = 1e12
const MOST_PATCHES = 50

/**
 * λ*(k) to twelve digits for k = 2, …, 50: (1 − λ)²(k − 1) − 2πλ falls on [0, 1] and changes its
 * sign between the two ends.
 *
 * @param thresholdOf - what is proved to be λ*(k) to twelve digits; default `leakyThreshold`
 */
export function thresholdAssertions(thresholdOf = leakyThreshold): readonly CheckedAssertion[] {
  return Array.from({ length: MOST_PATCHES - 1 }, (_, i) => i + 2).flatMap((k) => {
    const digits = Math.floor(thresholdOf(k) * UNIT)
    const [low, high] = [digits, digits + 1].map((n) => `${n}/${UNIT}`)
    const where = { k: [`${k}`, `${k}`] } as const
    const pull = (slope: string): Term => ['*', ['-', 'k', '1'], ['square', ['-', '1', slope]]]
    const push = (slope: string): Term => ['*', ['*', '2', 'pi'], slope]
    const signs: readonly Inequality[] = [
      { says: 'at this slope the saddle exists', left: push(low), right: pull(low), where },
      { says: 'at this slope it is gone', left: pull(high), right: push(high), where },
    ]
    return signs.map(decideInequality)
  })
}

/**
 * The threshold λ*(k) of the saddle, enclosed for each k from 2 to 50.
 *
 * @example
 * import { leakyThresholdProved, thresholdAssertions } from '@nonconvex/gaussian-theory/leaky'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(leakyThresholdProved, thresholdAssertions()).status) // → holds
 */
export const leakyThresholdProved = claim(
  'gaussian/leaky-threshold-proved',
  'The leaky ReLU slope λ*(k) at which the saddle disappears is proved to twelve digits, k ≤ 50',
  'proof',
  { ours: '(1−λ)²(k−1) − 2πλ falls and changes its sign in an interval of length 10⁻¹²' },
  (checked: readonly CheckedAssertion[]) => ({
    statement: `${checked.length} signs for k = 2, …, ${MOST_PATCHES}; λ*(2) = ${leakyThreshold(2).toFixed(12)}, λ*(${MOST_PATCHES}) = ${leakyThreshold(MOST_PATCHES).toFixed(12)}`,
    ...proofEvidence(checked),
  }),
)
