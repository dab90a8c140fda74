import type { ReluOutcome } from './train-relu.js'

/** A run on the unit vectors e_1 … e_d with labels +1. */
export interface CoordinateRun {
  readonly status: ReluOutcome['status']
  readonly updates: number
  /** `coordinateFate` of its initial weights */
  readonly fate: { readonly dead: readonly number[]; readonly updates: number }
  /** coordinates with N(e_i) ≤ 0 at the end */
  readonly wrong: readonly number[]
}

/** The counts over many runs of one width, as plain data. */
export interface CoordinateTally {
  readonly runs: number
  /** runs that misclassify a coordinate at the end */
  readonly failed: number
  /**
   * runs that converged but do not misclassify exactly the dead coordinates of their initialization
   */
  readonly elsewhere: number
  /** runs that reached the step limit */
  readonly cut: number
  /** the same for the runs without a dead coordinate at initialization */
  readonly free: { readonly runs: number; readonly failed: number; readonly cut: number }
  /** of these the run closest to its bound, or furthest above it */
  readonly closest: { readonly updates: number; readonly bound: number } | null
}

const hasEnded = ({ status }: CoordinateRun): boolean =>
  status === 'stuck' || status === 'converged'

const sameSet = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value))

/**
 * Counts the outcomes of runs of one width, for the claims on ReLU.
 *
 * @example
 * import { tallyCoordinates } from '@nonconvex/overparam/relu'
 * const run = { status: 'stuck', updates: 9, fate: { dead: [0], updates: Infinity }, wrong: [0] } as const
 * const { failed, elsewhere } = tallyCoordinates([run])
 * console.log(failed, elsewhere) // → 1 0
 */
export function tallyCoordinates(runs: readonly CoordinateRun[]): CoordinateTally {
  const ended = runs.filter(hasEnded)
  const free = runs.filter((run) => run.fate.dead.length === 0)
  const freeEnded = free.filter(hasEnded)
  const closest = free.reduce<CoordinateRun | undefined>(
    (a, b) => (a && a.updates - a.fate.updates >= b.updates - b.fate.updates ? a : b),
    undefined,
  )
  return {
    runs: runs.length,
    failed: runs.filter((run) => run.wrong.length > 0).length,
    elsewhere: ended.filter((run) => !sameSet(run.wrong, run.fate.dead)).length,
    cut: runs.length - ended.length,
    free: {
      runs: free.length,
      failed: freeEnded.filter((run) => run.status === 'stuck' || run.wrong.length > 0).length,
      cut: free.length - freeEnded.length,
    },
    closest: closest ? { updates: closest.updates, bound: closest.fate.updates } : null,
  }
}
