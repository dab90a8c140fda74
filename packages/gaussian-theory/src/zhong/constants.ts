import { checkPositive } from '@nonconvex/tensor/check'
import { gaussLegendre } from '../integral/quadrature.js'

/** The moments of the slope s′ of an activation at scale σ, z ~ N(0, 1). */
export interface ZhongConstants {
  /** E s′(σz) z^q, q = 0, 1, 2 */
  readonly alpha: readonly [number, number, number]
  /** E s′(σz)² */
  readonly beta0: number
  /** E s′(σz)² z² */
  readonly beta2: number
  /** min{β₀ − α₀² − α₁², β₂ − α₁² − α₂², α₀α₂ − α₁²} */
  readonly rho: number
}

/** Intervals of length 1 on each side of 0, where there may be a kink. */
const PANELS = 14
const rule = gaussLegendre(64)

/**
 * The constants of local strong convexity:
 *
 *     α_q = E s′(σz) z^q,   β_q = E s′(σz)² z^q,   ρ = min{β₀ − α₀² − α₁², β₂ − α₁² − α₂², α₀α₂ − α₁²}
 *
 * @param slope - s′, smooth but at 0 and bounded by a power of |z|
 * @param sigma - > 0
 * @throws ArgumentError unless sigma is positive and finite
 *
 * Accuracy: 1e-12 for slopes that change over 0.05 or more. Cost: 1,800 slopes. Source: Zhong et al.
 * (2017), the form of ρ as recalled.
 *
 * @example
 * import { activationSlopes, zhongConstants } from '@nonconvex/gaussian-theory/zhong'
 * const { rho } = zhongConstants(activationSlopes.relu, 1)
 * console.log(Math.abs(rho - (1 / 4 - 1 / (2 * Math.PI))) < 1e-14) // → true
 */
export function zhongConstants(slope: (z: number) => number, sigma: number): ZhongConstants {
  checkPositive('zhongConstants', 'sigma', sigma)
  const alpha: [number, number, number] = [0, 0, 0]
  let [beta0, beta2] = [0, 0]
  for (let panel = 0; panel < PANELS; panel++)
    for (const { end, weight } of rule)
      for (const sign of [-1, 1]) {
        const z = sign * (panel + end / 2)
        const mass = ((weight / 2) * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)
        const s = slope(sigma * z)
        alpha[0] += mass * s
        alpha[1] += mass * s * z
        alpha[2] += mass * s * z * z
        beta0 += mass * s * s
        beta2 += mass * s * s * z * z
      }
  const [a0, a1, a2] = alpha
  const rho = Math.min(beta0 - a0 * a0 - a1 * a1, beta2 - a1 * a1 - a2 * a2, a0 * a2 - a1 * a1)
  return { alpha, beta0, beta2, rho }
}

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z))

/** The slopes s′ of activations, by name; `erf` is erf(z), `leaky` has the slope 0.01 below 0. */
export const activationSlopes = {
  relu: (z: number): number => (z > 0 ? 1 : 0),
  leaky: (z: number): number => (z > 0 ? 1 : 0.01),
  relu2: (z: number): number => (z > 0 ? 2 * z : 0),
  sigmoid: (z: number): number => sigmoid(z) * sigmoid(-z),
  tanh: (z: number): number => 1 - Math.tanh(z) ** 2,
  erf: (z: number): number => (2 / Math.sqrt(Math.PI)) * Math.exp(-z * z),
} as const
