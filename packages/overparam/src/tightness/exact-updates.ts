import { claim, proofEvidence, readable, type CheckedAssertion } from '@nonconvex/optim/claims'
import { exactDot, Rational } from '@nonconvex/tensor/exact'
import {
  exactForward,
  exactTexts,
  exampleTexts,
  type ExactExample,
  type ExactNet,
} from '../network/exact-network.js'

/** Passes over the data before giving up. */
const MOST_PASSES = 100_000

/** A run in exact arithmetic. */
interface ExactRun {
  readonly net: ExactNet
  readonly eta: Rational
  readonly examples: readonly ExactExample[]
  /** a lower bound on the updates, to be proved with them */
  readonly atLeast: Rational
  /** y w·x ≥ 1 on all examples; with it `factor` times the bound from zero weights is proved, too */
  readonly separator?: { readonly w: readonly Rational[]; readonly factor: string }
}

/**
 * Runs cyclic SGD on the hinge loss in exact arithmetic, until a pass without an update, and decides
 * that its updates are at least `atLeast`; from zero weights also that they are at most
 *
 *     ‖w*‖² (R² + β/α²),   β = 1/(kηv²) ≥ R² α(1 − α)/2
 */
function decideUpdates({ net, eta, examples, atLeast, separator }: ExactRun): {
  readonly updates: number
  readonly checked: CheckedAssertion
} {
  const { alpha, v } = net
  let { rows } = net
  let updates = 0
  let quiet = false
  for (let pass = 0; !quiet && pass < MOST_PASSES; pass++) {
    quiet = true
    for (const { y, x } of examples) {
      const { output, slopes } = exactForward({ alpha, v, rows }, x)
      if (output.times(y).compare(1) >= 0) continue
      quiet = false
      updates++
      rows = rows.map((row, j) => {
        const step = eta.times(slopes[j]).times(y)
        return row.map((w, i) => w.plus(step.times(x[i])))
      })
    }
  }
  const atMost =
    separator && updatesBound({ net, eta, examples }, separator.w)?.times(separator.factor)
  const assertion = {
    kind: 'sgd-updates',
    alpha: String(alpha),
    v: String(v),
    eta: String(eta),
    start: exactTexts(net.rows),
    examples: exampleTexts(examples),
    updates,
    atLeast: String(atLeast),
    ...(separator && { separator: separator.w.map(String), atMost: String(atMost) }),
  }
  const within = separator === undefined || (atMost && atMost.compare(updates) >= 0)
  const outcome = !quiet ? 'open' : within && atLeast.compare(updates) <= 0 ? 'proved' : 'refuted'
  return { updates, checked: { assertion, outcome } }
}

/** The bound from zero weights; undefined where w or the step size is not as it needs. */
function updatesBound(
  { net: { alpha, v, rows }, eta, examples }: Pick<ExactRun, 'net' | 'eta' | 'examples'>,
  w: readonly Rational[],
): Rational | undefined {
  const R2 = examples
    .map(({ x }) => exactDot(x, x))
    .reduce((most, norm) => (norm.compare(most) > 0 ? norm : most))
  const beta = Rational.of(1).over(
    eta
      .times(v)
      .times(v)
      .times(rows.length / 2),
  )
  const valid =
    examples.every(({ y, x }) => exactDot(w, x).times(y).compare(1) >= 0) &&
    beta.compare(R2.times(alpha).times(Rational.of(1).minus(alpha)).over(2)) >= 0
  return valid ? exactDot(w, w).times(R2.plus(beta.over(alpha.times(alpha)))) : undefined
}

/** Updates on two examples at one leaky ReLU slope. */
export type TwoExamplesRun = {
  readonly alpha: string
  readonly updates: number
  /** β/(8α²) [(1+α)²/γ² + (1−α)²/(1−γ²)], rounded down */
  readonly atLeast: number
  readonly checked: CheckedAssertion
}

/** The slopes of `twoExamplesRuns`. */
const SLOPES = ['1', '1/2', '1/4', '1/8', '1/16']
/** γ and √(1 − γ²), β */
const [SINE, COSINE, BETA] = ['20/101', '99/101', '1/2']

/**
 * Two examples (±√(1 − γ²), γ), both of class +1, with γ = 20/101, and one unit of each sign at (m,
 * 0), m = 21/(40αv) + 2ηv, v = 1, β = 1/η = ½: one update with slope 1 is undone by 1/α updates with
 * slope α, so that U ≥ β/(8α²)[(1+α)²/γ² + (1−α)²/(1−γ²)] for every order of the examples.
 *
 * @param factor - the theorem with its lower bound times this, as a text
 */
