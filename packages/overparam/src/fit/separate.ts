import { exactWitness } from '../certify/exact-witness.js'
import { separatorProof } from '../certify/separator-proof.js'
import { findContradiction } from '../data/contradiction.js'
import { minMargin } from '../data/dataset.js'
import type { Dataset } from '../data/dataset.js'
import { certifyMargin, separability } from '../margin/separability.js'
import { perceptron } from '../margin/perceptron.js'

/** One row of a witness. */
export interface WitnessRow {
  /** index of the example */
  readonly row: number
  /** its share, Σ = 1 */
  readonly weight: number
  /** its weight as an integer, if the witness is exact */
  readonly integer?: string
}

/** Whether a separator through the origin exists, with the evidence, in the units of the data it was found on. */
export type Separation =
  | {
      readonly kind: 'separable'
      readonly lo: number
      readonly hi: number
      /** [d] scaled so that min_i y_i w·x_i = 1 */
      readonly w: Float64Array
      /** beyond all rounding */
      readonly proven: boolean
      /** examples that the separator of largest margin is made of; absent where only some separator was found */
      readonly support?: number
    }
  | {
      readonly kind: 'inseparable'
      readonly witness: readonly WitnessRow[]
      readonly residual: number
      readonly exact: boolean
      /** why the witness is not exact */
      readonly inexact?: string
    }
  | { readonly kind: 'undecided'; readonly lo: number; readonly hi: number }

/** Passes of the perceptron where the exact method could not decide. */
const PASSES = 20
/** Integers as shares: so many make 1. */
const SHARES = 100_000_000_000_000_000n
/** Digits that a float64 gives back. */
const DIGITS = 15

/**
 * Decides separability: rows that contradict each other, then dual ascent and non-negative least squares, then the perceptron.
 * A separator is checked against rounding, a witness in rational arithmetic where it is small.
 *
 * @param data - as prepared, not scaled
 * @param file - given: the features as in the file, with the constant, where `data` are other numbers; digits: most significant
 *   digits in it
 */
export function separate(
  data: Dataset,
  file: { readonly given?: Dataset; readonly digits: number },
): Separation {
  const twins = file.given && findContradiction(file.given)
  const answer = separability(data)
  if (answer.kind === 'separable') {
    const { lo, hi, w, lambda } = answer
    const support = lambda.reduce((sum, weight) => sum + Number(weight > 0), 0)
    return { kind: 'separable', lo, hi, w, proven: separatorProof(data, w).proven, support }
  }
  if (answer.kind === 'inseparable')
    return witnessOf(data, answer, {
      digits: file.digits,
      // equal rows of the file are equal rows after any preparation
      transformed: file.given !== undefined && twins === undefined,
    })
  const { w, status } = perceptron(data, { maxSteps: PASSES * data.x.rows })
  if (status !== 'converged') return { kind: 'undecided', lo: answer.lo, hi: answer.hi }
  const gamma = minMargin(data, w)
  const norm = Math.sqrt(w.reduce((sum, value) => sum + value * value, 0))
  return {
    kind: 'separable',
    lo: gamma / norm,
    hi: certifyMargin(data, answer.lambda).hi,
    w: w.map((value) => value / gamma),
    proven: separatorProof(data, w).proven,
  }
}

function witnessOf(
  data: Dataset,
  { lambda, residual }: { readonly lambda: Float64Array; readonly residual: number },
  { digits, transformed }: { readonly digits: number; readonly transformed: boolean },
): Separation {
  const rows = Array.from(lambda.keys()).filter((i) => lambda[i] > 0)
  const floating = rows.map((row) => ({ row, weight: lambda[row] }))
  const inexact = (why: string): Separation => ({
    ...{ kind: 'inseparable', witness: floating, residual, exact: false, inexact: why },
  })
  if (transformed) return inexact('the features were standardised, which rounds them')
  if (digits > DIGITS)
    return inexact(`the file has numbers of ${digits} digits, and a float64 gives back ${DIGITS}`)
  const found = exactWitness(data, lambda)
  if (found.status !== 'exact')
    return inexact(
      found.status === 'too-large'
        ? `${rows.length} rows with these features are beyond the size for rational arithmetic, rows² · features ≤ 10⁶`
        : 'these rows cancel up to rounding, not exactly',
    )
  const total = found.weights.reduce((sum, weight) => sum + weight, 0n)
  const share = (weight: bigint): number => Number((weight * SHARES) / total) / Number(SHARES)
  return {
    kind: 'inseparable',
    witness: found.rows.map((row, p) => ({
      row,
      weight: share(found.weights[p]),
      integer: String(found.weights[p]),
    })),
    residual: 0,
    exact: true,
  }
}
