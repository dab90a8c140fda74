import { checkBetween } from '@nonconvex/tensor/check'
/** Below this angle sin t − t cos t loses digits and the series is used. */
const SERIES_BELOW = 0.5

/**
 * The function that determines every loss of this package near the angles 0 and π.
 *
 *     s̃(t) = sin t − t cos t = t³/3 − t⁵/30 + …,   t in [0, π]
 *
 * It increases from 0 to π. With h(t) = sin t + (π − t) cos t of the arc-cosine kernel: h(t) = s̃(π
 * − t), without the cancellation of h near π.
 *
 * @param t - angle in [0, π]
 * @returns number in [0, π]
 * @throws RangeError if t is outside [0, π] or NaN
 *
 * Accuracy: 4 ulp for t < 1/2 and t > 1, 15 ulp between (the subtraction cancels there).
 * Cost: at most 9 terms of the series, or one sine and one cosine.
 * Source: ours; the series is Σ_{j≥1} (−1)^{j+1} 2j t^{2j+1} / (2j+1)!.
 *
 * @example
 * import { sMinusTCos } from '@nonconvex/gaussian-theory'
 * console.log(sMinusTCos(1e-3).toPrecision(7)) // → 3.333333e-10
 */
export function sMinusTCos(t: number): number {
  checkBetween('sMinusTCos', 't', t, 0, Math.PI, '[0, π]')
  if (t >= SERIES_BELOW) return Math.sin(t) - t * Math.cos(t)
  const t2 = t * t
  let term = (t * t2) / 3
  let sum = term
  for (let j = 2; Math.abs(term) > Number.EPSILON * 0.25 * sum; j++) {
    term *= (-t2 * j) / ((j - 1) * 2 * j * (2 * j + 1))
    sum += term
  }
  return sum
}
