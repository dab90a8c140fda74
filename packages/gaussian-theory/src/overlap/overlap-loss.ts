import type { Matrix, Vec } from '@nonconvex/tensor'
import {
  checkFiniteMatrix,
  argumentError,
  checkSameLength,
  checkNotZero,
} from '@nonconvex/tensor/check'
import type { Objective } from '@nonconvex/optim'
import { checkPair } from '../integral/pair-frame.js'
import { checkOverlap, type OverlapOptions } from './lags.js'
import { LANES, OverlapBlock } from './overlap-block.js'
import { OverlapEvaluator } from './overlap-evaluator.js'
import { overlapHessian } from './overlap-hessian.js'

/**
 * Population loss of one ReLU filter averaged over k patches that may share coordinates.
 *
 *     ℓ(w) = E (f(x; w) − f(x; w*))²,   f(x; w) = (1/k) Σ_i relu(w·x[i]),   x ~ N(0, I)
 *          = (1/k²) Σ_{|D|<k} (k − |D|) [ G(w, S_D w) − 2 G(w, S_D w*) + G(w*, S_D w*) ]
 *
 * where S_D shifts by D strides and G(u, v) = E relu(u·x) relu(v·x) of the two shifted filters:
 * only the lag D of two patches matters. With stride ≥ m this is `noOverlapLoss`. Not halved; ℓ(w*)
 * = 0 exactly.
 *
 * @param w - [m], finite; zero is allowed
 * @param wStar - [m], the teacher; zero is allowed
 * @param options - k ≥ 1 patches, stride ≥ 1
 * @returns number ≥ 0
 * @throws ShapeError if the lengths differ; RangeError for NaN, infinities, empty vectors, other k
 *   or stride
 *
 * Accuracy: 1e-15 (r² + R²) absolute; the part of lag 0 keeps relative accuracy towards w*.
 * Cost: O(m · min(k, m/stride)) time, O(m) memory.
 * Source: ours, by counting lags; Cho & Saul (2009) for G.
 *
 * @example
 * import { overlapLoss } from '@nonconvex/gaussian-theory/overlap'
 * // ‖(−1, 0, 1)‖²/k²
 * console.log(overlapLoss([1, -1], [-1, 1], { k: 2, stride: 1 }).toFixed(12)) // → 0.500000000000
 */
export function overlapLoss(w: Vec, wStar: Vec, options: OverlapOptions): number {
  checkPair('overlapLoss', 'w', w, 'wStar', wStar)
  checkOverlap('overlapLoss', options)
  const at = new OverlapEvaluator(wStar, options)
  return at.lossAndGradientInto(new Float64Array(w.length), Float64Array.from(w))
}

/**
 * The gradient of {@link overlapLoss}:
 *
 *     ∇ℓ(w) = (1/πk²) Σ_{|D|<k} (k − |D|) [ r sin θ_D ŵ + (π − θ_D) S_D w − R sin ψ_D ŵ − (π − ψ_D) S_D w* ]
 *
 * θ_D is the angle between w and S_D w, ψ_D that between w and S_D w*.
 *
 * @param w - [m], not zero unless w* is: the loss is not differentiable there
 * @param wStar - [m], the teacher
 * @param options - k ≥ 1 patches, stride ≥ 1
 * @returns [m]
 * @throws RangeError at w = 0 (w* ≠ 0); otherwise as overlapLoss
 *
 * Accuracy: 1e-15 (r + R) an entry. Cost: as overlapLoss. Source: ours, by differentiation.
 *
 * @example
 * import { overlapGradient } from '@nonconvex/gaussian-theory/overlap'
 * console.log(overlapGradient([-1, 1], [-1, 1], { k: 2, stride: 1 })) // → Float64Array(2) [ 0, 0 ]
 */
export function overlapGradient(w: Vec, wStar: Vec, options: OverlapOptions): Float64Array {
  checkPair('overlapGradient', 'w', w, 'wStar', wStar)
  checkOverlap('overlapGradient', options)
  const at = new OverlapEvaluator(wStar, options)
  refuseZero('overlapGradient', w, at.R)
  const out = new Float64Array(w.length)
  at.lossAndGradientInto(out, Float64Array.from(w))
  return out
}

