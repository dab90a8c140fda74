/** How an iterative approximation ended. */
export type IterationStatus = 'exact' | 'converged' | 'oscillating' | 'not-converged' | 'infeasible'

/** Number of states before the last that are kept to find a period. */
export const PERIODS = 4

/** Largest difference of entries; equal ones, also −∞, differ by 0. */
export function largestChange(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  let most = 0
  a.forEach((x, i) => {
    for (let c = 0; c < x.length; c++)
      if (x[c] !== b[i][c]) most = Math.max(most, Math.abs(x[c] - b[i][c]))
  })
  return most
}

/**
 * The smallest q in 2 … 4 for which the state q rounds before differs by at most `tol`.
 *
 * @param past - the states before the last, oldest first
 */
export function oscillation(
  last: readonly Float64Array[],
  past: readonly (readonly Float64Array[])[],
  tol: number,
): number | undefined {
  for (let q = 2; q <= Math.min(PERIODS, past.length); q++)
    if (largestChange(last, past[past.length - q]) <= tol) return q
  return undefined
}
