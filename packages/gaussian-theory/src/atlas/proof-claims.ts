import { claim, proofOf, readable } from '@nonconvex/optim/claims'
import { isSpuriousRecord, overlapHypotheses } from '../overlap/claims.js'
import { minimumAssertion, type CertifiedMinimumFacts } from '../overlap/minimum-assertion.js'
import type { OverlapShape } from '../overlap/smoothness.js'

/** The part of a certified radius that a certificate asserts: in four dimensions checked soon. */
const PART = 1 / 4

/**
 * Each minimum that was found has an interval certificate: strict, alone in its ball, and spurious
 * where its loss is above 0. A saddle violates the claim; another refusal leaves it inconclusive.
 */
export const atlasProved = claim(
  'gaussian/atlas-minima-proved',
  'Interval arithmetic proves every local minimum in the atlas',
  'proof',
  { ours: 'gradient at the point and Hessian on a cube around it, every rounding enclosed' },
  ({
    shape,
    minima,
  }: {
    readonly shape: OverlapShape
    readonly minima: readonly CertifiedMinimumFacts[]
  }) => {
    const proved = minima.filter(({ found }) => found.status === 'certified')
    const spurious = proved.filter(({ found }) => isSpuriousRecord(found)).length
    const saddle = minima.some(({ found }) => found.status === 'hessian-not-definite')
    const open = proved.length < minima.length || minima.length === 0
    return {
      statement: `${readable(proved.length)} of ${readable(minima.length)} minima proved to be strict, ${readable(spurious)} of them spurious`,
      measured: proved.length,
      relation: '==',
      bound: minima.length,
      hypotheses: overlapHypotheses(shape),
      ...(!open && { witness: proofOf(proved.map((one) => minimumAssertion(one, PART))) }),
      ...(open && !saddle && { undecided: 'a certificate is missing' }),
    }
  },
)
