import { decide, hypothesis, readable, type Claim, type Verdict } from '@nonconvex/optim/claims'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { splittingGap } from './reduction.js'
import { type Partition, splits } from './set-splitting.js'
import type { SetSystem } from './set-system.js'

const talk = 'Gaussian Inputs: learning with arbitrary inputs is hard'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

export const reductionClaim: Claim = {
  id: 'gaussian/set-splitting',
  title: 'A set system can be split exactly when its training problem has a solution without loss',
  rigor: 'float64',
  source: { talk, paper, ours: 'the construction: an example for each element and each subset' },
}
export const gapClaim: Claim = {
  id: 'gaussian/splitting-gap',
  title: 'Without a splitting no weights come closer to zero loss than a gap',
  rigor: 'float64',
  source: { ours: 'some subset lies in one part, and then has an output that costs Γ' },
}
export const roundingClaim: Claim = {
  id: 'gaussian/splitting-rounding',
  title: 'Weights with a loss below the gap show a splitting',
  rigor: 'float64',
  source: { ours: 'the proof of the gap, read backwards' },
}
export const tractabilityClaim: Claim = {
  id: 'gaussian/gaussian-is-easy',
  title:
    'Descent is beaten by brute force on a small hard instance and succeeds on Gaussian inputs of that size',
  rigor: 'statistical',
  source: { talk, paper },
}

/** The claims about hardness. */
export const hardnessClaims: readonly Claim[] = [
  reductionClaim,
  gapClaim,
  roundingClaim,
  tractabilityClaim,
]

/** Rounding of losses next to Γ, which is attained. */
const GAP_SLACK = 1e-12

/** Instances solved by brute force and by the training problem. */
export interface ReductionFound {
  readonly instances: number
  /** those of which brute force and decoder gave different answers, in either direction */
  readonly disagreements: number
  /** largest loss of the weights made from a splitting */
  readonly largestLoss: number
}

/** Whether splitting → zero loss and zero loss → splitting held on every instance. */
export function decideReduction(found: ReductionFound): Verdict {
  const { instances, disagreements, largestLoss } = found
  return decide(reductionClaim, {
    statement: `brute force and decoder disagree on ${readable(disagreements)} of ${readable(instances)} instances; weights of a splitting have loss at most ${readable(largestLoss)}`,
    measured: disagreements,
    relation: '<=',
    bound: 0,
    holds: largestLoss < 1e-28,
    ...(instances === 0 && { undecided: 'no instance' }),
  })
}

/**
 * Whether the best loss found on a system that cannot be split is Γ or more.
 *
 * @param splitting - what brute force found: undefined is the hypothesis
 */
export function decideGap(
  system: SetSystem,
  best: number,
  splitting: Partition | undefined,
): Verdict {
  const gap = splittingGap(system)
  return decide(gapClaim, {
    statement: `best loss ${readable(best)}, at least Γ = ${readable(gap)}`,
    measured: best,
    relation: '>=',
    bound: gap,
    slack: GAP_SLACK * gap,
    hypotheses: [hypothesis('the system cannot be split (all partitions tried)', !splitting)],
    ...(splitting && { witness: { splitting: [...splitting] } }),
  })
}

/** Whether the partition read off weights splits, given that their loss is below Γ. */
export function decideRounding(system: SetSystem, loss: number, partition: Partition): Verdict {
  const gap = splittingGap(system)
  return decide(roundingClaim, {
    statement: `loss ${readable(loss)} < Γ = ${readable(gap)}: the partition read off the weights ${splits(system, partition) ? 'splits' : 'does not split'}`,
    holds: splits(system, partition),
    hypotheses: [hypothesis('loss below the gap Γ', loss < gap * (1 - GAP_SLACK), loss)],
    witness: { partition: [...partition] },
  })
}

/** The same network on the hard instance and on Gaussian inputs. */
export interface TractabilityFound {
  readonly hard: {
    readonly starts: number
    readonly zeroLoss: number
    readonly splittable: boolean
  }
  readonly gaussian: { readonly starts: number; readonly reached: number }
}

/** Share of starts that must be solved on Gaussian inputs. */
const LEARNT = 0.95

/**
 * Whether descent solves a smaller share of starts on an instance that brute force solved than on
 * Gaussian inputs, and at least 95 % of those: by the near ends of the two 95 % intervals.
 */
export function decideTractability({ hard, gaussian }: TractabilityFound): Verdict {
  const nothing = { low: 0, high: 1 }
  const solved = hard.starts > 0 ? wilsonInterval(hard.zeroLoss, hard.starts) : nothing
  const easy = gaussian.starts > 0 ? wilsonInterval(gaussian.reached, gaussian.starts) : nothing
  const [above, below] = [solved.high, easy.low]
  const share = hard.zeroLoss / hard.starts
  const open =
    gaussian.starts === 0 ||
    hard.starts === 0 ||
    (below < LEARNT && easy.high >= LEARNT) ||
    (share < below && below < above)
  return decide(tractabilityClaim, {
    statement: `${readable(hard.zeroLoss)} of ${readable(hard.starts)} starts solved the hard instance, at most ${readable(above, 3)}; ${readable(gaussian.reached)} of ${readable(gaussian.starts)} the Gaussian problem of the same size, at least ${readable(below, 3)}`,
    measured: above,
    relation: '<=',
    bound: below,
    holds: below >= LEARNT,
    confidence: 0.9,
    hypotheses: [hypothesis('the instance can be split (brute force found how)', hard.splittable)],
    ...(open && { undecided: 'too few starts' }),
  })
}
