import { decideInequality, type Term } from '@nonconvex/optim/certify'
import { claim, proofEvidence, type CheckedAssertion } from '@nonconvex/optim/claims'

const times = (a: Term, b: Term): Term => ['*', a, b]
const plus = (a: Term, b: Term): Term => ['+', a, b]
const minus = (a: Term, b: Term): Term => ['-', a, b]

/**
 * That Q(θ)/c ≥ `constant`/k for all θ ≤ π/2 and every k ≥ 2, with x = 1/k and t = θ:
 *
 *     Q/c = a ((1 − θ/π) sin θ)² / (κ (2b + a(2 − κ))),   κ = 1 − cos θ − (sin θ − θ cos θ)/π
 *     sin θ ≥ θ S,   θ² K ≥ κ ≥ θ² L,   by the alternating series of sin, cos and sin θ − θ cos θ
 *
 * so that K (2(1 − x)/π + x(2 − θ²L)) `constant` ≤ ((1 − θ/π) S)² is enough.
 *
 * @param constant - as a text; default '1/3'
 */
export function rateAssertions(constant = '1/3'): readonly CheckedAssertion[] {
  const [t2, x]: readonly Term[] = [['square', 't'], 'x']
  const t4: Term = ['square', t2]
  const S = minus('1', minus(['/', t2, '6'], minus(['/', t4, '120'], ['/', times(t4, t2), '5040'])))
  const s = (last: Term): Term => ['/', minus(['/', 't', '3'], last), 'pi']
  const K = minus(
    minus('1/2', minus(['/', t2, '24'], ['/', t4, '720'])),
    s(['/', times('t', t2), '30']),
  )
  const L = minus(minus('1/2', ['/', t2, '24']), s('0'))
  const others: Term = ['/', times('2', minus('1', x)), 'pi']
  return [
    decideInequality({
      says: 'Q(θ)/c ≥ constant/k: K (2(1 − x)/π + x(2 − θ²L)) constant ≤ ((1 − θ/π) S)², x = 1/k',
      left: times(constant, times(K, plus(others, times(x, minus('2', times(t2, L)))))),
      right: ['square', times(minus('1', ['/', 't', 'pi']), S)],
      where: { t: ['0', '1.5708'], x: ['0', '1/2'] },
    }),
  ]
}

/**
 * The linear rate once the angle to w* is at most π/2, for every number of patches.
 *
 * @example
 * import { linearRateProved, rateAssertions } from '@nonconvex/gaussian-theory/descent'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(linearRateProved, rateAssertions()).status) // → holds
 * console.log(verdictOn(linearRateProved, rateAssertions('0.4')).status) // → violated
 */
export const linearRateProved = claim(
  'gaussian/linear-rate-proved',
  'At angles up to π/2 each step with η = 1/c multiplies the loss by at most 1 − 1/(3k), k ≥ 2',
  'proof',
  { ours: '‖∇ℓ‖² ≥ 2Q(θ)ℓ with Q(θ)/c ≥ 1/(3k) for all θ ≤ π/2 and every k ≥ 2, by intervals' },
  (checked: readonly CheckedAssertion[]) => ({
    statement:
      'Q(θ)/c ≥ 1/(3k) on all angles up to π/2 and for every k ≥ 2 at once; the angle does not grow, so the rate lasts',
    ...proofEvidence(checked),
  }),
)
