import type { Vec } from '@nonconvex/tensor'
import { checkPair, pairFrame } from './pair-frame.js'
import { sMinusTCos } from './s-minus-t-cos.js'
import { checkNotZero, checkListed } from '@nonconvex/tensor/check'

/**
 * The arc-cosine kernels of degree n = 0, 1 and 2, normalized as expectations over x ~ N(0, I_m):
 *
 *     E 1[u·x>0] 1[v·x>0] (u·x)ⁿ (v·x)ⁿ = (‖u‖‖v‖)ⁿ J_n(θ) / 2π
 *     J₀ = π − θ,   J₁ = sin θ + (π − θ) cos θ,   J₂ = 3 sin θ cos θ + (π − θ)(1 + 2 cos²θ)
 *
 * Degree 1 is {@link reluPair}. The theorems of this package concern degree 1 only.
 *
 * @param u - [m], finite; with n = 0 not zero
 * @param v - [m], the same m; with n = 0 not zero
 * @param n - degree: 0, 1 or 2
 * @returns number ≥ 0
 * @throws ShapeError, RangeError as reluPair; RangeError for another n, and for n = 0 at a zero
 *   vector
 *
 * Accuracy: 1e-15 (‖u‖‖v‖)ⁿ absolute; n = 1 keeps the relative accuracy of reluPair.
 * Cost: O(m).
 * Source: Cho & Saul (2009).
 *
 * @example
 * import { arcCosineKernel } from '@nonconvex/gaussian-theory'
 * console.log(arcCosineKernel([1, 0], [0, 1], 0)) // → 0.25
 */
export function arcCosineKernel(u: Vec, v: Vec, n: 0 | 1 | 2): number {
  checkPair('arcCosineKernel', 'u', u, 'v', v)
  checkListed('arcCosineKernel', 'n', n, [0, 1, 2])
  const { uNorm, vNorm, theta, phi, sin } = pairFrame(u, v)
  const size = uNorm * vNorm
  if (n === 0) {
    checkNotZero('arcCosineKernel', 'u', u, 'degree 0 needs a direction')
    checkNotZero('arcCosineKernel', 'v', v, 'degree 0 needs a direction')
    return phi / (2 * Math.PI)
  }
  if (n === 1) return size === 0 ? 0 : (size * sMinusTCos(phi)) / (2 * Math.PI)
  const cos = Math.cos(theta)
  return (size * size * (3 * sin * cos + phi * (1 + 2 * cos * cos))) / (2 * Math.PI)
}
