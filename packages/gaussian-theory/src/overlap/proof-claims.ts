import { claim, counted, proofOf, readable } from '@nonconvex/optim/claims'
import { isSpuriousRecord } from './claims.js'
import { spuriousAssertion, type CertifiedMinimumFacts } from './spurious-assertion.js'

/** The numbers of patches for which the spurious minimum is proved. */
export const provedPatches: readonly number[] = Array.from({ length: 49 }, (_, i) => i + 2)

/**
 * The point −t₀w* is a spurious local minimum for each number of patches k = 2, …, 50. A saddle
 * violates the claim; another refusal leaves it inconclusive. Facts: the interval certificates.
 */
export const spuriousForEveryK = claim(
  'gaussian/overlap-minimum-every-k',
  'Opposite to (−1, 1) lies a spurious local minimum for every number of patches k from 2 to 50',
  'proof',
  {
    talk: 'Gaussian Inputs: networks with overlap',
    ours: 'gradient at the point and Hessian on a square around it, every rounding enclosed, for each k',
  },
  (found: readonly CertifiedMinimumFacts[]) => {
    const proved = found.filter((one) => isSpuriousRecord(one.found))
    const covered = provedPatches.filter((k) => proved.some(({ shape }) => shape.k === k)).length
    const saddle = found.some((one) => one.found.status === 'hessian-not-definite')
    const least = Math.min(...proved.map((one) => one.found.convexity ?? NaN))
    return {
      statement: `proved for ${counted(covered, 'number')} of patches from 2 to 50; eigenvalues of the Hessian at least ${readable(least)}`,
      measured: covered,
      relation: '==',
      bound: provedPatches.length,
      ...(covered > 0 && { witness: proofOf(proved.map(spuriousAssertion)) }),
      ...(covered < provedPatches.length && !saddle && { undecided: 'a certificate is missing' }),
    }
  },
)
