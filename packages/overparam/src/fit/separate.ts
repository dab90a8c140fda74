import { norm2 } from '@nonconvex/tensor'
import { exactWitness } from '../certify/exact-witness.js'
import { exactSeparability, type ExactSeparability } from '../certify/exact-separability.js'
import { separatorProof } from '../certify/separator-proof.js'
import { findContradiction } from '../data/contradiction.js'
import { minMargin, type Examples } from '../data/dataset.js'
import { certifyMargin, separability } from '../margin/separability.js'
import { perceptron } from '../perceptron/perceptron.js'

/** One row of a witness. */
export interface WitnessRow {
  /** index of the example */
  readonly row: number
  /** its weight; the weights sum to 1 */
  readonly weight: number
  /** its weight as an integer, if the witness is exact */
  readonly integer?: string
}

/**
 * Whether a separator through the origin exists, with the evidence in the units of the data.
 */
export type Separation =
  | {
      readonly kind: 'separable'
      readonly lo: number
      readonly hi: number
      /** [d] scaled so that min_i y_i w·x_i = 1 */
      readonly w: Float64Array
      /** whether it is proved in spite of rounding */
      readonly proven: boolean
      /**
       * support vectors of the max-margin separator; absent if only another separator was found
       */
      readonly support?: number
    }
  | {
      /**
       * exact, or in float64: no margin exceeds the residual, which is of the size of rounding
       * errors relative to every feature and row
       */
      readonly kind: 'inseparable'
      readonly witness: readonly WitnessRow[]
      readonly residual: number
      readonly exact: boolean
      /** why the witness is not exact */
      readonly inexact?: string
    }
  | {
      readonly kind: 'undecided'
      readonly lo: number
      readonly hi: number
      /** why separability is undecided */
      readonly why?: string
    }

/** The number of epochs of the perceptron if the exact method could not decide. */
const PASSES = 20
/** The number of integer units in a weight of 1. */
const UNITS = 100_000_000_000_000_000n
/** The number of significant decimal digits that a float64 number preserves. */
const DIGITS = 15

/**
 * Decides separability by searching for contradictory rows, then by dual ascent and non-negative
 * least squares, then by the perceptron. A separator is checked against rounding, a small witness
 * in rational arithmetic. If rational arithmetic refutes a witness, small data are decided exactly,
 * larger ones stay undecided.
 *
 * @param data - prepared, not scaled
 * @param file - given: the features as in the file, with the constant, if `data` differ; digits:
 *   largest number of significant digits
 */
export function separate(
  data: Examples,
  file: { readonly given?: Examples; readonly digits: number },
): Separation {
  const twins = file.given && findContradiction(file.given)
  // equal rows of the file are equal rows after any preparation
  const transformed = file.given !== undefined && twins === undefined
  const answer = separability(data)
  const { lambda } = answer
  if (answer.kind === 'separable') {
    const { lo, hi, w } = answer
    const support = lambda.reduce((sum, weight) => sum + Number(weight > 0), 0)
    const { proven } = separatorProof(data, w)
    return { kind: 'separable', lo, hi, w, proven, ...(!answer.balanced && { support }) }
  }
  const rounded = roundedWhy(file.digits, transformed)
  if (answer.kind === 'undecided') {
    const exact = rounded === undefined && fromExact(data, lambda, exactSeparability(data))
    return exact || fromPerceptron(data, lambda) || open(data, lambda)
  }
  const rows = Array.from(lambda.keys()).filter((i) => lambda[i] > 0)
  const floating = (inexact: string): Separation => ({
    kind: 'inseparable',
    witness: rows.map((row) => ({ row, weight: lambda[row] })),
    residual: answer.residual,
    exact: false,
    inexact,
  })
  if (rounded !== undefined) return floating(rounded)
  const found = exactWitness(data, lambda)
  switch (found.status) {
    case 'exact':
      return exactly(found.rows, found.weights)
    case 'too-large':
      return floating(
        `${rows.length} rows with these features are beyond the size for rational arithmetic, rows² · features ≤ 10⁶`,
      )
    case 'not-exact': {
      // these rows may contradict each other in more than one way, of which one is enough
      const some = exactSeparability(data, rows)
      if (some.status === 'inseparable') return exactly(some.rows, some.weights)
      const decided = fromExact(data, lambda, exactSeparability(data))
      const why = `${rows.length} rows cancel up to rounding, not exactly`
      return decided ?? fromPerceptron(data, lambda) ?? open(data, lambda, why)
    }
  }
}

/** The reason why the numbers differ from those in the file; undefined if they do not. */
function roundedWhy(digits: number, transformed: boolean): string | undefined {
  if (transformed) return 'the features were standardised, which rounds them'
  return digits > DIGITS
    ? `the file has numbers of ${digits} digits, and a float64 gives back ${DIGITS}`
    : undefined
}

function exactly(rows: readonly number[], weights: readonly bigint[]): Separation {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  const fraction = (weight: bigint): number => Number((weight * UNITS) / total) / Number(UNITS)
  return {
    kind: 'inseparable',
    witness: rows.map((row, p) => ({
      row,
      weight: fraction(weights[p]),
      integer: String(weights[p]),
    })),
    residual: 0,
    exact: true,
  }
}

/**
 * The decision of exact arithmetic; undefined if there is none, or if its separator does not
 * survive rounding.
 */
function fromExact(
  data: Examples,
  lambda: Float64Array,
  found: ExactSeparability,
): Separation | undefined {
  switch (found.status) {
    case 'too-large':
      return undefined
    case 'inseparable':
      return exactly(found.rows, found.weights)
    case 'separable':
      return (
        provenBy(data, lambda, found.w) ??
        open(
          data,
          lambda,
          'a separator exists, in rational arithmetic, but rounding to float64 loses it',
        )
      )
  }
}

/** A vector that separates beyond rounding; its margin need not be the largest. */
function provenBy(data: Examples, lambda: Float64Array, w: Float64Array): Separation | undefined {
  const { proven, room } = separatorProof(data, w)
  if (!proven) return undefined
  const gamma = minMargin(data, w)
  return {
    kind: 'separable',
    lo: room / norm2(w),
    hi: certifyMargin(data, lambda).hi,
    w: w.map((value) => value / gamma),
    proven,
  }
}

function fromPerceptron(data: Examples, lambda: Float64Array): Separation | undefined {
  const { w, status } = perceptron(data, { maxSteps: PASSES * data.x.rows })
  return status === 'converged' ? provenBy(data, lambda, w) : undefined
}

const open = (data: Examples, lambda: Float64Array, why?: string): Separation => ({
  kind: 'undecided',
  ...certifyMargin(data, lambda),
  ...(why !== undefined && { why }),
})
