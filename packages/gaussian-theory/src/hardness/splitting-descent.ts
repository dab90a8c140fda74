import type { Stream, Vec } from '@nonconvex/tensor'
import { checkCount, checkPositive } from '@nonconvex/tensor/check'
import { weightsToPartition } from './reduction.js'
import { splits, type Partition } from './set-splitting.js'
import { checkSetSystem, type SetSystem } from './set-system.js'

/** The training problem counts as solved below this mean squared loss. */
const ZERO_LOSS = 1e-8

/**
 * The training problem of a set system in sparse form, f = (1/k) Σ_j relu(Σ_{i∈C} w_j[i]), with the
 * same loss and gradient, up to rounding, as `sampleLoss` on `setSplittingData` with stride m.
 *
 * @example
 * import { SplittingProblem, fanoPlane } from '@nonconvex/gaussian-theory/hardness'
 * const problem = new SplittingProblem(fanoPlane())
 * // half of the examples ask for 1/2
 * console.log(problem.lossAndGradientInto(new Float64Array(14), new Float64Array(14))) // → 0.125
 */
export class SplittingProblem {
  readonly size: number
  private readonly system: SetSystem
  /**
   * the elements of all examples, one after the other: first each element alone, then the subsets
   */
  private readonly elements: Int32Array
  /** where each example begins in them, and where the last one ends */
  private readonly begins: Int32Array
  private readonly sums: Float64Array

  /** @throws RangeError if the instance is not a set system */
  constructor(system: SetSystem) {
    checkSetSystem('SplittingProblem', system)
    this.system = system
    this.size = system.k * system.n
    const examples = [...Array.from({ length: system.n }, (_, i) => [i]), ...system.subsets]
    this.elements = Int32Array.from(examples.flat())
    this.begins = new Int32Array(examples.length + 1)
    examples.forEach(({ length }, row) => (this.begins[row + 1] = this.begins[row] + length))
    this.sums = new Float64Array(system.k)
  }

  /**
   * Writes the gradient (σ'(0) = 0) to `out`, [k n], and returns the loss. Cost: O(k (n + Σ|C|)).
   */
  lossAndGradientInto(out: Float64Array, w: Vec): number {
    const { n, k } = this.system
    const { elements, begins, sums } = this
    const examples = begins.length - 1
    out.fill(0)
    let total = 0
    for (let row = 0; row < examples; row++) {
      const [begin, end] = [begins[row], begins[row + 1]]
      let f = 0
      for (let j = 0; j < k; j++) {
        let z = 0
        for (let e = begin; e < end; e++) z += w[j * n + elements[e]]
        sums[j] = z
        if (z > 0) f += z
      }
      const off = f / k - (row < n ? 1 / k : 0)
      total += off * off
      const pull = (2 * off) / (k * examples)
      for (let j = 0; j < k; j++)
        if (sums[j] > 0) for (let e = begin; e < end; e++) out[j * n + elements[e]] += pull
    }
    return total / examples
  }
}

/** The end point of one run of gradient descent on the training problem. */
export interface SplittingEnd {
  readonly loss: number
  readonly w: Float64Array
  /** read off w; it may be a splitting although the loss is not zero */
  readonly partition: Partition
  readonly splits: boolean
  /** ℓ < 1e-8 */
  readonly zeroLoss: boolean
  readonly steps: number
}

export interface SplittingDescentOptions {
  /** initialization i is drawn from stream.child('start', i): w ~ ½ N(0, I) */
  readonly stream: Stream
  /** integer ≥ 1, default 300 */
  readonly starts?: number
  /**
   * integer ≥ 1, default 20,000; a run stops earlier at ℓ < 1e-28 or where the gradient is 0 to
   * 1e-13
   */
  readonly steps?: number
  /** step size > 0, default 0.5 */
  readonly eta?: number
  /** take absolute values, so that no example is inactive at the initialization; default false */
  readonly positive?: boolean
}

/** The runs from many initializations, with counts for the comparison with brute force. */
export interface SplittingReport {
  readonly ends: readonly SplittingEnd[]
  readonly best: SplittingEnd
  readonly zeroLoss: number
  /** runs whose partition splits, whatever the loss */
  readonly decoded: number
}

/**
 * Runs gradient descent on the training problem of a set system from random initializations.
 *
 * Its failures illustrate the hardness; the reduction proves it.
 *
 * @param system - the instance
 * @param options - stream, starts, steps, eta
 * @throws RangeError if the instance is not a set system, or for options out of range
 * Cost: starts · steps · O(k (n + Σ|C|)) at most; 300 initializations on the Fano plane take a few
 * seconds.
 *
 * @example
 * import { fanoPlane, splittingDescent } from '@nonconvex/gaussian-theory/hardness'
 * import { stream } from '@nonconvex/tensor'
 * // it cannot be split
 * console.log(splittingDescent(fanoPlane(), { stream: stream(1), starts: 10 }).zeroLoss) // → 0
 */
export function splittingDescent(
  system: SetSystem,
  options: SplittingDescentOptions,
): SplittingReport {
  const problem = new SplittingProblem(system)
  const { stream, starts = 300, steps = 20_000, eta = 0.5, positive = false } = options
  checkCount('splittingDescent', 'starts', starts)
  checkCount('splittingDescent', 'steps', steps)
  checkPositive('splittingDescent', 'eta', eta)
  const ends = Array.from({ length: starts }, (_, i) => {
    const draw = stream.child('start', i).normalInto(new Float64Array(problem.size))
    const w = draw.map((x) => 0.5 * (positive ? Math.abs(x) : x))
    return descend(system, problem, w, steps, eta)
  })
  return {
    ends,
    best: ends.reduce((a, b) => (b.loss < a.loss ? b : a)),
    zeroLoss: ends.filter((e) => e.zeroLoss).length,
    decoded: ends.filter((e) => e.splits).length,
  }
}

/** Runs gradient descent from w, which is overwritten. */
function descend(
  system: SetSystem,
  problem: SplittingProblem,
  w: Float64Array,
  steps: number,
  eta: number,
): SplittingEnd {
  const g = new Float64Array(w.length)
  let step = 0
  let loss = problem.lossAndGradientInto(g, w)
  for (; step < steps && loss >= 1e-28; step++) {
    let largest = 0
    for (let t = 0; t < w.length; t++) {
      w[t] -= eta * g[t]
      largest = Math.max(largest, Math.abs(g[t]))
    }
    if (largest < 1e-13) break
    loss = problem.lossAndGradientInto(g, w)
  }
  const partition = weightsToPartition(system, w)
  return {
    loss,
    w,
    partition,
    splits: splits(system, partition),
    zeroLoss: loss < ZERO_LOSS,
    steps: step,
  }
}
