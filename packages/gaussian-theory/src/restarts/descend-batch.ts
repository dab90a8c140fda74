import type { Matrix, Vec } from '@nonconvex/tensor'
import { OverlapBlock } from '../overlap/overlap-block.js'
import { OverlapEvaluator } from '../overlap/overlap-evaluator.js'
import { overlapSmoothness } from '../overlap/smoothness.js'
import {
  checkCount,
  checkFiniteMatrix,
  argumentError,
  checkNotZero,
  checkPositive,
  checkInteger,
} from '@nonconvex/tensor/check'
import { descendInBlock } from './descend-in-block.js'
import {
  descendOne,
  rowOf,
  type DescentPlan,
  type DescendOptions,
  type EndPoint,
} from './descend-one.js'

/** The results of gradient descent from many initializations. */
export interface BatchDescent {
  readonly ends: readonly EndPoint[]
  readonly eta: number
  /** steps on which ℓ(w⁺) ≤ ℓ(w) − (η/2)‖∇ℓ(w)‖² was checked: all of them */
  readonly checks: number
  /** steps on which this inequality failed by more than rounding, 1e-14 (r² + R²) */
  readonly breaches: number
}

/**
 * Runs gradient descent on the loss with overlap for one teacher from many initializations:
 *
 *     w ← w − η ∇ℓ(w),   η = 1/L
 *
 * Each step checks the descent inequality ℓ(w⁺) ≤ ℓ(w) − (η/2)‖∇ℓ(w)‖². The result is a
 * deterministic function of the initializations. A SIMD kernel advances four runs at a time; each
 * run ends as it would alone, bit for bit.
 *
 * @param starts - one w a row, [n, m], none of them zero. An initialization on the ray opposite to
 *   the teacher stays there up to rounding if the ray is invariant by symmetry, and ends at −t₀w*
 * @param wStar - [m], the teacher, not zero
 * @param options - k, stride, and when to stop
 * @throws ShapeError if m differs; RangeError for NaN, a zero initialization or teacher, options
 *   out of range
 *
 * Cost: a step of a run takes 0.2 µs at m = 8, k = 8, stride 1, and about four times that where
 * WebAssembly with SIMD does not run, with the same bits; no allocation.
 * Source: stopping rules and sizes of the restart table; ours.
 *
 * @example
 * import { descendBatch } from '@nonconvex/gaussian-theory/restarts'
 * const starts = { rows: 1, cols: 2, data: Float64Array.of(1, -2) }
 * console.log(descendBatch(starts, [-1, 1], { k: 3, stride: 1 }).ends[0].kind) // → stuck
 */
export function descendBatch(starts: Matrix, wStar: Vec, options: DescendOptions): BatchDescent {
  const at = new OverlapEvaluator(wStar, options)
  const plan = checked(starts, at, options)
  const runs = OverlapBlock.fits(at)
    ? descendInBlock(starts, at, plan)
    : Array.from({ length: starts.rows }, (_, i) => descendOne(rowOf(starts, i), at, plan))
  return {
    ends: runs.map(({ end }) => end),
    eta: plan.eta,
    checks: runs.reduce((sum, { end }) => sum + end.steps, 0),
    breaches: runs.reduce((sum, { breaches }) => sum + breaches, 0),
  }
}

function checked(starts: Matrix, at: OverlapEvaluator, options: DescendOptions): DescentPlan {
  checkFiniteMatrix('descendBatch', 'starts', starts)
  if (starts.cols !== at.m)
    throw argumentError(
      'shape',
      'descendBatch',
      'starts',
      `to have as many columns as wStar, ${at.m}`,
      starts.cols,
    )
  checkNotZero('descendBatch', 'wStar', at.teacher)
  for (let i = 0; i < starts.rows; i++)
    checkNotZero(
      'descendBatch',
      `row ${i} of starts`,
      starts.data.subarray(i * at.m, (i + 1) * at.m),
      'no gradient there',
    )
  const { eta = 1 / overlapSmoothness({ m: at.m, ...options }) } = options
  const { maxSteps = 20_000, every = 20, tolGradient = 1e-9, tolLoss = 1e-14 } = options
  for (const [name, value] of [
    ['eta', eta],
    ['tolGradient', tolGradient],
    ['tolLoss', tolLoss],
  ] as const)
    checkPositive('descendBatch', name, value)
  checkInteger('descendBatch', 'maxSteps', maxSteps, 0)
  checkCount('descendBatch', 'every', every)
  return { eta, maxSteps, every, tolGradient, tolLoss }
}
