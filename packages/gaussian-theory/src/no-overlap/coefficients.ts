import { checkCount } from '@nonconvex/tensor/check'

/** The constants of the no-overlap loss. Latin letters are ours, Greek ones the talk's. */
export interface Coefficients {
  /** 1/k: weight of the part that depends on the angle; smallest curvature at the minimum */
  readonly a: number
  /** (k−1)/(πk): weight of the part that depends on the norms only */
  readonly b: number
  /** a + b: the largest curvature anywhere, so 1/c is the natural step size */
  readonly c: number
  /** b/c = (k−1)/(k−1+π): the saddle lies at −α w* */
  readonly alpha: number
  /** (k²−k)/2π */
  readonly beta: number
  /** β + k/2 */
  readonly gamma: number
}

/**
 * Constants of the loss of k patches without overlap.
 *
 *     a = 1/k,  b = (k−1)/(πk),  c = a + b,  α = b/c,  β = (k²−k)/2π,  γ = β + k/2
 *     c = 2γ/k²,  b = 2β/k²
 *
 * @param k - number of patches, integer ≥ 1
 * @throws RangeError for any other k
 * Source: β and γ from the talk, "Gaussian Inputs"; α from its slide on critical points.
 *
 * @example
 * import { coefficients } from '@nonconvex/gaussian-theory'
 * console.log(coefficients(3).alpha.toFixed(12)) // → 0.388984529648
 */
export function coefficients(k: number): Coefficients {
  checkCount('coefficients', 'k', k)
  const a = 1 / k
  const b = (k - 1) / (Math.PI * k)
  const beta = (k * (k - 1)) / (2 * Math.PI)
  return { a, b, c: a + b, alpha: (k - 1) / (k - 1 + Math.PI), beta, gamma: beta + k / 2 }
}
