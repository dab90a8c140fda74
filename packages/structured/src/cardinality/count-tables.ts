import type { Vec } from '@nonconvex/tensor'
import { checkFiniteVector } from '@nonconvex/tensor/check'

/** log(e^a + e^b). */
function logAdd(a: number, b: number): number {
  if (a === -Infinity) return b
  if (b === -Infinity) return a
  const larger = Math.max(a, b)
  return larger + Math.log1p(Math.exp(Math.min(a, b) - larger))
}

/**
 * Throws unless scores are finite, and there is at least one entry and at most L + 1.
 */
export function checkCounts(fn: string, theta: Vec, name: string, entries: Vec): void {
  checkFiniteVector(fn, 'theta', theta)
  if (entries.length === 0 || entries.length > theta.length + 1)
    throw new RangeError(
      `${fn}: ${name} must have one entry for each count from 0 on, at most ${theta.length + 1} of them, got ${entries.length}`,
    )
}

/** The largest count allowed by f. */
export function checkPotential(fn: string, theta: Vec, f: Vec): number {
  checkCounts(fn, theta, 'f', f)
  let last = -1
  for (let k = 0; k < f.length; k++) {
    if (!(f[k] < Infinity))
      throw new RangeError(`${fn}: f[${k}] must be a number below Infinity, got ${f[k]}`)
    if (f[k] > -Infinity) last = k
  }
  if (last < 0) throw new RangeError(`${fn}: f must allow a count, got −Infinity for all`)
  return last
}

/**
 * Row i of L + 1, entry k of last + 1: log Σ e^{θᵀy} over the first i labels with k ones among
 * them. Every sum is of positive terms.
 */
export function prefixTable(theta: Vec, last: number): Float64Array {
  const [L, K] = [theta.length, last + 1]
  const table = new Float64Array((L + 1) * K).fill(-Infinity)
  table[0] = 0
  for (let i = 0; i < L; i++)
    for (let k = 0; k < K && k <= i + 1; k++) {
      const without = table[i * K + k]
      const within = k > 0 ? table[i * K + k - 1] + theta[i] : -Infinity
      table[(i + 1) * K + k] = logAdd(without, within)
    }
  return table
}

/**
 * Row i of L + 1, entry k of last + 1: log Σ e^{θᵀy + f(k + Σ y)} over the labels from i on, k ones
 * being before them.
 */
export function suffixTable(theta: Vec, f: Vec, last: number): Float64Array {
  const [L, K] = [theta.length, last + 1]
  const table = new Float64Array((L + 1) * K).fill(-Infinity)
  for (let k = 0; k < K; k++) table[L * K + k] = f[k]
  for (let i = L - 1; i >= 0; i--)
    for (let k = 0; k < K && k <= i; k++) {
      const within = k + 1 < K ? theta[i] + table[(i + 1) * K + k + 1] : -Infinity
      table[i * K + k] = logAdd(table[(i + 1) * K + k], within)
    }
  return table
}
