import { checkPositive } from '@nonconvex/tensor/check'
import { axpyInto, matrix, norm2, type Matrix, type Vec } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { overlapHessian } from '../overlap/overlap-hessian.js'
import type { OverlapOptions } from '../overlap/lags.js'
import { hessianLipschitz, overlapSmoothness } from '../overlap/smoothness.js'

/** How the Hessian is computed: by lags, or by all pairs of patches for comparison. */
export interface HessianForm extends OverlapOptions {
  readonly form?: 'lag' | 'pair'
}

/**
 * The largest eigenvalue of the Hessian at w with teacher 0, as a fraction of the smoothness
 * constant L: what a search maximizes to see how much smaller L could be. The teacher's terms are
 * concave, so the supremum of the curvature is reached as ‖w*‖/‖w‖ → 0.
 *
 * @param w - [m], not zero
 * @param options - k ≥ 1 patches, stride ≥ 1, form of the Hessian
 * @returns number in (0, 1]
 * @throws as overlapHessian
 * Cost: as overlapHessian, and O(m³). Source: ours.
 *
 * @example
 * import { curvatureFraction } from '@nonconvex/gaussian-theory/tightness'
 * console.log(curvatureFraction([1, 0], { k: 20, stride: 1 }).toFixed(3)) // → 0.827
 */
export function curvatureFraction(w: Vec, options: HessianForm): number {
  const { values } = eigenSymmetric(overlapHessian(w, new Float64Array(w.length), options))
  return values[values.length - 1] / overlapSmoothness({ m: w.length, ...options })
}

/** Two neighboring points and a teacher. */
export interface NeighboringPoints {
  /** [m], not zero */
  readonly w: Vec
  /** [m], the teacher */
  readonly wStar: Vec
  /** [m], direction of the neighbor, not zero */
  readonly direction: Vec
}

/** Distance of the neighbor, in units of ‖w‖: the quotient has eight digits. */
const STEP = 1e-4

/**
 * The difference quotient of the Hessian between w and a neighbor, as a fraction of its Lipschitz
 * bound Λ(ρ), ρ the distance of the segment between them from the origin.
 *
 * @param points - w, the teacher, and the direction of the neighbor at distance 1e-4 ‖w‖
 * @param options - k ≥ 1 patches, stride ≥ 1, form of the Hessian
 * @returns number in [0, 1]; 0 if the Hessian is constant
 * @throws as overlapHessian
 * Cost: twice overlapHessian, and O(m³). Source: ours.
 *
 * @example
 * import { lipschitzFraction } from '@nonconvex/gaussian-theory/tightness'
 * const points = { w: [1, 0], wStar: [0.3, 1], direction: [0, 1] }
 * console.log(lipschitzFraction(points, { k: 4, stride: 2 }) < 1) // → true
 */
export function lipschitzFraction(
  { w, wStar, direction }: NeighboringPoints,
  options: HessianForm,
): number {
  const r = checkPositive('lipschitzFraction', '‖w‖', norm2(w))
  const length = checkPositive('lipschitzFraction', '‖direction‖', norm2(direction))
  const h = STEP * r
  const step = Float64Array.from(direction, (x) => (h * x) / length)
  const beside = Float64Array.from(step, (x, i) => w[i] + x)
  const bound = hessianLipschitz(distanceOfSegment(w, step, h), norm2(wStar), {
    m: w.length,
    ...options,
  })
  if (bound === 0) return 0
  const [here, there] = [w, beside].map((at) => overlapHessian(at, wStar, options))
  return spectralNorm(difference(there, here)) / (h * bound)
}

/** Angles on a grid of (0, π). */
const GRID = 60

/**
 * The largest fraction of C₁ of `pairLipschitz` on a grid: for one patch the Hessian of the loss is constant
 * up to −2 ∂²g/∂w∂w, g = E relu(w·x) relu(w*·x), so its Lipschitz bound is 2C₁‖w*‖/‖w‖². Compared are
 * neighbors in all directions of the plane of w and w*, at all angles between them.
 *
 * @returns number in (0, 1]
 * Cost: 3,600 Hessians of two coordinates. Source: ours.
 *
 * @example
 * import { pairLipschitzFraction } from '@nonconvex/gaussian-theory/tightness'
 * console.log(pairLipschitzFraction().toFixed(3)) // → 0.504
 */
export function pairLipschitzFraction(): number {
  const angles = Array.from({ length: GRID }, (_, i) => ((i + 0.5) * Math.PI) / GRID)
  return Math.max(
    ...angles.flatMap((theta) =>
      angles.map((psi) =>
        lipschitzFraction(
          {
            w: [1, 0],
            wStar: [Math.cos(theta), Math.sin(theta)],
            direction: [Math.cos(psi), Math.sin(psi)],
          },
          { k: 1, stride: 1 },
        ),
      ),
    ),
  )
}

/** min ‖w + s step‖ over s in [0, 1] */
function distanceOfSegment(w: Vec, step: Float64Array, h: number): number {
  const inner = step.reduce((sum, x, i) => sum + x * w[i], 0)
  const s = Math.min(1, Math.max(0, -inner / (h * h)))
  return norm2(step.map((x, i) => w[i] + s * x))
}

const difference = (a: Matrix, b: Matrix): Matrix =>
  matrix(a.rows, a.cols, axpyInto(a.data.slice(), -1, b.data))

function spectralNorm(a: Matrix): number {
  const { values } = eigenSymmetric(a)
  return Math.max(-values[0], values[values.length - 1])
}
