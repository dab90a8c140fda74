import { claim, counted, proofEvidence, type CheckedAssertion } from '@nonconvex/optim/claims'
import { Rational } from '@nonconvex/tensor/exact'
import {
  exactForward,
  exactTexts,
  exampleTexts,
  type ExactExample,
} from '../network/exact-network.js'

/** Six examples in the plane, separated by (1, 1): y w·x ≥ 2. */
const POINTS: readonly (readonly [1 | -1, number, number])[] = [
  [1, 2, 1],
  [1, 1, 1],
  [1, 3, -1],
  [-1, -1, -1],
  [-1, 1, -3],
  [-1, -2, 0],
]

/**
 * That a ReLU network of width k (v = 1) has a spurious local minimum on six separable examples: with
 * w_j = −½ w for the units that count + and −(½ + 2) w for the others, w = (1, 1), no unit is active
 * on the positive examples, and the loss is their fraction ½ on an open set; at rows (w, −w) it is 0.
 *
 * @param depth - ½, as a text; at 0 or below units are not strictly inactive
 */
export function flatAssertions(
  widths: readonly number[],
  depth = '1/2',
): readonly CheckedAssertion[] {
  const examples: readonly ExactExample[] = POINTS.map(([y, ...x]) => ({
    y,
    x: x.map((value) => Rational.of(value)),
  }))
  return widths.map((k) => {
    const [alpha, v] = [Rational.of(0), Rational.of(1)]
    const rowsOf = (plus: Rational, minus: Rational) =>
      Array.from({ length: 2 * k }, (_, j) => {
        const size = j < k ? plus : minus
        return [size, size]
      })
    const shallow = Rational.of(depth).times(-1)
    const weights = rowsOf(shallow, shallow.minus(2))
    const better = rowsOf(Rational.of(1), Rational.of(-1))
    const half = Rational.of('1/2')
    const losses = examples.map(({ y, x }) => {
      const { output, inputs } = exactForward({ alpha, v, rows: weights }, x)
      const loss = Rational.of(1).minus(output.times(y))
      const margin = exactForward({ alpha, v, rows: better }, x).output.times(y)
      const dead = inputs.every((z) => z.compare(0) < 0)
      const flat = (loss.compare(0) < 0 || dead) && margin.compare(1) >= 0
      return { loss: loss.compare(0) > 0 ? loss : Rational.of(0), flat }
    })
    const mean = losses
      .reduce((sum, { loss }) => sum.plus(loss), Rational.of(0))
      .over(losses.length)
    const proved = mean.compare(half) === 0 && losses.every(({ flat }) => flat)
    return {
      assertion: {
        kind: 'flat-minimum',
        alpha: '0',
        v: '1',
        examples: exampleTexts(examples),
        weights: exactTexts(weights),
        better: exactTexts(better),
        loss: String(half),
      },
      outcome: proved ? 'proved' : 'refuted',
    }
  })
}

/**
 * A ReLU network has a spurious local minimum at every width on six separable examples.
 *
 * @example
 * import { flatAssertions, reluFlatProved } from '@nonconvex/overparam/relu'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(reluFlatProved, flatAssertions([1, 10])).status) // → holds
 * console.log(verdictOn(reluFlatProved, flatAssertions([1], '0')).status) // → violated
 */
export const reluFlatProved = claim(
  'overparam/relu-bad-minimum-proved',
  'A ReLU network has a spurious local minimum on separable examples, in exact arithmetic',
  'proof',
  { ours: 'the construction: no unit is active on one class, the loss is constant around' },
  (checked: readonly CheckedAssertion[]) => ({
    statement: `at ${counted(checked.length, 'width')} the loss is 1/2 on an open set of weights, and 0 elsewhere`,
    ...proofEvidence(checked),
  }),
)
