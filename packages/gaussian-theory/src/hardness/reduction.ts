import type { Vec } from '@nonconvex/tensor'
import { checkFiniteVector, checkLength } from '@nonconvex/tensor/check'
import type { Sample } from '../samples/network.js'
import { splits, type Partition } from './set-splitting.js'
import { checkSetSystem, type SetSystem } from './set-system.js'

/** A training problem that was constructed from a set system. */
export interface SetSplittingData extends Sample {
  /** patches of the network: the number of parts */
  readonly k: number
  /** length of the filter, k n; the stride is m too, so patches share no coordinate */
  readonly m: number
  /** number of inputs, k m */
  readonly d: number
}

/**
 * Constructs the training problem that is as hard as splitting a set system: a network of k patches
 * without overlap fits these n + M examples exactly if and only if the system has a splitting.
 *
 * The filter consists of k parts w_0 … w_{k−1} of length n. In the input lift(z) patch j has the
 * vector z at part j and 0 elsewhere, so that
 *
 *     f(lift(z); w) = (1/k) Σ_j relu(w_j·z)
 *     examples: (lift(e_i), 1/k) for each element,  (lift(1_C), 0) for each subset
 *
 * @param system - elements, subsets of two or more, k ≥ 2 parts
 * @returns x [n + M, k²n] and y [n + M], elements first; for `sampleLoss` with stride m
 * @throws RangeError if the instance is not a set system
 * Cost: O((n + M) k² n) numbers. Source: the talk and paper state NP-completeness by reduction from
 * set splitting;
 *   this construction is ours.
 *
 * @example
 * import { setSplittingData } from '@nonconvex/gaussian-theory/hardness'
 * console.log(setSplittingData({ n: 3, subsets: [[0, 1]], k: 2 }).d) // → 12
 */
export function setSplittingData(system: SetSystem): SetSplittingData {
  checkSetSystem('setSplittingData', system)
  const { n, subsets, k } = system
  const m = k * n
  const d = k * m
  const rows = n + subsets.length
  const data = new Float64Array(rows * d)
  const y = new Float64Array(rows)
  const examples = [...Array.from({ length: n }, (_, i) => [i]), ...subsets]
  examples.forEach((elements, row) => {
    y[row] = row < n ? 1 / k : 0
    for (let j = 0; j < k; j++) for (const i of elements) data[row * d + j * m + j * n + i] = 1
  })
  return { x: { rows, cols: d, data }, y, k, m, d }
}

/**
 * Constructs weights of zero loss from a partition that splits: w_j[i] = 1 if element i is in part
 * j, otherwise −n.
 *
 * An element gives 1/k; a subset that is not inside part j has w_j·1_C ≤ (n − 1) − n < 0. A
 * partition that does not split gives weights of the same form, with loss > 0.
 *
 * @param partition - [n]
 * @returns [k n]
 * @throws as splits
 *
 * @example
 * import { partitionToWeights } from '@nonconvex/gaussian-theory/hardness'
 * console.log(partitionToWeights({ n: 2, subsets: [[0, 1]], k: 2 }, [0, 1])) // → Float64Array(4) [ 1, -2, -2, 1 ]
 */
export function partitionToWeights(system: SetSystem, partition: Partition): Float64Array {
  splits(system, partition) // checks
  const { n, k } = system
  return Float64Array.from({ length: k * n }, (_, at) =>
    partition[at % n] === Math.floor(at / n) ? 1 : -n,
  )
}

/**
 * Rounds weights to a partition: element i goes to the part j with the largest w_j[i], and to the
 * lowest such part on ties.
 *
 * If the mean squared loss at w is below `splittingGap`, this partition splits every subset, for
 * every instance. It may also do so for a larger loss. Zero weights put all elements into part 0.
 *
 * @param w - [k n], finite
 * @throws ShapeError for another length; RangeError for NaN and infinities, or if this is not a set
 *   system
 *
 * @example
 * import { weightsToPartition } from '@nonconvex/gaussian-theory/hardness'
 * console.log(weightsToPartition({ n: 2, subsets: [[0, 1]], k: 2 }, [1, -2, -2, 1])) // → [ 0, 1 ]
 */
export function weightsToPartition(system: SetSystem, w: Vec): Partition {
  checkSetSystem('weightsToPartition', system)
  const { n, k } = system
  checkLength('weightsToPartition', 'w', w, k * n, 'k n')
  checkFiniteVector('weightsToPartition', 'w', w)
  return Array.from({ length: n }, (_, i) => {
    let best = 0
    for (let j = 1; j < k; j++) if (w[j * n + i] > w[best * n + i]) best = j
    return best
  })
}

/**
 * A lower bound Γ on the loss of a set system without a splitting: every w then has at least this
 * mean squared loss. For every set system, weights with a loss below Γ round to a splitting.
 *
 *     Γ = min(1, S²/(k² + S)) / (k² (n + M)),   S the size of the smallest subset
 *
 * So deciding zero loss, and reaching the minimum to within less than Γ, are as hard as set
 * splitting.
 *
 * @returns number > 0; without subsets, 1/(k² n), the loss of an element that no part contains
 * @throws RangeError if the instance is not a set system
 * Accuracy: the bound is attained (Fano plane), so compare with a relative slack of 1e-12. Source:
 * ours.
 *
 * @example
 * import { fanoPlane, splittingGap } from '@nonconvex/gaussian-theory/hardness'
 * console.log(splittingGap(fanoPlane()).toFixed(6)) // → 0.017857
 */
export function splittingGap(system: SetSystem): number {
  checkSetSystem('splittingGap', system)
  const { n, subsets, k } = system
  const smallest = Math.min(...subsets.map((c) => c.length))
  // S²/(k² + S) → ∞ without subsets
  const inside = subsets.length === 0 ? 1 : Math.min(1, smallest ** 2 / (k * k + smallest))
  return inside / (k * k * (n + subsets.length))
}
