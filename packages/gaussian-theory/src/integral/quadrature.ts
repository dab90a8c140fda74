import { checkAngle } from '../no-overlap/ray.js'
import { checkNonNegative } from '@nonconvex/tensor/check'

/** The number of points of the Gauss–Legendre rule, which is exact for polynomials of degree 31. */
const POINTS = 16
/**
 * The number of unit intervals over which the radius is integrated; beyond them ρ³ exp(−ρ²/2) is
 * below 1e-28.
 */
const RADIUS = 12

/**
 * The expectation of relu(u·x) relu(v·x) over x ~ N(0, I), by numerical integration over the plane
 * of u and v. No antiderivative is used, so it is an independent check of the closed form.
 *
 *     g = (‖u‖‖v‖/2π) ∫₀^∞ ρ³ e^(−ρ²/2) dρ ∫₀^φ sin t sin(φ − t) dt,   φ = π − ∠(u, v)
 *
 * In polar coordinates both ReLUs are positive on a sector of width φ, and t is the angle from its
 * edge.
 *
 * @param uNorm - ‖u‖ ≥ 0
 * @param vNorm - ‖v‖ ≥ 0
 * @param phi - π minus the angle between them, in [0, π]
 * @throws RangeError for values out of range
 * Accuracy: 1e-14 relative, for small φ too. Cost: 200 sines and exponentials.
 * Source: ours; Gauss–Legendre quadrature.
 *
 * @example
 * import { reluPairQuadrature } from '@nonconvex/gaussian-theory/integral'
 * console.log(reluPairQuadrature(1, 1, Math.PI).toFixed(12)) // → 0.500000000000
 */
export function reluPairQuadrature(uNorm: number, vNorm: number, phi: number): number {
  checkNonNegative('reluPairQuadrature', 'uNorm', uNorm)
  checkNonNegative('reluPairQuadrature', 'vNorm', vNorm)
  checkAngle('reluPairQuadrature', 'phi', phi)
  let radial = 0
  for (let at = 0; at < RADIUS; at++)
    radial += integral((rho) => rho * rho * rho * Math.exp((-rho * rho) / 2), at, at + 1)
  const sector = integral((t) => Math.sin(t) * Math.sin(phi - t), 0, phi)
  return (uNorm * vNorm * radial * sector) / (2 * Math.PI)
}

const rule = gaussLegendre(POINTS)

function integral(f: (t: number) => number, from: number, to: number): number {
  const half = (to - from) / 2
  // the nodes come in pairs; their distances from the ends are small where they must be accurate
  return half * rule.reduce((sum, { end, weight }) => sum + weight * f(from + half * end), 0)
}

/**
 * The Gauss–Legendre nodes x of [−1, 1], as distances 1 + x from the left end, and their weights,
 * by Newton's method on P_n.
 */
export function gaussLegendre(n: number): { end: number; weight: number }[] {
  return Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5))
    let slope = 0
    for (let pass = 0; pass < 8; pass++) {
      let [last, value] = [1, x]
      for (let j = 2; j <= n; j++)
        [last, value] = [value, ((2 * j - 1) * x * value - (j - 1) * last) / j]
      slope = (n * (x * value - last)) / (x * x - 1)
      x -= value / slope
    }
    return { end: 1 + x, weight: 2 / ((1 - x * x) * slope * slope) }
  })
}
