import { dot, norm2, type Stream } from '@nonconvex/tensor'
import { argumentError, checkCount, checkLength } from '@nonconvex/tensor/check'
import { hammingLoss, type StructuredProblem } from './problem.js'
import { lastOf, type TrainingProgress } from './training.js'

/** Options of `structuredPerceptron`. */
export interface PerceptronOptions {
  /** largest number of passes, 1000 by default */
  readonly passes?: number
  /** a unit vector u that separates the data, for the bound and the monitors */
  readonly teacher?: Float64Array
  /** order of the examples, in every pass the same; by index without one */
  readonly stream?: Stream
}

/** What the mistake bound says, and how close the run came to it at any update. */
export interface MistakeBound {
  /** γ = min_i min_{y ≠ y_i} uᵀ(φ(x_i, y_i) − φ(x_i, y)), over all labelings */
  readonly margin: number
  /** (R/γ)²; null unless γ > 0 */
  readonly bound: number | null
  /** smallest wᵀu − γM over all updates; ≥ 0 by the theorem, up to rounding */
  readonly progress: number
  /** smallest R²M − |w|² over all updates; ≥ 0 by the theorem, up to rounding */
  readonly growth: number
}

/** A run of the structured perceptron. */
export interface StructuredPerceptron {
  /** `converged`: a pass without a mistake */
  readonly status: 'converged' | 'max-passes'
  readonly w: Float64Array
  /** M, the number of updates */
  readonly updates: number
  /** number of distinct examples updated */
  readonly distinct: number
  readonly passes: number
  /** mistakes of the first pass, on examples not seen before */
  readonly firstPass: number
  /** R, the largest |φ(x_i, y_i) − φ(x_i, ŷ)| of an update */
  readonly radius: number
  /** examples updated, in order: they determine w */
  readonly order: Int32Array
  readonly mistakeBound?: MistakeBound
}

/**
 * The structured perceptron from w = 0: ŷ = argmax wᵀφ(x_i, y), and if ŷ ≠ y_i
 *
 *     w ← w + φ(x_i, y_i) − φ(x_i, ŷ)
 *
 * If a unit vector u has margin γ on all examples, the number of updates is at most (R/γ)², in any
 * order and over any number of passes, however many labelings there are: wᵀu ≥ γM and |w|² ≤ R²M
 * hold after every update, and are monitored there.
 *
 * @throws ArgumentError for a teacher that is not a unit vector, a number of passes that is not an
 *   integer ≥ 1, or a teacher with a problem without `runnerUp`; ShapeError for another length
 * Cost: one decoding an example and pass. Source: Collins (2002), as recalled; the proof is Novikoff's
 * (1962).
 *
 * @example
 * import { chainProblem, structuredPerceptron } from '@nonconvex/structured/learning'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(1, -1) }
 * const problem = chainProblem([{ x, y: [1, 0] }], { states: 2, features: 1 })
 * const { status, updates } = structuredPerceptron(problem)
 * console.log(status, updates) // → converged 1
 */
export function structuredPerceptron(
  problem: StructuredProblem,
  options: PerceptronOptions = {},
): StructuredPerceptron {
  return lastOf(perceptronPasses(problem, options))
}

