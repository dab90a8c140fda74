import { argumentError } from '@nonconvex/tensor/check'
import { best, bestFewOf } from '../chains/chain.js'
import type { Matrix } from '@nonconvex/tensor'
import {
  addFeatures,
  checkSequences,
  dimensionOf,
  supportOf,
  transitionScores,
  unaryScores,
  type ChainSizes,
  type LabeledSequence,
  type SequenceFeatures,
} from './sequences.js'

/** Labels of one example, of any structure. */
export type Labeling = ArrayLike<number>

/**
 * A structured prediction problem with linear scores wᵀφ(x_i, y), for `m3n` and
 * `structuredPerceptron`: a chain is one instance (`chainProblem`).
 */
export interface StructuredProblem {
  /** number of examples */
  readonly n: number
  /** length of w */
  readonly dimension: number
  /** the true labels y_i */
  truth(i: number): Labeling
  /** adds scale · φ(x_i, y) to a vector */
  addFeature(into: Float64Array, scale: number, i: number, y: Labeling): void
  /** argmax_y wᵀφ(x_i, y) */
  decode(w: Float64Array, i: number): Labeling
  /** argmax_y Δ(y_i, y) + wᵀφ(x_i, y) */
  lossAugmented(w: Float64Array, i: number): Labeling
  /** Δ(y_i, y) ≥ 0, and 0 exactly for the truth */
  loss(i: number, y: Labeling): number
  /** the best labeling other than the truth; undefined if there is none. For margins */
  runnerUp?(w: Float64Array, i: number): Labeling | undefined
  /** coordinates in which features of example i can differ from 0; all without it */
  support?(i: number): Int32Array
}

/** Number of positions with another label. */
export function hammingLoss(truth: Labeling, y: Labeling): number {
  let wrong = 0
  for (let t = 0; t < truth.length; t++) if (truth[t] !== y[t]) wrong++
  return wrong
}

/**
 * Labeled sequences as a structured problem: scores W_a·x_t + c_a at positions and A(a, b) between
 * neighbors, Hamming loss, exact inference by dynamic programming.
 *
 * Weights are W (K × d, row-major), c (K) and A (K × K, row-major).
 *
 * @throws ShapeError or ArgumentError, with sequence and position, for features or labels that do not fit
 * Cost: O(T K (K + d)) a call of decode.
 *
 * @example
 * import { chainProblem } from '@nonconvex/structured/learning'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(1, -1) }
 * const problem = chainProblem([{ x, y: [1, 0] }], { states: 2, features: 1 })
 * console.log(problem.dimension, [...Array.from(problem.decode(Float64Array.of(0, 1, 0, 0, 0, 0, 0, 0), 0))]) // → 8 [ 1, 0 ]
 */
export function chainProblem(
  data: readonly LabeledSequence<SequenceFeatures>[],
  sizes: ChainSizes,
): StructuredProblem {
  checkSequences('chainProblem', data, sizes)
  const K = sizes.states
  const scores = (w: Float64Array, i: number): readonly [Matrix, readonly Matrix[]] => {
    const { x } = data[i]
    const transition = transitionScores(w, sizes)
    return [unaryScores(w, x, sizes), new Array<Matrix>(Math.max(0, x.rows - 1)).fill(transition)]
  }
  const top = (unary: Matrix, steps: readonly Matrix[], i: number): Labeling => {
    const [found] = best(unary, steps)
    if (!found)
      throw argumentError(
        'not-finite',
        'chainProblem',
        'w',
        'to give finite scores',
        `none for example ${i}`,
      )
    return found.y
  }
  return {
    n: data.length,
    dimension: dimensionOf(sizes),
    support: (i) => supportOf(data[i].x, sizes),
    truth: (i) => data[i].y,
    addFeature: (into, scale, i, y) => addFeatures(into, scale, data[i].x, y, sizes),
    decode: (w, i) => top(...scores(w, i), i),
    lossAugmented: (w, i) => {
      const [unary, steps] = scores(w, i)
      const { y } = data[i]
      for (let t = 0; t < unary.rows; t++)
        for (let a = 0; a < K; a++) if (a !== y[t]) unary.data[t * K + a] += 1
      return top(unary, steps, i)
    },
    loss: (i, y) => hammingLoss(data[i].y, y),
    runnerUp: (w, i) =>
      bestFewOf(...scores(w, i), 2).find((path) => hammingLoss(data[i].y, path.y) > 0)?.y,
  }
}
