import { type Vec, norm2, power } from '@nonconvex/tensor'
import { arcCosineKernel } from '../integral/arc-cosine-kernel.js'
import { checkCount } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'

/** The expectations E σ_n(z) for z ~ N(0, 1) and n = 0, 1, 2. */
const MEANS = [0.5, 1 / Math.sqrt(2 * Math.PI), 0.5] as const

/**
 * Population loss without overlap for the activations of the arc-cosine kernels, σ_n(z) = 1[z>0]
 * zⁿ.
 *
 *     ℓ = E(f,f) − 2E(f,f*) + E(f*,f*),   E(f_u, f_v) = (1/k²) [ k·kernel_n(u,v) + (k²−k) μ_n² (‖u‖‖v‖)ⁿ ]
 *     μ_0 = ½,  μ_1 = 1/√(2π),  μ_2 = ½
 *
 * n = 1 is `noOverlapLoss`, the only one that the theorems of this package cover. n = 0 depends on
 * directions only (and its sample gradient is 0 almost everywhere); n = 2 is twice differentiable.
 *
 * @param w - [m], finite; for n = 0 not zero
 * @param wStar - [m], the teacher; for n = 0 not zero
 * @param k - number of patches, integer ≥ 1
 * @param n - degree: 0, 1 or 2
 * @returns number ≥ 0 up to rounding
 * @throws ShapeError, RangeError as arcCosineKernel; RangeError for another k
 * Accuracy: 1e-15 (‖w‖ⁿ + ‖w*‖ⁿ)². Cost: O(m). Source: Cho & Saul (2009) for the kernels.
 *
 * @example
 * import { arcCosineLoss } from '@nonconvex/gaussian-theory/leaky'
 * // the two units are never active together
 * console.log(arcCosineLoss([1, 0], [-1, 0], 1, 0)) // → 1
 */
export function arcCosineLoss(w: Vec, wStar: Vec, k: number, n: 0 | 1 | 2): number {
  checkPair('arcCosineLoss', 'w', w, 'wStar', wStar)
  checkCount('arcCosineLoss', 'k', k)
  const [r, R] = [norm2(w), norm2(wStar)]
  const own =
    arcCosineKernel(w, w, n) - 2 * arcCosineKernel(w, wStar, n) + arcCosineKernel(wStar, wStar, n)
  const gap = MEANS[n] * (power(r, n) - power(R, n))
  return own / k + (1 - 1 / k) * gap * gap
}
