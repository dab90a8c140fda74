import type { Objective } from '@nonconvex/optim'
import type { Vec } from '@nonconvex/tensor'
import { checkSameLength, checkNotZero } from '@nonconvex/tensor/check'
import { coefficients } from './coefficients.js'
import { noOverlapGradient, noOverlapLoss } from './loss.js'
import { checkPair, pairFrame, sideways } from '../integral/pair-frame.js'

/**
 * The no-overlap loss as an objective for any optimizer, with products by its Hessian in O(m).
 *
 *     ∇²ℓ(w) v = c v − (bR/r + q) Pv − q n (n·v),   P = I − ŵŵᵀ,   q = aR sin θ/(πr)
 *
 * @param wStar - [m], the teacher, finite; copied
 * @param k - number of patches, integer ≥ 1
 * @returns value, gradient and hessianTimes as noOverlapLoss, noOverlapGradient and
 *   noOverlapHessian
 * @throws RangeError for NaN, infinities, an empty vector, other k; at w = 0 gradient and
 *   hessianTimes throw
 * Cost: O(m) each.
 *
 * @example
 * import { noOverlapObjective } from '@nonconvex/gaussian-theory'
 * const loss = noOverlapObjective([1, 0], 5)
 * console.log(loss.d, loss.value([1, 0]), loss.gradient([1, 0]).join()) // → 2 0 0,0
 */
export function noOverlapObjective(wStar: Vec, k: number): Required<Objective> {
  checkPair('noOverlapObjective', 'wStar', wStar, 'wStar', wStar)
  const { a, b, c } = coefficients(k)
  const teacher = Float64Array.from(wStar)
  return {
    d: teacher.length,
    value: (w) => noOverlapLoss(w, teacher, k),
    gradient: (w) => noOverlapGradient(w, teacher, k),
    hessianTimes(w, v) {
      checkPair('hessianTimes', 'w', w, 'wStar', teacher)
      checkSameLength('hessianTimes', 'w', w, 'v', v)
      const frame = pairFrame(w, teacher)
      const { uNorm: r, vNorm: R, uHat, vHat, sin } = frame
      checkNotZero('hessianTimes', 'w', w, 'not differentiable there')
      const q = R === 0 ? 0 : (a * R * sin) / (Math.PI * r)
      const n = sideways(uHat, vHat, frame)
      const [alongU, alongN] = [product(uHat, v), product(n, v)]
      return Float64Array.from(v, (x, i) => {
        const across = x - uHat[i] * alongU
        return c * x - ((b * R) / r + q) * across - q * n[i] * alongN
      })
    },
  }
}

function product(a: Vec, b: Vec): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}
