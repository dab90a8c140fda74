import {
  claim,
  decimalBelow,
  proofEvidence,
  readable,
  type CheckedAssertion,
} from '@nonconvex/optim/claims'
import { exactPower, Rational } from '@nonconvex/tensor/exact'
import type { FloorCase } from './compression-floor.js'

const source = {
  ours: 'one frequent example and many rare ones: the error is what was not seen, and c − 1 is binomial',
}

/**
 * Decides P(Bin(n, q) ≤ r) ≤ δ, or ≥ δ, by the sum of integers
 *
 *     Σ_{i ≤ r} C(n, i) a^i (D − a)^{n−i}   against   δ Dⁿ,   q = a/D
 *
 * @param q - in (0, 1), as a text; @param delta - as a text
 */
export function decideTail(
  n: number,
  r: number,
  q: string,
  relation: '<=' | '>=',
  delta: string,
): CheckedAssertion {
  const { numerator: a, denominator: D } = Rational.of(q)
  const rest = D - a
  let term = exactPower(rest, n)
  let sum = 0n
  for (let i = 0; i <= Math.min(n, r); i++) {
    sum += term
    term = (term * BigInt(n - i) * a) / (BigInt(i + 1) * rest)
  }
  const bound = Rational.of(delta)
  const difference = sum * bound.denominator - bound.numerator * exactPower(D, n)
  const holds = relation === '<=' ? difference <= 0n : difference >= 0n
  return {
    assertion: { kind: 'binomial-tail', n, r, q, relation, delta },
    outcome: holds ? 'proved' : 'refuted',
  }
}

/** The case, with the least possible bound there. */
export interface FloorFound extends FloorCase {
  readonly floor: number
}

const UNIT = 1_000_000

/** The Clopper–Pearson limit of c − 1 to six digits: the tail is δ between two rationals. */
export const clopperPearsonAssertions = (
  cases: readonly FloorFound[],
): readonly CheckedAssertion[] =>
  cases.flatMap(({ n, distinct, delta, floor }) => {
    const digits = Math.floor(floor * UNIT)
    const [low, high] = [digits, digits + 1].map((x) => `${x}/${UNIT}`)
    return [
      decideTail(n, distinct - 1, low, '>=', String(delta)),
      decideTail(n, distinct - 1, high, '<=', String(delta)),
    ]
  })

/** That each bound is at least the least possible one: the tail at it is at most δ. */
export const floorAssertions = (cases: readonly FloorFound[]): readonly CheckedAssertion[] =>
  cases
    .filter(({ value }) => value < 1)
    .map(({ n, distinct, delta, value }) =>
      decideTail(n, distinct - 1, decimalBelow(value, 6), '<=', String(delta)),
    )

/** That this part of each bound is none: the tail at it is above δ. */
export const partAssertions = (
  cases: readonly FloorFound[],
  part: number,
): readonly CheckedAssertion[] =>
  cases.map(({ n, distinct, delta, value }) =>
    decideTail(n, distinct - 1, decimalBelow(value * part, 6), '>=', String(delta)),
  )

/**
 * The Clopper–Pearson limits to six digits.
 *
 * @example
 * import { clopperPearsonAssertions, clopperPearsonProved } from '@nonconvex/overparam/generalization'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const at = { bound: '', n: 100, distinct: 1, delta: 0.05, value: 0.1 }
 * const status = (floor: number) =>
 *   verdictOn(clopperPearsonProved, clopperPearsonAssertions([{ ...at, floor }])).status
 * console.log(status(0.0295130497), status(0.02952)) // → holds violated
 */
export const clopperPearsonProved = claim(
  'overparam/clopper-pearson-proved',
  'Interval arithmetic proves six digits of the Clopper–Pearson limits for c − 1 errors at δ = 0.05',
  'proof',
  { ours: 'binomial sums of integers on both sides of the limit' },
  (checked: readonly CheckedAssertion[]) => ({
    statement: `${readable(checked.length)} exact binomial sums, two for each limit`,
    ...proofEvidence(checked),
  }),
)

/** The bounds are above the least possible one. */
export const aboveFloorProved = claim(
  'overparam/bounds-above-floor-proved',
  'The block bound is at least the least possible compression bound, by exact sums',
  'proof',
  source,
  (checked: readonly CheckedAssertion[]) => ({
    statement: `at ${readable(checked.length)} bounds the probability of c − 1 or fewer rare examples is at most δ, exactly`,
    ...proofEvidence(checked),
  }),
)

/** A part of the block bound is no bound. */
export const partFails = claim(
  'overparam/smaller-bound-fails',
  'No compression bound holds that is 0.4 times the block bound, δ = 0.05',
  'proof',
  source,
  (checked: readonly CheckedAssertion[]) => ({
    statement: `for ${readable(checked.length)} pairs (n, c) a population exists on which it fails with probability above δ, exactly`,
    ...proofEvidence(checked),
  }),
)
