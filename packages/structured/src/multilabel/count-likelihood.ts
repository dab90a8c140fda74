import { cardinalityMarginals } from '../cardinality/cardinality-distribution.js'
import { labelsOf, type MultilabelData } from './data.js'

/**
 * Outputs z = (θ, f) of some rows to gradients of log Z − θᵀy − f(Σ y) in place; returns the sum of
 * these losses over the rows, NaN where outputs are not finite.
 */
export function countLikelihood(
  z: Float32Array,
  data: MultilabelData,
  rows: ArrayLike<number>,
  counts: number,
): number {
  const L = data.labels.length
  if (!z.every(Number.isFinite)) return NaN
  let loss = 0
  for (let b = 0; b < rows.length; b++) {
    const own = z.subarray(b * (L + counts), (b + 1) * (L + counts))
    const [theta, f] = [own.subarray(0, L), own.subarray(L)]
    const truth = labelsOf(data, rows[b])
    const found = cardinalityMarginals(Float64Array.from(theta), Float64Array.from(f))
    loss += found.logZ - f[truth.length]
    for (const l of truth) loss -= theta[l]
    theta.set(found.labels)
    f.set(found.counts)
    for (const l of truth) theta[l] -= 1
    f[truth.length] -= 1
  }
  return loss
}