export function twoExamplesRuns(factor = '1'): readonly TwoExamplesRun[] {
  return SLOPES.map((slope) => {
    const [alpha, gamma, c, beta] = [slope, SINE, COSINE, BETA].map((x) => Rational.of(x))
    const eta = Rational.of(1).over(beta)
    const m = Rational.of('21/40').over(alpha).plus(eta.times(2))
    const row = [m, Rational.of(0)]
    const one = Rational.of(1)
    const square = (x: Rational): Rational => x.times(x)
    const atLeast = beta
      .over(square(alpha).times(8))
      .times(
        square(one.plus(alpha))
          .over(square(gamma))
          .plus(square(one.minus(alpha)).over(square(c))),
      )
      .times(factor)
    const { updates, checked } = decideUpdates({
      net: { alpha, v: one, rows: [row, row] },
      eta,
      examples: [
        { y: 1, x: [c, gamma] },
        { y: 1, x: [c.times(-1), gamma] },
      ],
      atLeast,
    })
    const whole = Number(atLeast.numerator / atLeast.denominator)
    return { alpha: slope, updates, atLeast: whole, checked }
  })
}

/**
 * The number of updates on two examples in the plane grows like 1/α².
 *
 * @example
 * import { twoExamplesGrow, twoExamplesRuns } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(twoExamplesGrow, twoExamplesRuns()).status) // → holds
 * console.log(verdictOn(twoExamplesGrow, twoExamplesRuns('1.2')).status) // → violated
 */
export const twoExamplesGrow = claim(
  'overparam/two-examples-grow',
  'On two examples in the plane SGD makes at least 1/(8α²) times the updates of the perceptron bound',
  'proof',
  { ours: 'one step with slope 1 is undone by 1/α steps with slope α; the run in rationals' },
  (runs: readonly TwoExamplesRun[]) => ({
    statement: `updates in exact arithmetic, and the lower bound: ${runs.map(({ alpha, updates, atLeast }) => `${readable(updates)} ≥ ${readable(atLeast)} at α = ${alpha}`).join(', ')}`,
    ...proofEvidence(runs.map(({ checked }) => checked)),
  }),
)

/** Updates on orthonormal examples. */
export type OrthonormalRun = {
  readonly d: number
  readonly updates: number
  readonly bound: number
  readonly checked: CheckedAssertion
}

/**
 * SGD from zero weights on e_1, …, e_d with α = 1, k = 1, v = 1, β = 1/100: one update for each
 * example, where the bound d (1 + β) allows 1 % more.
 *
 * @param factor - the theorem with both of its bounds times this, as a text
 */
export function orthonormalRuns(
  dimensions: readonly number[],
  factor = '1',
): readonly OrthonormalRun[] {
  return dimensions.map((d) => {
    const [zero, one] = [Rational.of(0), Rational.of(1)]
    const unit = (i: number) => Array.from({ length: d }, (_, j) => (i === j ? one : zero))
    const examples = Array.from({ length: d }, (_, i) => {
      const y = i % 2 === 0 ? 1 : -1
      return { y, x: unit(i) } as const
    })
    const zeros = unit(-1)
    const { updates, checked } = decideUpdates({
      net: { alpha: one, v: one, rows: [zeros, zeros] },
      eta: Rational.of(100),
      examples,
      atLeast: Rational.of(d).times(factor),
      separator: { w: examples.map(({ y }) => Rational.of(y)), factor },
    })
    return { d, updates, bound: 1.01 * d * Number(factor), checked }
  })
}

/**
 * The bound from zero weights is attained up to 1 % by orthonormal examples.
 *
 * @example
 * import { orthonormalAttained, orthonormalRuns } from '@nonconvex/overparam/tightness'
 * import { verdictOn } from '@nonconvex/optim/claims'
 * console.log(verdictOn(orthonormalAttained, orthonormalRuns([2, 5])).status) // → holds
 * console.log(verdictOn(orthonormalAttained, orthonormalRuns([2], '1.1')).status) // → violated
 */
export const orthonormalAttained = claim(
  'overparam/orthonormal-attained',
  'Orthonormal examples attain the bound on updates from zero weights, up to one percent',
  'proof',
  { ours: 'each of d orthonormal examples needs one update; the bound is d(1 + β), β = 1/100' },
  (runs: readonly OrthonormalRun[]) => ({
    statement: `updates in exact arithmetic of those that the bound allows: ${runs.map(({ updates, bound }) => `${updates} of ${readable(bound)}`).join(', ')}`,
    ...proofEvidence(runs.map(({ checked }) => checked)),
  }),
)
