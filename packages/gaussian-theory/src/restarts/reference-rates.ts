import type { OverlapShape } from '../overlap/smoothness.js'

/**
 * The success rate of one network by an independent program, with other random teachers and
 * initializations.
 */
export interface ReferenceRate extends OverlapShape {
  /** fraction of the initializations, of all random teachers, that reached the global minimum */
  readonly rate: number
  /** teachers all of whose initializations reached it */
  readonly withoutFailure: number
  /** success rate of the worst teacher */
  readonly worst: number
  /** median final loss of failed initializations; undefined if none failed */
  readonly stuckLoss: number | undefined
  /** fraction of the initializations of the alternating teacher */
  readonly alternating: number
}

/** Number of random teachers of each reference row. */
export const REFERENCE_TEACHERS = 25
/** Number of initializations for each random teacher. */
export const REFERENCE_RESTARTS = 40
/** Number of initializations for the alternating teacher. */
export const REFERENCE_ALTERNATING = 400
/** Maximum number of steps of a run, with η = 1/L. */
export const REFERENCE_STEPS = 20_000

const row = (
  [m, stride, k]: readonly [number, number, number],
  [rate, withoutFailure, worst, stuckLoss, alternating]: readonly [
    number,
    number,
    number,
    number | undefined,
    number,
  ],
): ReferenceRate => ({ m, stride, k, rate, withoutFailure, worst, stuckLoss, alternating })

/**
 * The fractions of random initializations from which gradient descent reached the global minimum, ℓ
 * < 1e-8, with η = 1/L and at most 20,000 steps; teachers and initializations are uniform on the
 * unit sphere. 25 teachers with 40 initializations each, and 400 initializations of the alternating
 * teacher.
 *
 * Source: ours, by an independent program with other random numbers.
 */
export const referenceRates: readonly ReferenceRate[] = [
  row([2, 1, 2], [0.975, 23, 0.625, 0.19297, 0.562]),
  row([2, 1, 5], [0.755, 12, 0.35, 0.03833, 0.517]),
  row([2, 1, 10], [0.645, 6, 0.375, 0.0093, 0.512]),
  row([2, 1, 20], [0.636, 6, 0.425, 0.0025, 0.502]),
  row([4, 1, 4], [0.911, 19, 0.475, 0.03938, 0.575]),
  row([4, 1, 8], [0.851, 16, 0.475, 0.0111, 0.578]),
  row([4, 1, 16], [0.78, 11, 0.35, 0.00272, 0.52]),
  row([4, 2, 4], [0.885, 16, 0.55, 0.05892, 1]),
  row([4, 3, 4], [1, 25, 1, undefined, 1]),
  row([4, 4, 4], [1, 25, 1, undefined, 1]),
  row([8, 1, 8], [0.875, 16, 0.5, 0.00912, 0.537]),
  row([8, 1, 16], [0.785, 9, 0.425, 0.00262, 0.512]),
  row([8, 2, 8], [0.945, 20, 0.575, 0.01065, 1]),
  row([8, 4, 8], [0.863, 13, 0.6, 0.01979, 1]),
  row([8, 7, 8], [0.985, 24, 0.625, 0.02008, 1]),
  row([16, 1, 8], [0.915, 17, 0.425, 0.00724, 0.495]),
  row([16, 1, 16], [0.898, 15, 0.6, 0.00235, 0.527]),
  row([16, 8, 8], [0.986, 22, 0.85, 0.02148, 1]),
]

/**
 * The reference row of a network; undefined if there is none.
 *
 * @example
 * import { referenceOf } from '@nonconvex/gaussian-theory/restarts'
 * console.log(referenceOf({ m: 2, k: 5, stride: 1 })?.rate) // → 0.755
 */
export function referenceOf({ m, k, stride }: OverlapShape): ReferenceRate | undefined {
  return referenceRates.find((own) => own.m === m && own.k === k && own.stride === stride)
}

/**
 * The success rates of the single teachers of a reference row, as far as the row determines them: 1
 * for those without a failure, the worst rate for one, and an equal rate for all others such that
 * the mean is correct. Among all rates that fit the row these have the smallest variance.
 *
 * @example
 * import { referenceOf, referenceTeachers } from '@nonconvex/gaussian-theory/restarts'
 * const reference = referenceOf({ m: 8, k: 8, stride: 7 })
 * console.log(reference && referenceTeachers(reference).slice(-2)) // → [ 1, 0.625 ]
 */
export function referenceTeachers({ rate, withoutFailure, worst }: ReferenceRate): number[] {
  const failing = REFERENCE_TEACHERS - withoutFailure
  const rest = rate * REFERENCE_TEACHERS - withoutFailure - worst
  return Array.from({ length: REFERENCE_TEACHERS }, (_, j) => {
    if (j < withoutFailure) return 1
    return j === REFERENCE_TEACHERS - 1 ? worst : rest / (failing - 1)
  })
}
