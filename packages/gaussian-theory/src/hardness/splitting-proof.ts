import {
  claim,
  counted,
  hypothesis,
  proofEvidence,
  type CheckedAssertion,
  type ProofAssertion,
} from '@nonconvex/optim/claims'
import { Rational } from '@nonconvex/tensor/exact'
import { partitionToWeights, splittingGap } from './reduction.js'
import { bruteForceSplit } from './set-splitting.js'
import type { SetSystem } from './set-system.js'

const plain = ({ n, k, subsets }: SetSystem): Omit<ProofAssertion, 'kind'> => ({
  n,
  k,
  subsets: subsets.map((subset) => [...subset]),
})

/** The mean squared loss at integer weights [k n], exactly. */
function exactLoss({ n, k, subsets }: SetSystem, w: readonly number[]): Rational {
  const sets = [...Array.from({ length: n }, (_, i) => [i]), ...subsets]
  const errors = sets.map((set, row) => {
    const outputs = Array.from({ length: k }, (_, j) =>
      Math.max(
        0,
        set.reduce((sum, i) => sum + w[j * n + i], 0),
      ),
    )
    const total = outputs.reduce((sum, x) => sum + x, 0)
    return Rational.of(`${total}/${k}`).minus(row < n ? `1/${k}` : 0)
  })
  return errors
    .reduce((sum, error) => sum.plus(error.times(error)), Rational.of(0))
    .over(sets.length)
}

/** That these weights have exactly this loss. */
function lossAssertion(system: SetSystem, w: readonly number[], loss: Rational): CheckedAssertion {
  const { n, k } = system
  const weights = Array.from({ length: k }, (_, j) => w.slice(j * n, (j + 1) * n).map(String))
  return {
    assertion: { kind: 'splitting-loss', ...plain(system), weights, loss: String(loss) },
    outcome: exactLoss(system, w).compare(loss) === 0 ? 'proved' : 'refuted',
  }
}

/** Γ as a rational: min(1, S²/(k² + S))/(k² (n + M)). */
function exactGap({ n, k, subsets }: SetSystem): Rational {
  const S = Math.min(...subsets.map((subset) => subset.length))
  const inside = Rational.of(`${S * S}/${k * k + S}`)
  const part = inside.compare(1) < 0 ? inside : Rational.of(1)
  return part.over(k * k * (n + subsets.length))
}

/** Integer weights of a system with one element left out, if the others can be split. */
function withoutOne(system: SetSystem): readonly number[] | undefined {
  const { n, k } = system
  for (let out = 0; out < n; out++) {
    const subsets = system.subsets.filter((subset) => !subset.includes(out))
    const found = bruteForceSplit({ ...system, subsets })
    if (!found) continue
    const w = Array.from(partitionToWeights({ ...system, subsets }, found))
    for (let j = 0; j < k; j++) w[j * n + out] = -n
    return w
  }
  return undefined
}

/**
 * That a system has no splitting, by all partitions, and that weights have the loss Γ exactly: those
 * with one element left out. Without such weights only the first.
 */
export function gapAssertions(system: SetSystem): readonly CheckedAssertion[] {
  const none = bruteForceSplit(system) === undefined
  const w = withoutOne(system)
  return [
    {
      assertion: { kind: 'no-splitting', ...plain(system) },
      outcome: none ? 'proved' : 'refuted',
    },
    ...(w ? [lossAssertion(system, w, exactGap(system))] : []),
  ]
}

/** That the weights of a splitting have loss 0, exactly; nothing without a splitting. */
export function zeroLossAssertions(system: SetSystem): readonly CheckedAssertion[] {
  const found = bruteForceSplit(system)
  return found
    ? [lossAssertion(system, Array.from(partitionToWeights(system, found)), Rational.of(0))]
    : []
}

/** A system, and what was decided about it. */
export interface SplittingProof {
  readonly system: SetSystem
  readonly checked: readonly CheckedAssertion[]
}

/**
 * On a system without a splitting the least loss is Γ: it is a lower bound, and attained.
 *
 * @example
 * import { fanoPlane, gapAssertions, gapAttained } from '@nonconvex/gaussian-theory/hardness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const system = fanoPlane()
 * console.log(verdictOn(gapAttained, { system, checked: gapAssertions(system) }).status) // → holds
 */
export const gapAttained = claim(
  'gaussian/splitting-gap-attained',
  'The least training loss of a set system that cannot be split is Γ',
  'proof',
  { ours: 'all partitions are tried; weights with one element left out have the loss Γ' },
  ({ system, checked }: SplittingProof) => {
    const { n, k, subsets } = system
    const S = Math.min(...subsets.map((subset) => subset.length))
    return {
      statement: `no partition of ${counted(n, 'element')} into ${counted(k, 'part')} splits all ${counted(subsets.length, 'subset')}, and integer weights have the loss Γ = ${String(exactGap(system))} exactly`,
      hypotheses: [
        hypothesis(
          'the system cannot be split (all partitions tried)',
          checked.every(
            ({ assertion, outcome }) => assertion.kind !== 'no-splitting' || outcome === 'proved',
          ),
        ),
        hypothesis('Γ is the loss of one element, S² ≥ k² + S', S * S >= k * k + S, S),
      ],
      ...proofEvidence(checked),
      ...(checked.length < 2 && { undecided: `no weights with the loss ${splittingGap(system)}` }),
    }
  },
)

/**
 * The weights of a splitting have no loss at all: so zero loss is as hard to decide as splitting.
 *
 * @example
 * import { zeroLoss, zeroLossAssertions } from '@nonconvex/gaussian-theory/hardness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * const system = { n: 3, subsets: [[0, 1], [1, 2]], k: 2 }
 * console.log(verdictOn(zeroLoss, { system, checked: zeroLossAssertions(system) }).status) // → holds
 */
export const zeroLoss = claim(
  'gaussian/splitting-zero-loss',
  'The weights of a splitting have training loss 0, in exact arithmetic',
  'proof',
  { ours: 'an element gives 1/k in its part; a subset that is split gives 0 in each' },
  ({ system: { n, subsets }, checked }: SplittingProof) => ({
    statement: `${counted(n + subsets.length, 'example')}, each with residual 0`,
    hypotheses: [hypothesis('the system can be split (all partitions tried)', checked.length > 0)],
    ...proofEvidence(checked),
  }),
)
