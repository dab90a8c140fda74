import { claim, hypothesis, readable } from '@nonconvex/optim/claims'

/** A teacher's ratio S²/A at which the opposite point changes its kind, as measured. */
export interface DuThresholdFacts {
  readonly k: number
  /** the ratio at which the gradient in v next to −w* changes its sign, by bisection */
  readonly measured: number
}

/**
 * The measured threshold of S²/A is 1 + (k − 1)/π. Facts: k and the ratio at which descent from next
 * to −w* changes its direction.
 */
export const duThreshold = claim(
  'gaussian/du-threshold',
  'The point opposite to the teacher is a spurious local minimum iff (Σa*)² < (1 + (k−1)/π)‖a*‖²',
  'float64',
  {
    ours: 'with the best output weights a, a·a* < 0 there iff (Σa*)²/‖a*‖² is below the threshold',
  },
  ({ k, measured }: DuThresholdFacts) => ({
    statement: `measured ${readable(measured, 10)}, 1 + (k−1)/π = ${readable(1 + (k - 1) / Math.PI, 10)}`,
    measured,
    relation: '==',
    bound: 1 + (k - 1) / Math.PI,
    // 1e-6 in the angle shifts the threshold by as much
    slack: 1e-5 * k,
    hypotheses: [hypothesis('k ≥ 3 patches', k >= 3, k)],
  }),
)

/** Runs from random initializations. */
export interface DuRunsFacts {
  readonly k: number
  readonly ratio: number
  readonly eta: number
  /** runs that the claim is about */
  readonly runs: number
  /** those of them that settled elsewhere than at the teacher */
  readonly failed: number
  /** and those that had too few steps to settle */
  readonly unsettled: number
}

/** Why runs decide nothing: there are none, or some need more steps and none has failed. */
const open = ({ runs, failed, unsettled }: DuRunsFacts, none: string) => ({
  ...(runs === 0 && { undecided: none }),
  ...(failed === 0 &&
    unsettled > 0 && { undecided: `${readable(unsettled)} of them need more steps to settle` }),
})

/** The statement on the runs, and the number of those that failed. */
const failures = ({ runs, failed, unsettled }: DuRunsFacts, which: string) =>
  ({
    statement: `${readable(runs - failed - unsettled)} of ${readable(runs)} runs${which} reached the teacher`,
    measured: failed,
    relation: '==',
    bound: 0,
  }) as const

/** Above the threshold every run reaches the teacher. */
export const duAboveThreshold = claim(
  'gaussian/du-above-threshold',
  'Above the threshold of (Σa*)²/‖a*‖² gradient descent reaches the teacher from every initialization',
  'float64',
  { ours: 'the point opposite to the teacher is a saddle there' },
  (facts: DuRunsFacts) => ({
    ...failures(facts, ''),
    hypotheses: [
      hypothesis(
        '(Σa*)²/‖a*‖² > 1 + (k−1)/π',
        facts.ratio > 1 + (facts.k - 1) / Math.PI,
        facts.ratio,
      ),
      hypothesis('step size η ≤ 0.1', facts.eta <= 0.1, facts.eta),
    ],
    ...open(facts, 'no run'),
  }),
)

/** Every run that meets the conditions on the initialization reaches the teacher. */
export const duGuarantee = claim(
  'gaussian/du-guarantee',
  'From a⁰·a* > 0, |Σa⁰| ≤ |Σa*|‖w*‖ and φ⁰ < π/2 gradient descent reaches the teacher (as recalled)',
  'float64',
  { paper: 'Du, Lee, Tian, Poczos & Singh (2018), as recalled' },
  (facts: DuRunsFacts) => ({
    ...failures(facts, ' that meet the conditions'),
    hypotheses: [hypothesis('step size η ≤ 0.1', facts.eta <= 0.1, facts.eta)],
    ...open(facts, 'no run meets the conditions'),
  }),
)