/**
 * The losses and gradients at many points for one teacher, whose own terms are computed once.
 *
 * @param points - one w a row, [n, m]; no row zero unless w* is
 * @returns losses [n] and gradients [n, m], each the same bits as overlapLoss and overlapGradient,
 *   whatever the other points
 * @throws ShapeError if m differs from the teacher's; otherwise as overlapGradient
 * Cost: n times that of overlapLoss, four points at a time on a SIMD kernel where WebAssembly runs:
 * 1,000 points at m = 8,
 *   k = 8, stride 1 take 0.4 ms.
 *
 * @example
 * import { overlapBatch } from '@nonconvex/gaussian-theory/overlap'
 * console.log(overlapBatch({ rows: 1, cols: 2, data: Float64Array.of(-1, 1) }, [-1, 1], { k: 2, stride: 1 }).losses) // → Float64Array(1) [ 0 ]
 */
export function overlapBatch(
  points: Matrix,
  wStar: Vec,
  options: OverlapOptions,
): { readonly losses: Float64Array; readonly gradients: Matrix } {
  checkPair('overlapBatch', 'wStar', wStar, 'wStar', wStar)
  checkOverlap('overlapBatch', options)
  const at = new OverlapEvaluator(wStar, options)
  checkFiniteMatrix('overlapBatch', 'points', points)
  const { rows, cols, data } = points
  if (cols !== at.m)
    throw argumentError(
      'shape',
      'overlapBatch',
      'points',
      `to have as many columns as wStar, ${at.m}`,
      cols,
    )
  const losses = new Float64Array(rows)
  const gradients = new Float64Array(rows * cols)
  const block = OverlapBlock.fits(at) ? new OverlapBlock(at, 0) : undefined
  for (let first = 0; first < rows; first += LANES) {
    const count = Math.min(LANES, rows - first)
    for (let lane = 0; lane < count; lane++) block?.put(lane, data, first + lane)
    block?.evaluate()
    for (let lane = 0; lane < count; lane++) {
      const i = first + lane
      if (block?.sound(lane)) {
        losses[i] = block.losses[lane]
        block.gradientInto(gradients, i, lane)
        continue
      }
      const w = data.slice(i * cols, (i + 1) * cols)
      refuseZero('overlapBatch', w, at.R)
      losses[i] = at.lossAndGradientInto(gradients.subarray(i * cols, (i + 1) * cols), w)
    }
  }
  return { losses, gradients: { rows, cols, data: gradients } }
}

/**
 * The loss with overlap as an objective for any optimizer and certifier.
 *
 * @param wStar - [m], the teacher, finite; copied
 * @returns value, gradient and hessianTimes as overlapLoss, overlapGradient and overlapHessian
 * @throws as overlapLoss; at w = 0 gradient and hessianTimes throw
 * Cost: value and gradient as overlapLoss; hessianTimes O(min(k, m/stride) m²).
 *
 * @example
 * import { overlapObjective } from '@nonconvex/gaussian-theory/overlap'
 * console.log(overlapObjective([-1, 1], { k: 2, stride: 1 }).value([-1, 1])) // → 0
 */
export function overlapObjective(wStar: Vec, options: OverlapOptions): Required<Objective> {
  checkPair('overlapObjective', 'wStar', wStar, 'wStar', wStar)
  checkOverlap('overlapObjective', options)
  const teacher = Float64Array.from(wStar)
  return {
    d: teacher.length,
    value: (w) => overlapLoss(w, teacher, options),
    gradient: (w) => overlapGradient(w, teacher, options),
    hessianTimes(w, v) {
      const { data, rows } = overlapHessian(w, teacher, options)
      checkSameLength('hessianTimes', 'w', w, 'v', v)
      return Float64Array.from({ length: rows }, (_, i) => {
        let sum = 0
        for (let j = 0; j < rows; j++) sum += data[i * rows + j] * v[j]
        return sum
      })
    },
  }
}

function refuseZero(fn: string, w: Vec, R: number): void {
  if (R > 0) checkNotZero(fn, 'w', w, 'not differentiable there')
}
