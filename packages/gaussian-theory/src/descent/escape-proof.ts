import { decideInequality, type Inequality, type Term } from '@nonconvex/optim/certify'
import { claim, proofEvidence, type CheckedAssertion } from '@nonconvex/optim/claims'

/** atan x ≥ this times x for x ≤ ½ */
const TANGENT = '0.92'
/** φ⁺ ≥ φ + this times Kφ² */
const GROWTH = '0.58'

/**
 * That 1/φ falls by at least `constant` K in each step of gradient descent with φ ≤ π/2, in four
 * steps: φ⁺ = φ + atan(Kφ sin φ), sin φ ≥ 2φ/π, and K ≤ 1/π because η ≤ 1/c.
 *
 * @param constant - of `escapeSteps`, as a text; default '0.44'
 */
export function escapeAssertions(constant = '0.44'): readonly CheckedAssertion[] {
  const x: Term = ['square', 'x']
  const series: Term = [
    '+',
    ['-', '1', ['/', x, '3']],
    ['*', ['square', x], ['-', '1/5', ['/', x, '7']]],
  ]
  const steps: readonly Inequality[] = [
    {
      says: 'K φ sin φ ≤ 1/2, as K ≤ 1/π and φ ≤ π/2',
      left: ['*', ['/', '1', 'pi'], ['/', 'pi', '2']],
      right: '0.500000000001',
    },
    {
      says: 'atan x ≥ 0.92 x: (atan x)/x ≥ 1 − x²/3 + x⁴/5 − x⁶/7',
      left: TANGENT,
      right: series,
      where: { x: ['0', '0.500000000001'] },
    },
    {
      says: 'φ⁺ ≥ φ + 0.58 K φ², as sin φ ≥ 2φ/π',
      left: GROWTH,
      right: ['*', TANGENT, ['/', '2', 'pi']],
    },
    {
      says: '1/φ − 1/φ⁺ ≥ 0.58 K/(1 + 0.58 K φ) with K φ ≤ 1/2: at least the constant times K',
      left: constant,
      right: ['/', GROWTH, ['+', '1', ['/', GROWTH, '2']]],
    },
  ]
  return steps.map(decideInequality)
}

/**
 * The constant 0.44 of `escapeSteps`.
 *
 * @example
 * import { escapeAssertions, escapeConstant } from '@nonconvex/gaussian-theory/descent'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(escapeConstant, escapeAssertions()).status) // → holds
 * console.log(verdictOn(escapeConstant, escapeAssertions('0.45')).status) // → violated
 */
export const escapeConstant = claim(
  'gaussian/escape-constant',
  'Each step of gradient descent lowers 1/φ by at least 0.44 K near the degenerate saddle',
  'proof',
  { ours: 'sin φ ≥ 2φ/π and atan x ≥ 0.92 x for x ≤ ½; the constant of the escape bound' },
  (checked: readonly CheckedAssertion[]) => ({
    statement: `${checked.length} inequalities prove the constant of the bound ⌈(1/φ₀ − 2/π)/(0.44 K)⌉ on the steps of the escape`,
    ...proofEvidence(checked),
  }),
)
