import { argumentError, checkFinite, checkPositive } from '@nonconvex/tensor/check'

/**
 * The strength of one mode of a two-layer linear network under gradient flow, from a balanced and
 * aligned initialization:
 *
 *     u̇ = 2u(s − u)/T,   u(t) = s / (1 + (s/u₀ − 1) e^(−2st/T))
 *
 * @param s - > 0, the singular value that is learned
 * @param u0 - > 0, the strength at time 0
 * @param t - finite
 * @param T - > 0, the time constant, default 1
 * @throws ArgumentError for a number out of range
 *
 * Accuracy: a few ulp. Source: Saxe, McClelland & Ganguli (2014).
 *
 * @example
 * import { saxeMode } from '@nonconvex/gaussian-theory/linear-nets'
 * console.log(saxeMode(2, 0.01, 1).toFixed(6)) // → 0.430588
 */
export function saxeMode(s: number, u0: number, t: number, T = 1): number {
  checkSetting('saxeMode', s, u0, T)
  checkFinite('saxeMode', 't', t)
  return s / (1 + (s / u0 - 1) * Math.exp((-2 * s * t) / T))
}

/**
 * The time at which a mode has half of its strength:
 *
 *     t½ = (T/2s) ln(s/u₀ − 1)
 *
 * @param u0 - in (0, s/2]
 * @throws ArgumentError for a number out of range
 *
 * Source: Saxe, McClelland & Ganguli (2014).
 *
 * @example
 * import { saxeHalfTime } from '@nonconvex/gaussian-theory/linear-nets'
 * console.log(saxeHalfTime(4, 0.001) < saxeHalfTime(1, 0.001)) // → true
 */
export function saxeHalfTime(s: number, u0: number, T = 1): number {
  checkSetting('saxeHalfTime', s, u0, T)
  if (u0 > s / 2)
    throw argumentError('out-of-range', 'saxeHalfTime', 'u0', `in (0, s/2 = ${s / 2}]`, u0)
  return (T / (2 * s)) * Math.log(s / u0 - 1)
}

function checkSetting(fn: string, s: number, u0: number, T: number): void {
  checkPositive(fn, 's', s)
  checkPositive(fn, 'u0', u0)
  checkPositive(fn, 'T', T)
}

/**
 * How far the half-time of gradient descent with step η may be from that of the flow, relatively, for
 * x = ηs ≤ 0.4: 2x + x². A step takes u to u(1 + η(s − u))², which the flow reaches after a time
 * between η(1 − x/2) and η/(1 − 2x − x²) as long as u ≤ s/2.
 */
export const halfTimeSlack = (x: number): number => 2 * x + x * x