/** As `structuredPerceptron`, pass after pass: yields the mistakes of each, and returns the run. */
export function* perceptronPasses(
  problem: StructuredProblem,
  options: PerceptronOptions = {},
): Generator<TrainingProgress, StructuredPerceptron> {
  const fn = 'structuredPerceptron'
  const { passes = 1000, teacher, stream } = options
  checkCount(fn, 'passes', passes)
  const { n, dimension } = problem
  const margin = teacher && marginOf(problem, teacher)
  const visits = stream?.permutation(n) ?? Int32Array.from({ length: n }, (_, i) => i)
  const w = new Float64Array(dimension)
  const difference = new Float64Array(dimension)
  const order: number[] = []
  let [squaredRadius, firstPass, pass, clean] = [0, 0, 0, false]
  const progress: number[] = []
  const growth: number[] = []
  while (pass < passes && !clean) {
    clean = true
    const before = order.length
    for (const i of visits) {
      const y = problem.decode(w, i)
      if (hammingLoss(problem.truth(i), y) === 0) continue
      clean = false
      difference.fill(0)
      problem.addFeature(difference, 1, i, problem.truth(i))
      problem.addFeature(difference, -1, i, y)
      for (let k = 0; k < dimension; k++) w[k] += difference[k]
      squaredRadius = Math.max(squaredRadius, dot(difference, difference))
      order.push(i)
      if (teacher && margin !== undefined) progress.push(dot(w, teacher) - margin * order.length)
      growth.push(squaredRadius * order.length - dot(w, w))
    }
    if (pass === 0) firstPass = order.length
    pass++
    yield { iteration: pass, left: order.length - before }
  }
  const least = (list: readonly number[]): number => list.reduce((a, b) => Math.min(a, b), Infinity)
  return {
    status: clean ? 'converged' : 'max-passes',
    w,
    updates: order.length,
    distinct: new Set(order).size,
    passes: pass,
    firstPass,
    radius: Math.sqrt(squaredRadius),
    order: Int32Array.from(order),
    ...(margin !== undefined && {
      mistakeBound: {
        margin,
        bound: margin > 0 ? squaredRadius / margin ** 2 : null,
        progress: order.length > 0 ? least(progress) : 0,
        growth: order.length > 0 ? least(growth) : 0,
      },
    }),
  }
}

/**
 * The margin of a unit vector: the smallest difference of the true score and that of another labeling
 * of the same example; negative if one is better.
 */
function marginOf(problem: StructuredProblem, u: Float64Array): number {
  const fn = 'structuredPerceptron'
  checkLength(fn, 'teacher', u, problem.dimension, 'dimension')
  if (!(Math.abs(norm2(u) - 1) <= 1e-9))
    throw argumentError('out-of-range', fn, 'teacher', 'to have norm 1', norm2(u))
  if (!problem.runnerUp)
    throw argumentError('invalid', fn, 'problem', 'to have runnerUp, for the margin', 'none')
  let margin = Infinity
  for (let i = 0; i < problem.n; i++) {
    const other = problem.runnerUp(u, i)
    if (!other) continue
    const difference = new Float64Array(problem.dimension)
    problem.addFeature(difference, 1, i, problem.truth(i))
    problem.addFeature(difference, -1, i, other)
    margin = Math.min(margin, dot(difference, u))
  }
  return margin
}

/**
 * A problem on which the structured perceptron attains its mistake bound: n examples with two
 * labelings each, whose feature differences are orthogonal unit vectors. R = 1, γ = 1/√n for u = (1, …,
 * 1)/√n, and each example is updated once: n = (R/γ)² updates.
 *
 * @throws ArgumentError unless n is an integer ≥ 1
 *
 * @example
 * import { attainedMistakes, structuredPerceptron } from '@nonconvex/structured/learning'
 * const { problem, teacher } = attainedMistakes(7)
 * const { updates, mistakeBound } = structuredPerceptron(problem, { teacher })
 * console.log(updates, mistakeBound?.bound?.toFixed(9)) // → 7 7.000000000
 */
export function attainedMistakes(n: number): {
  readonly problem: StructuredProblem
  readonly teacher: Float64Array
} {
  checkCount('attainedMistakes', 'n', n)
  // ties go to label 0, so that the truth, 1, has to be learned
  const decode = (w: Float64Array, i: number): number[] => [w[i] > 0 ? 1 : 0]
  return {
    problem: {
      n,
      dimension: n,
      truth: () => [1],
      addFeature: (into, scale, i, y) => {
        into[i] += scale * y[0]
      },
      decode,
      lossAugmented: (w, i) => [w[i] > 1 ? 1 : 0],
      loss: (_, y) => 1 - y[0],
      runnerUp: () => [0],
    },
    teacher: new Float64Array(n).fill(1 / Math.sqrt(n)),
  }
}
