import { type Stream, type Vec, angles, norm2 } from '@nonconvex/tensor'
import { sgd, type SampledObjective, type SgdState, run, type RunStatus } from '@nonconvex/optim'
import { checkCount, checkNotZero, checkPositive } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { leakyCurvature } from '../leaky/leaky-loss.js'
import { overlapSmoothness } from '../overlap/smoothness.js'
import {
  checkNetwork,
  inputSize,
  output,
  checkInitialization,
  type NetworkOptions,
} from './network.js'
import { addGradient } from './sample-loss.js'

/**
 * The population loss of a teacher as a sampled objective: one draw is the gradient of the squared
 * error on one fresh input x ~ N(0, I), which is unbiased for w ≠ 0.
 *
 * @param wStar - [m], the teacher, finite; copied
 * @throws RangeError for values out of range
 * Cost: O(k m) a draw.
 *
 * @example
 * import { teacherObjective } from '@nonconvex/gaussian-theory/samples'
 * import { sgd } from '@nonconvex/optim'
 * import { stream } from '@nonconvex/tensor'
 * const { init, step } = sgd(teacherObjective([1, -1], { k: 4, stride: 2 }), { eta: 0.2, stream: stream(1), batch: 32 })
 * let state = init([1, 1])
 * for (let t = 0; t < 500; t++) state = step(state)
 * console.log(Math.hypot(state.w[0] - 1, state.w[1] + 1) < 1e-9) // → true
 */
export function teacherObjective(wStar: Vec, options: NetworkOptions): SampledObjective {
  const slope = checkNetwork('teacherObjective', options)
  checkPair('teacherObjective', 'wStar', wStar, 'wStar', wStar)
  const teacher = Float64Array.from(wStar)
  const m = teacher.length
  const { k, stride } = options
  const x = new Float64Array(inputSize(m, options))
  return {
    d: m,
    sampleGradient(w, stream) {
      stream.normalInto(x)
      const out = new Float64Array(m)
      addGradient(out, x, 0, output(x, 0, teacher, k, stride, slope), w, { k, stride, slope })
      return out
    },
  }
}

/**
 * A constant step size with which mini-batch SGD converged in all our runs. A heuristic, not a
 * theorem.
 *
 *     η_B = 0.8 min(1, B/2m) / c,   c the largest curvature of the population loss (L with overlap)
 *
 * @param batch - B, integer ≥ 1
 * @throws RangeError for values out of range
 *
 * @example
 * import { sgdStep } from '@nonconvex/gaussian-theory/samples'
 * console.log(sgdStep({ m: 5, k: 1, stride: 5, batch: 10 })) // → 0.8
 */
export function sgdStep(
  options: NetworkOptions & { readonly m: number; readonly batch: number },
): number {
  const slope = checkNetwork('sgdStep', options)
  const { m, batch } = options
  checkCount('sgdStep', 'm', m)
  checkCount('sgdStep', 'batch', batch)
  const curvature = leakyCurvature(overlapSmoothness(options), options, m, slope)
  return (0.8 * Math.min(1, batch / (2 * m))) / curvature
}

export interface SGDOptions extends NetworkOptions {
  /** [m], not zero */
  readonly w0: Vec
  /** [m], the teacher, not zero */
  readonly wStar: Vec
  /** fresh inputs a step, integer ≥ 1 */
  readonly batch: number
  /** constant step size; `sgdStep` by default */
  readonly eta?: number
  /** step t draws from stream.child('step', t) */
  readonly stream: Stream
  /** integer ≥ 0 */
  readonly maxSteps: number
  /** the run stops at ‖w − w*‖ < tolerance · R, default 1e-6 */
  readonly tolerance?: number
}

/** The result of an SGD run with fresh samples. */
export interface SGDReport {
  readonly status: RunStatus
  readonly steps: number
  readonly eta: number
  readonly w: Float64Array
  /** ‖w − w*‖/R after each step, the initialization first */
  readonly distances: Float64Array
  /**
   * steps on which the angle to the teacher grew, which the cone invariant excludes for exact
   * descent
   */
  readonly turnedAway: number
}

/**
 * Runs SGD on the population loss of a teacher, with a fresh batch at each step and a constant
 * learning rate:
 *
 *     w⁺ = w − (η/B) Σ_b ∇_w (f(x_b; w) − f(x_b; w*))²
 *
 * The labels have no noise, so the noise of the gradient vanishes at w* and the step size need not
 * decay. From an initialization exactly opposite to the teacher the noise makes SGD escape (unless
 * m = 1).
 *
 * @param options - initialization, teacher, network, batch, stream
 * @throws ShapeError if lengths differ; RangeError for a zero initialization or teacher, values out
 *   of range
 * Cost: O(B k m) a step.
 * Source: the setting of the paper; our heuristic step size.
 *
 * @example
 * import { runSGD } from '@nonconvex/gaussian-theory/samples'
 * import { stream } from '@nonconvex/tensor'
 * const at = { w0: [1, 1], wStar: [1, -1], k: 4, stride: 2, batch: 32, stream: stream(1), maxSteps: 1000 }
 * console.log(runSGD(at).status) // → converged
 */
export function runSGD(options: SGDOptions): SGDReport {
  const { w0, wStar, batch, stream, maxSteps, tolerance = 1e-6 } = options
  checkPair('runSGD', 'w0', w0, 'wStar', wStar)
  checkInitialization('runSGD', w0)
  const R = norm2(wStar)
  checkNotZero('runSGD', 'wStar', wStar)
  checkPositive('runSGD', 'tolerance', tolerance)
  const eta = options.eta ?? sgdStep({ ...options, m: w0.length })
  const descent = sgd(teacherObjective(wStar, options), { eta, stream, batch })
  const far = (w: Vec): number => norm2(Float64Array.from(w, (x, t) => x - wStar[t])) / R
  const distances: number[] = [far(w0)]
  let turnedAway = 0
  const step = (state: SgdState): SgdState => {
    const next = descent.step(state)
    distances.push(far(next.w))
    if (grew(state.w, next.w, wStar)) turnedAway++
    return next
  }
  const outcome = run<SgdState>({
    start: descent.init(w0),
    step,
    stop: () => (distances[distances.length - 1] < tolerance ? 'at the teacher' : undefined),
    maxSteps,
  }).finish()
  return {
    status: outcome.status,
    steps: outcome.step,
    eta,
    w: Float64Array.from(outcome.state.w),
    distances: Float64Array.from(distances),
    turnedAway,
  }
}

/**
 * Whether the angle to the teacher grew by more than rounding; there is no angle for a zero or
 * infinite vector.
 */
function grew(before: Vec, after: Vec, wStar: Vec): boolean {
  const [r, s] = [norm2(before), norm2(after)]
  if (!(r > 0 && s > 0 && s < Infinity)) return false
  return angles(after, wStar).theta > angles(before, wStar).theta + 1e-12
}
