import type { Tally } from '@nonconvex/optim'
import {
  claim,
  hypothesis,
  readable,
  type DecidableClaim,
  type Hypothesis,
} from '@nonconvex/optim/claims'
import { coefficients } from '../coefficients.js'

/** Counts of an invariant that was checked at every step, of one run or of many. */
export interface TallyFacts extends Pick<Tally, 'checks' | 'breaches' | 'firstBreach'> {
  readonly k: number
  /** step size of the runs */
  readonly eta: number
}

/** What an invariant needs of the step size. */
type Needs = (used: number) => readonly Hypothesis[]

const smallStep: Needs = (used) => [
  hypothesis('step size η ≤ 1/c', used <= 1 + Number.EPSILON, used),
]
const stableStep: Needs = (used) => [hypothesis('step size η < 2/c', used < 2, used)]
const anyStep: Needs = () => []

/** Never broken; inconclusive if never checked; a violation comes with the first step as witness. */
const invariant = (
  id: string,
  title: string,
  ours: string,
  needs: Needs,
): DecidableClaim<TallyFacts> =>
  claim(
    `gaussian/${id}`,
    title,
    'float64',
    { ours },
    ({ checks, breaches, firstBreach, k, eta }: TallyFacts) => {
      const first = firstBreach
        ? `; first at step ${readable(firstBreach.step)}: ${readable(firstBreach.measured)}, expected ${firstBreach.relation} ${readable(firstBreach.bound)}`
        : ''
      return {
        statement: `${readable(breaches)} violations in ${readable(checks)} checks${first}`,
        measured: breaches,
        relation: '<=',
        bound: 0,
        hypotheses: needs(eta * coefficients(k).c),
        ...(checks === 0 && { undecided: 'no step was checked' }),
        ...(firstBreach && { witness: { ...firstBreach } }),
      }
    },
  )

/** I1 */
export const cone = invariant(
  'cone',
  'A step never leaves the cone between the filter and the teacher',
  'w⁺ = A ŵ + B w* with A, B ≥ 0, so ∠(w, w⁺) + θ⁺ = θ',
  smallStep,
)
/** I2 */
export const twoScalars = invariant(
  'two-scalars',
  'Gradient descent in m dimensions is a run of two scalars',
  'r⁺ = √(r′² + τ²), θ⁺ = θ − atan2(τ, r′), exact in every dimension',
  smallStep,
)
/** I3 */
export const normAbove = invariant(
  'norm-above',
  'The norm moves at most towards that of the teacher',
  'r⁺ ≤ (1 − ηc) r + ηcR: the triangle inequality',
  smallStep,
)
/** I4 */
export const normBelow = invariant(
  'norm-below',
  'The norm moves at least towards the best radius of its ray',
  'r⁺ ≥ r′ = (1 − ηc) r + ηc ρ(θ): a leg is shorter than the hypotenuse',
  smallStep,
)
/** I5 */
export const normRange = invariant(
  'norm-range',
  'The iterates never come near the origin',
  'min(r₀, ρ(θ₀)) ≤ r_t ≤ max(r₀, R), by I3, I4 and the monotone angle',
  smallStep,
)
/** I6 */
export const descent = invariant(
  'descent',
  'Every step lowers the loss by a share of the squared gradient',
  'ℓ(w⁺) ≤ ℓ(w) − η(1 − ηc/2)‖∇ℓ(w)‖²: the loss is c/2 ‖w‖² plus a concave function',
  stableStep,
)
/** I7 */
export const steepness = invariant(
  'steepness',
  'The gradient is as large as the loss demands',
  '‖∇ℓ(w)‖² ≥ 2 Q(θ) ℓ(w): both are quadratic in r − ρ(θ) on each ray',
  anyStep,
)
/** I8 */
export const distance = invariant(
  'distance',
  'A small loss certifies a small distance to the teacher',
  '‖w − w*‖² ≤ 4kℓ(w), from s̃(θ)/π ≤ (1 − cos θ)/2',
  anyStep,
)
/** B3 as a statement about every step: I6 and I7 together. */
export const linearRate = invariant(
  'linear-rate',
  'Each step multiplies the loss by at most a factor below one',
  'ℓ⁺ ≤ (1 − 2η(1 − ηc/2) Q(θ)) ℓ, by I6 and I7',
  stableStep,
)

/** I1–I8 in order, then B3. */
export const invariantClaims: readonly DecidableClaim<TallyFacts>[] = [
  cone,
  twoScalars,
  normAbove,
  normBelow,
  normRange,
  descent,
  steepness,
  distance,
  linearRate,
]

/** Whether the invariant speaks about steps of this size. */
export const appliesTo = (
  { evidence }: DecidableClaim<TallyFacts>,
  { k, eta }: Pick<TallyFacts, 'k' | 'eta'>,
): boolean =>
  evidence({ checks: 0, breaches: 0, k, eta }).hypotheses?.every((h) => h.status !== 'fails') ??
  true
