import { claim, hypothesis, readable } from '@nonconvex/optim/claims'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { splittingGap } from './reduction.js'
import { type Partition, splits } from './set-splitting.js'
import type { SetSystem } from './set-system.js'

const talk = 'Gaussian Inputs: learning with arbitrary inputs is hard'
const paper = 'Brutzkus & Globerson (2017), arXiv:1702.07966'

/** The relative tolerance for rounding of losses near Γ, which is attained. */
const GAP_SLACK = 1e-12

/** The comparison of brute force with the training problem on several instances. */
export interface ReductionFacts {
  readonly instances: number
  /** instances on which brute force and decoder disagree, in either direction */
  readonly disagreements: number
  /** largest loss of the weights made from a splitting */
  readonly largestLoss: number
}

/** A splitting gives weights with zero loss, and zero loss gives a splitting, on every instance. */
export const setSplitting = claim(
  'gaussian/set-splitting',
  'A set system has a splitting if and only if some weights have zero loss on its training problem',
  'float64',
  { talk, paper, ours: 'the construction: an example for each element and each subset' },
  ({ instances, disagreements, largestLoss }: ReductionFacts) => ({
    statement: `brute force and decoder disagree on ${readable(disagreements)} of ${readable(instances)} instances; weights of a splitting have loss at most ${readable(largestLoss)}`,
    measured: disagreements,
    relation: '<=',
    bound: 0,
    holds: largestLoss < 1e-28,
    ...(instances === 0 && { undecided: 'no instance' }),
  }),
)

/**
 * The smallest loss found on a set system, and the splitting by brute force, which is undefined if
 * there is none.
 */
export interface GapFacts {
  readonly system: SetSystem
  readonly best: number
  readonly splitting: Partition | undefined
}

/** On a set system without a splitting no loss is below Γ. */
export const splittingGapHolds = claim(
  'gaussian/splitting-gap',
  'If a set system has no splitting, the training loss is at least Γ > 0 for all weights',
  'float64',
  { ours: 'some subset lies in one part, and its output costs Γ' },
  ({ system, best, splitting }: GapFacts) => {
    const gap = splittingGap(system)
    return {
      statement: `best loss ${readable(best)}, at least Γ = ${readable(gap)}`,
      measured: best,
      relation: '>=',
      bound: gap,
      slack: GAP_SLACK * gap,
      inequality: true,
      hypotheses: [hypothesis('the system cannot be split (all partitions tried)', !splitting)],
      ...(splitting && { witness: { splitting: [...splitting] } }),
    }
  },
)

/** The partition to which weights round, and the loss of these weights. */
export interface RoundingFacts {
  readonly system: SetSystem
  readonly loss: number
  readonly partition: Partition
}

/** The partition to which weights with a loss below Γ round splits every subset. */
export const splittingRounding = claim(
  'gaussian/splitting-rounding',
  'Rounding weights with training loss below Γ yields a splitting of the set system',
  'float64',
  { ours: 'the proof of the gap, read backwards' },
  ({ system, loss, partition }: RoundingFacts) => {
    const gap = splittingGap(system)
    return {
      statement: `loss ${readable(loss)} < Γ = ${readable(gap)}: the partition read off the weights ${splits(system, partition) ? 'splits' : 'does not split'}`,
      holds: splits(system, partition),
      hypotheses: [hypothesis('loss below the gap Γ', loss < gap * (1 - GAP_SLACK), loss)],
      witness: { partition: [...partition] },
    }
  },
)

/** The numbers of successful runs of the same network on a hard instance and on Gaussian inputs. */
export interface TractabilityFacts {
  readonly hard: {
    readonly starts: number
    readonly zeroLoss: number
    readonly splittable: boolean
  }
  readonly gaussian: { readonly starts: number; readonly reached: number }
}

/** The success rate that is required on Gaussian inputs. */
const LEARNED = 0.95

/**
 * The success rate of gradient descent is smaller on an instance that brute force solved than on
 * Gaussian inputs, where it is at least 95 %; the adjacent ends of the two 95 % intervals are
 * compared.
 */
export const gaussianIsEasy = claim(
  'gaussian/gaussian-is-easy',
  'Gradient descent succeeds less often on a hard instance than on Gaussian inputs of the same size',
  'statistical',
  { talk, paper },
  ({ hard, gaussian }: TractabilityFacts) => {
    const nothing = { low: 0, high: 1 }
    const solved = hard.starts > 0 ? wilsonInterval(hard.zeroLoss, hard.starts) : nothing
    const easy = gaussian.starts > 0 ? wilsonInterval(gaussian.reached, gaussian.starts) : nothing
    const [above, below] = [solved.high, easy.low]
    const rate = hard.zeroLoss / hard.starts
    const open =
      gaussian.starts === 0 ||
      hard.starts === 0 ||
      (below < LEARNED && easy.high >= LEARNED) ||
      (rate < below && below < above)
    return {
      statement: `${readable(hard.zeroLoss)} of ${readable(hard.starts)} initializations solved the hard instance, at most ${readable(above, 3)}; ${readable(gaussian.reached)} of ${readable(gaussian.starts)} the Gaussian problem of the same size, at least ${readable(below, 3)}`,
      measured: above,
      relation: '<=',
      bound: below,
      holds: below >= LEARNED,
      confidence: 0.9,
      hypotheses: [hypothesis('the instance can be split (found by brute force)', hard.splittable)],
      ...(open && { undecided: 'too few initializations' }),
    }
  },
)
