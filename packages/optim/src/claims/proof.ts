import type { Evidence } from './decide.js'
import type { Json } from './verdict.js'

/**
 * An assertion of a certificate; its kind names the theorem, and its other fields are the numbers.
 */
export type ProofAssertion = { readonly kind: string; readonly [name: string]: Json }

/**
 * The certificate of a claim with rigor `proof`, its verdict's witness: assertions that a short
 * independent program can check. Numbers are texts, decimal (`'0.25'`, `'-3e-5'`) or rational
 * (`'3/7'`), and exact.
 */
export type ProofCertificate = {
  readonly schema: 'nonconvex/proof@1'
  readonly assertions: readonly ProofAssertion[]
}

/**
 * Makes the certificate with the given assertions.
 *
 * @throws RangeError if there are none
 */
export function proofOf(assertions: readonly ProofAssertion[]): ProofCertificate {
  if (assertions.length === 0) throw new RangeError('proofOf: expected at least one assertion')
  return { schema: 'nonconvex/proof@1', assertions }
}

/** The witness as a certificate; undefined if it is no certificate. */
export function proofIn(witness: Json | undefined): ProofCertificate | undefined {
  return typeof witness === 'object' &&
    witness !== null &&
    'schema' in witness &&
    witness['schema'] === 'nonconvex/proof@1'
    ? (witness as ProofCertificate)
    : undefined
}

/**
 * A decimal number below x, by at most one unit of its last digit.
 *
 * @param x - finite
 * @param digits - significant digits, integer in [1, 15]
 *
 * @example
 * import { decimalBelow } from '@nonconvex/optim/claims'
 * console.log(decimalBelow(0.0291598, 3), decimalBelow(-2, 1)) // → 291e-4 -3e0
 */
export function decimalBelow(x: number, digits: number): string {
  if (x === 0) return '0'
  const [mantissa, exponent] = x.toExponential(digits - 1).split('e')
  const rounded = BigInt(mantissa.replace('.', ''))
  // at a tie of the rounding, too: what is stated is below, never at, the number
  const below = Number(`${mantissa}e${exponent}`) < x ? rounded : rounded - 1n
  return `${below}e${Number(exponent) - digits + 1}`
}

/** An assertion, and what exact or interval arithmetic decides about it. */
export type CheckedAssertion = {
  readonly assertion: ProofAssertion
  readonly outcome: 'proved' | 'refuted' | 'open'
}

/**
 * Evidence from checked assertions: all of them must be proved. One that is refuted violates the
 * claim; one that is open leaves it inconclusive.
 */
export function proofEvidence(
  checked: readonly CheckedAssertion[],
): Required<Pick<Evidence, 'measured' | 'relation' | 'bound'>> & Partial<Evidence> {
  const proved = checked.filter(({ outcome }) => outcome === 'proved')
  const refuted = checked.find(({ outcome }) => outcome === 'refuted')
  const open = checked.length - proved.length
  return {
    measured: proved.length,
    relation: '==',
    bound: checked.length,
    ...(open === 0 && checked.length > 0
      ? { witness: proofOf(checked.map(({ assertion }) => assertion)) }
      : refuted
        ? { witness: refuted.assertion }
        : { undecided: checked.length === 0 ? 'nothing to prove' : `${open} assertions are open` }),
  }
}
