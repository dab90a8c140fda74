import type { Claim } from '@nonconvex/optim/claims'

const ours = (id: string, title: string, proof: string): Claim => ({
  id: `gaussian/${id}`,
  title,
  rigor: 'float64',
  source: { ours: proof },
})

/** I1 */
export const coneClaim: Claim = ours(
  'cone',
  'A step never leaves the cone between the filter and the teacher',
  'w⁺ = A ŵ + B w* with A, B ≥ 0, so ∠(w, w⁺) + θ⁺ = θ',
)
/** I2 */
export const twoScalarsClaim: Claim = ours(
  'two-scalars',
  'Gradient descent in m dimensions is a run of two scalars',
  'r⁺ = √(r′² + τ²), θ⁺ = θ − atan2(τ, r′), exact in every dimension',
)
/** I3 */
export const normAboveClaim: Claim = ours(
  'norm-above',
  'The norm moves at most towards that of the teacher',
  'r⁺ ≤ (1 − ηc) r + ηcR: the triangle inequality',
)
/** I4 */
export const normBelowClaim: Claim = ours(
  'norm-below',
  'The norm moves at least towards the best radius of its ray',
  'r⁺ ≥ r′ = (1 − ηc) r + ηc ρ(θ): a leg is shorter than the hypotenuse',
)
/** I5 */
export const normRangeClaim: Claim = ours(
  'norm-range',
  'The iterates never come near the origin',
  'min(r₀, ρ(θ₀)) ≤ r_t ≤ max(r₀, R), by I3, I4 and the monotone angle',
)
/** I6 */
export const descentClaim: Claim = ours(
  'descent',
  'Every step lowers the loss by a share of the squared gradient',
  'ℓ(w⁺) ≤ ℓ(w) − η(1 − ηc/2)‖∇ℓ(w)‖²: the loss is c/2 ‖w‖² plus a concave function',
)
/** I7 */
export const steepnessClaim: Claim = ours(
  'steepness',
  'The gradient is as large as the loss demands',
  '‖∇ℓ(w)‖² ≥ 2 Q(θ) ℓ(w): both are quadratic in r − ρ(θ) on each ray',
)
/** I8 */
export const distanceClaim: Claim = ours(
  'distance',
  'A small loss certifies a small distance to the teacher',
  '‖w − w*‖² ≤ 4kℓ(w), from s̃(θ)/π ≤ (1 − cos θ)/2',
)
/** B3 as a statement about every step: I6 and I7 together. */
export const linearRateClaim: Claim = ours(
  'linear-rate',
  'Each step multiplies the loss by at most a factor below one',
  'ℓ⁺ ≤ (1 − 2η(1 − ηc/2) Q(θ)) ℓ, by I6 and I7',
)

/** I1–I8 in order, then B3. */
export const invariantClaims: readonly Claim[] = [
  coneClaim,
  twoScalarsClaim,
  normAboveClaim,
  normBelowClaim,
  normRangeClaim,
  descentClaim,
  steepnessClaim,
  distanceClaim,
  linearRateClaim,
]
