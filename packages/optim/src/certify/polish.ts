import {
  ArgumentError,
  axpyInto,
  cholesky,
  dot,
  matrix,
  norm2,
  solveCholesky,
  type Matrix,
  type Vec,
} from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { Polished } from './outcome.js'

/** The derivatives that Newton's method needs. */
export interface Derivatives {
  /** [d] */
  gradient(w: Vec): Float64Array
  /** [d, d] */
  hessian(w: Vec): Matrix
}

/** eigenvalues of at most this fraction of the largest are ignored in a step */
const RELATIVE_ZERO = 1e-8

/**
 * Applies Newton's method to ∇f = 0, which converges to a nearby critical point, be it a saddle or
 * a minimum:
 *
 *     w ← w − H⁺∇f(w),   as long as that lowers ‖∇f‖
 *
 * H⁺ is H⁻¹ if H is positive definite; otherwise it is the pseudo-inverse that ignores eigenvalues
 * of size at most 1e-8 times the largest.
 *
 * @param w - [d], finite
 * @param most - integer ≥ 0: largest number of steps; three to six reduce a gradient of 1e-3 to
 *   rounding
 * @returns the last point and the steps taken; the same point if no step decreased the gradient or
 *   a number was not finite
 * @throws ArgumentError on another `most`
 *
 * Cost of a step: gradient, Hessian, d³/3 operations (10 d³ if H is not definite).
 *
 * @example
 * import { polish, type Derivatives } from '@nonconvex/optim/certify'
 * import { matrix } from '@nonconvex/tensor'
 * const cubic: Derivatives = {
 *   gradient: (w) => Float64Array.of(w[0] ** 2 - 2),
 *   hessian: (w) => matrix(1, 1, [2 * w[0]]),
 * }
 * console.log(polish(cubic, [1.4], 6).w[0]) // → 1.4142135623730951
 */
export function polish(
  f: Derivatives,
  w: Vec,
  most: number,
): Polished & { readonly w: Float64Array } {
  if (!Number.isInteger(most) || most < 0)
    throw new ArgumentError(`polish: expected most to be an integer >= 0, got ${most}`)
  let here: Float64Array = Float64Array.from(w)
  let gradient = f.gradient(here)
  const gradientBefore = norm2(gradient)
  let size = gradientBefore
  let steps = 0
  while (steps < most && size > 0) {
    const p = newtonStep(f.hessian(here), gradient)
    const there = here.map((x, i) => x - (p?.[i] ?? NaN))
    if (!there.every(Number.isFinite)) break
    const next = f.gradient(there)
    const smaller = norm2(next)
    // NaN is not smaller
    if (!(smaller < size)) break
    here = there
    gradient = next
    size = smaller
    steps++
  }
  return { w: here, steps, moved: norm2(here.map((x, i) => x - w[i])), gradientBefore }
}

function newtonStep(hessian: Matrix, gradient: Float64Array): Float64Array | undefined {
  if (!hessian.data.every(Number.isFinite) || !gradient.every(Number.isFinite)) return undefined
  const factor = cholesky(hessian)
  if (factor.definite) return solveCholesky(factor.l, gradient)
  const { values, vectors } = eigenSymmetric(symmetricPart(hessian), { vectors: true })
  const n = values.length
  const largest = Math.max(Math.abs(values[0]), Math.abs(values[n - 1]))
  const step = new Float64Array(n)
  for (let j = 0; j < n; j++) {
    if (Math.abs(values[j]) <= RELATIVE_ZERO * largest) continue
    const q = Float64Array.from({ length: n }, (_, i) => vectors?.data[i * n + j] ?? NaN)
    axpyInto(step, dot(q, gradient) / values[j], q)
  }
  return step
}

function symmetricPart({ rows: n, data }: Matrix): Matrix {
  const mirrored = (at: number) => data[(at % n) * n + Math.floor(at / n)]
  return matrix(
    n,
    n,
    Float64Array.from(data, (x, at) => x / 2 + mirrored(at) / 2),
  )
}
