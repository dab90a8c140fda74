import { decideInequality, type Term } from '@nonconvex/optim/certify'
import {
  claim,
  counted,
  proofEvidence,
  proofOf,
  type CheckedAssertion,
} from '@nonconvex/optim/claims'
import { isSpuriousRecord } from './claims.js'
import { minimumAssertion, type CertifiedMinimumFacts } from './minimum-assertion.js'

const numbers = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** The part of a certified radius that a certificate asserts, by the length of the filter. */
const PARTS = [1, 1, 1, 1 / 32]

/** Interval certificates opposite to one teacher, for each of these numbers of patches. */
const forEvery = (id: string, title: string, patches: readonly number[]) =>
  claim(
    id,
    title,
    'proof',
    {
      talk: 'Gaussian Inputs: networks with overlap',
      ours: 'gradient at the point and Hessian on a cube around it, every rounding enclosed, for each k',
    },
    (found: readonly CertifiedMinimumFacts[]) => {
      const proved = found.filter((one) => isSpuriousRecord(one.found))
      const covered = patches.filter((k) => proved.some(({ shape }) => shape.k === k)).length
      const saddle = found.some((one) => one.found.status === 'hessian-not-definite')
      return {
        statement: `proved for ${counted(covered, 'number')} of patches, k = ${patches[0]}, …, ${patches[patches.length - 1]}`,
        measured: covered,
        relation: '==',
        bound: patches.length,
        ...(covered > 0 && {
          witness: proofOf(proved.map((one) => minimumAssertion(one, PARTS[one.w.length]))),
        }),
        ...(covered < patches.length && !saddle && { undecided: 'a certificate is missing' }),
      }
    },
  )

/** The numbers of patches for which the spurious minimum opposite to (−1, 1) is proved. */
export const provedPatches: readonly number[] = numbers(2, 50)

/**
 * The point −t₀w* is a spurious local minimum for each number of patches k = 2, …, 50. A saddle
 * violates the claim; another refusal leaves it inconclusive. Facts: the interval certificates.
 */
export const spuriousForEveryK = forEvery(
  'gaussian/overlap-minimum-every-k',
  'Opposite to (−1, 1) lies a spurious local minimum for every number of patches k from 2 to 50',
  provedPatches,
)

/** The numbers of patches for which the spurious minimum opposite to (−1, 0, 1) is proved. */
export const provedPatchesOfThree: readonly number[] = numbers(6, 50)

/** The same for the teacher (−1, 0, 1), whose opposite point is a saddle for k ≤ 5. */
export const spuriousOfThree = forEvery(
  'gaussian/overlap-minimum-three-weights',
  'Opposite to (−1, 0, 1) lies a spurious local minimum for every number of patches k from 6 to 50',
  provedPatchesOfThree,
)

/**
 * That a pair of overlapping patches curves the loss by at most q of a patch's own, q = (2√2 + π −
 * arccos ⅓)/π, up to 10⁻⁴: (3 sin t + π − t)/π over all angles t, with x = cos t.
 *
 * @param factor - the theorem with this factor in place of 1, as a text
 */
export function smoothnessAssertions(factor = '1'): readonly CheckedAssertion[] {
  const pi: Term = 'pi'
  const most: Term = ['+', ['*', '2', ['sqrt', '2']], ['-', pi, ['acos', '1/3']]]
  return [
    decideInequality({
      says: '3 sin t + π − t ≤ 2√2 + π − arccos(1/3) + 1/10000 with x = cos t',
      left: ['+', ['*', '3', ['sqrt', ['-', '1', ['square', 'x']]]], ['-', pi, ['acos', 'x']]],
      right: ['+', ['*', factor, most], '1/10000'],
      where: { x: ['-1', '1'] },
    }),
  ]
}

/**
 * The constant of `overlapSmoothness`, the step size's L.
 *
 * @example
 * import { smoothnessAssertions, smoothnessProved } from '@nonconvex/gaussian-theory/overlap'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(smoothnessProved, smoothnessAssertions()).status) // → holds
 * console.log(verdictOn(smoothnessProved, smoothnessAssertions('0.99')).status) // → violated
 */
export const smoothnessProved = claim(
  'gaussian/overlap-smoothness',
  'Two overlapping patches curve the loss by at most q = 1.5085 of what one patch does',
  'proof',
  { ours: 'the norms of the second derivatives of one pair, at most (3 sin t + π − t)/π' },
  (checked: readonly CheckedAssertion[]) => ({
    statement:
      'the largest (3 sin t + π − t)/π over all angles is at most q + 10⁻⁴; with it L = (k + q n_int + n_far/π)/k² bounds the curvature',
    ...proofEvidence(checked),
  }),
)
