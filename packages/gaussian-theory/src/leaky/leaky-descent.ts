import { type Vec, angles, norm2 } from '@nonconvex/tensor'
import { checkNotZero, checkCount, checkPositive } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { leakyGradient, leakyLoss, leakySmoothness } from './leaky-loss.js'

/** The result of a gradient descent run with a leaky ReLU. */
export interface LeakyDescent {
  /** `origin`: a step landed on 0, where there is no gradient */
  readonly status: 'converged' | 'max-steps' | 'origin'
  readonly steps: number
  readonly w: Float64Array
  readonly loss: number
  /** first step at which the angle to −w* was π/2 or more; undefined if it never was */
  readonly escaped: number | undefined
  /** steps on which the angle to the teacher grew by more than rounding: 0 for η ≤ 1/c_λ */
  readonly turnedAway: number
}

/**
 * Runs gradient descent on {@link leakyLoss}.
 *
 * @param options - w0 [m] not zero, wStar [m] not zero, k, slope in [−1, 1]; eta > 0, 1/c_λ by
 *   default; maxSteps ≥ 1; tolerance: the run stops at ℓ ≤ tolerance · R², 1e-12 by default
 * @throws ShapeError if lengths differ; RangeError for a zero initialization or teacher, values out
 *   of range
 * Cost: O(m) a step.
 *
 * @example
 * import { leakyDescent } from '@nonconvex/gaussian-theory/leaky'
 * console.log(leakyDescent({ w0: [1, 1], wStar: [1, 0], k: 5, slope: 0.1, maxSteps: 1000 }).status) // → converged
 */
export function leakyDescent(options: {
  readonly w0: Vec
  readonly wStar: Vec
  readonly k: number
  readonly slope: number
  readonly eta?: number
  readonly maxSteps: number
  readonly tolerance?: number
}): LeakyDescent {
  const { w0, wStar, k, slope, maxSteps, tolerance = 1e-12 } = options
  checkPair('leakyDescent', 'w0', w0, 'wStar', wStar)
  checkCount('leakyDescent', 'maxSteps', maxSteps)
  const R = norm2(wStar)
  checkNotZero('leakyDescent', 'w0', w0)
  checkNotZero('leakyDescent', 'wStar', wStar)
  const eta = options.eta ?? 1 / leakySmoothness(k, slope)
  checkPositive('leakyDescent', 'eta', eta)
  let w = Float64Array.from(w0)
  let at = angles(w, wStar)
  let escaped = at.phi >= Math.PI / 2 ? 0 : undefined
  let turnedAway = 0
  for (let step = 0; ; step++) {
    const loss = leakyLoss(w, wStar, k, slope)
    const end = (status: LeakyDescent['status']): LeakyDescent => {
      return { status, steps: step, w, loss, escaped, turnedAway }
    }
    if (loss <= tolerance * R * R) return end('converged')
    if (norm2(w) <= 1e-14 * R) return end('origin')
    if (step === maxSteps) return end('max-steps')
    const g = leakyGradient(w, wStar, k, slope)
    w = w.map((x, t) => x - eta * g[t])
    if (norm2(w) <= 1e-14 * R) continue
    const next = angles(w, wStar)
    if (next.theta > at.theta + 1e-12 * Math.max(1, R / norm2(w))) turnedAway++
    at = next
    if (escaped === undefined && at.phi >= Math.PI / 2) escaped = step + 1
  }
}
