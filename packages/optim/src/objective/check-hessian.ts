import { norm2, type Vec } from '@nonconvex/tensor'
import { checkFiniteVector, checkLength, checkPositive } from '@nonconvex/tensor/check'
import { compare, type GradientCheck, type GradientCheckOptions } from './check-gradient.js'
import { hessianColumns } from './hessian.js'
import type { Objective } from './objective.js'

const epsilon = Number.EPSILON

/**
 * The result of comparing a Hessian with finite differences of the gradient; `gradient` is the
 * entry of the Hessian.
 */
export interface HessianCheck extends Omit<GradientCheck, 'gradient' | 'index'> {
  /** [row, column] of the worst entry */
  readonly index: readonly [number, number]
  readonly hessian: number
  /** largest |H[i,j] − H[j,i]| */
  readonly asymmetry: number
}

/**
 * Compares `hessianTimes` of the unit vectors with central differences of the gradient:
 *
 *     difference[i, j] = (∇f(w + hⱼeⱼ) − ∇f(w − hⱼeⱼ))ᵢ / 2hⱼ,   hⱼ = step · max(1, |wⱼ|)
 *
 * `ok` means that all entries agree within tolerance · (largest entry) + rounding, as in
 * `checkGradient`, and that the asymmetry is within the same limit.
 *
 * @param w - [d], finite
 * @throws ShapeError, RangeError as `checkGradient`; ArgumentError if there is no `hessianTimes`
 *
 * Cost: 2d + 1 gradients and d Hessian-vector products.
 *
 * @example
 * import { checkHessian, type Objective } from '@nonconvex/optim'
 * const square: Objective = {
 *   d: 1,
 *   value: (w) => w[0] ** 2,
 *   gradient: (w) => Float64Array.of(2 * w[0]),
 *   hessianTimes: (_, v) => Float64Array.of(2 * v[0]),
 * }
 * console.log(checkHessian(square, [3]).ok) // → true
 */
export function checkHessian(
  objective: Objective,
  w: Vec,
  options: GradientCheckOptions = {},
): HessianCheck {
  const fn = 'checkHessian'
  const step = checkPositive(fn, 'step', options.step ?? Math.cbrt(epsilon))
  const tolerance = checkPositive(fn, 'tolerance', options.tolerance ?? 1e-6)
  const { d } = objective
  checkLength(fn, 'w', w, d, 'd')
  checkFiniteVector(fn, 'w', w)
  const columns = hessianColumns(fn, objective, w).data
  const differences = new Float64Array(d * d)
  const rounding = new Float64Array(d * d)
  const here = objective.gradient(w)
  const moved = Float64Array.from(w)
  for (let j = 0; j < d; j++) {
    const reach = Math.max(1, Math.abs(w[j]))
    const h = step * reach
    moved[j] = w[j] + h
    const above = objective.gradient(moved)
    const up = moved[j]
    moved[j] = w[j] - h
    const below = objective.gradient(moved)
    const width = up - moved[j]
    moved[j] = w[j]
    // an entry of the gradient is a sum, so it is rounded relative to the whole gradient
    const size = norm2(above) + norm2(below)
    for (let i = 0; i < d; i++) {
      differences[j * d + i] = (above[i] - below[i]) / width
      const bend = Math.abs(above[i] - 2 * here[i] + below[i]) / h ** 2
      rounding[j * d + i] = (8 * epsilon * size) / width + 2 * epsilon * reach * bend
    }
  }
  const { gradient, index, ...found } = compare(columns, differences, rounding, tolerance)
  const asymmetry = largestAsymmetry(columns, d)
  return {
    ...found,
    ok: found.ok && asymmetry <= found.allowed,
    hessian: gradient,
    index: [index % d, Math.floor(index / d)],
    asymmetry,
  }
}

function largestAsymmetry(columns: Float64Array, d: number): number {
  let largest = 0
  for (let i = 0; i < d; i++)
    for (let j = 0; j < i; j++)
      largest = Math.max(largest, Math.abs(columns[i * d + j] - columns[j * d + i]))
  return largest
}
