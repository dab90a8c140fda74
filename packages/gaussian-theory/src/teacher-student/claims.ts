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
  /** runs that the claim is about, and those of them that did not reach the teacher */
  readonly runs: number
  readonly failed: number
}

/** Above the threshold every run reaches the teacher. */
export const duAboveThreshold = claim(
  'gaussian/du-above-threshold',
  'Above the threshold of (Σa*)²/‖a*‖² gradient descent reaches the teacher from every initialization',
  'float64',
  { ours: 'the point opposite to the teacher is a saddle there' },
  ({ k, ratio, eta, runs, failed }: DuRunsFacts) => ({
    statement: `${readable(runs - failed)} of ${readable(runs)} runs reached the teacher`,
    measured: failed,
    relation: '==',
    bound: 0,
    hypotheses: [
      hypothesis('(Σa*)²/‖a*‖² > 1 + (k−1)/π', ratio > 1 + (k - 1) / Math.PI, ratio),
      hypothesis('step size η ≤ 0.1', eta <= 0.1, eta),
    ],
    ...(runs === 0 && { undecided: 'no run' }),
  }),
)

/** Every run that meets the conditions on the initialization reaches the teacher. */
export const duGuarantee = claim(
  'gaussian/du-guarantee',
  'From a⁰·a* > 0, |Σa⁰| ≤ |Σa*|‖w*‖ and φ⁰ < π/2 gradient descent reaches the teacher (as recalled)',
  'float64',
  { paper: 'Du, Lee, Tian, Poczos & Singh (2018), as recalled' },
  ({ eta, runs, failed }: DuRunsFacts) => ({
    statement: `${readable(runs - failed)} of ${readable(runs)} runs that meet the conditions reached the teacher`,
    measured: failed,
    relation: '==',
    bound: 0,
    hypotheses: [hypothesis('step size η ≤ 0.1', eta <= 0.1, eta)],
    ...(runs === 0 && { undecided: 'no run meets the conditions' }),
  }),
)
