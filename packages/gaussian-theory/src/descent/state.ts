import { angles, norm2, type Vec } from '@nonconvex/tensor'
import { coefficients } from '../no-overlap/coefficients.js'
import { noOverlapGradient, noOverlapLoss } from '../no-overlap/loss.js'
import { descend } from './step.js'

/** A problem for gradient descent: teacher, number of patches, step size and gradient. */
export interface DescentProblem {
  /** [m], not zero */
  readonly wStar: Vec
  readonly k: number
  readonly eta: number
  /** the gradient of the descent; another one than noOverlapGradient tests the invariants */
  readonly gradient?: (w: Vec, wStar: Vec, k: number) => Float64Array
}

/**
 * The state of gradient descent as plain data, including the numbers that the invariants compare.
 */
export interface DescentState {
  readonly w: Float64Array
  readonly gradient: Float64Array
  /** ‖w‖ */
  readonly r: number
  /** angle between w and w* */
  readonly theta: number
  /** π − theta, to full precision near 0 */
  readonly phi: number
  readonly loss: number
  readonly gradientNorm: number
  /** angle between this w and the one before; 0 at the initialization */
  readonly turn: number
  /** the step landed on 0 up to rounding: no angle and no gradient there */
  readonly origin: boolean
}

/** Angles φ up to this cannot be distinguished from 0, the ray opposite to the teacher. */
export const PHI_RESOLUTION = 1e-15

/** Norms below this fraction of max(r, R) count as 0. */
const ORIGIN = 1e-14

/** Beyond this norm the loss overflows. */
const LARGEST = 1e150

/**
 * The state at w. At the origin the angles are those of `before`, and the gradient's norm is the
 * steepest slope there, cR.
 */
export function descentState(
  w: Float64Array,
  problem: DescentProblem,
  before?: DescentState,
): DescentState {
  const { wStar, k, gradient: along = noOverlapGradient } = problem
  const R = norm2(wStar)
  const r = norm2(w)
  const loss = noOverlapLoss(w, wStar, k)
  if (before !== undefined && r <= ORIGIN * Math.max(before.r, R)) {
    const { theta, phi } = before
    const gradient = new Float64Array(w.length)
    const gradientNorm = coefficients(k).c * R
    return { w, gradient, r, theta, phi, loss, gradientNorm, turn: 0, origin: true }
  }
  const { theta, phi } = angles(w, wStar)
  const gradient = along(w, wStar, k)
  const turn = before === undefined ? 0 : angles(before.w, w).theta
  const gradientNorm = norm2(gradient)
  return { w, gradient, r, theta, phi, loss, gradientNorm, turn, origin: false }
}

/**
 * The state after one step, at w − η ∇ℓ(w). There is no step from the origin or after an overflow.
 */
export function nextState(state: DescentState, problem: DescentProblem): DescentState {
  if (state.origin) return state
  const w = descend(state.w, state.gradient, problem.eta)
  if (!(norm2(w) <= LARGEST)) return { ...state, w, loss: Infinity }
  return descentState(w, problem, state)
}
