import { hypothesis, type Hypothesis } from '@nonconvex/optim/claims'
import { coefficients } from '../no-overlap/coefficients.js'
import { checkAngle, plRatio } from '../no-overlap/ray.js'
import { stepSize } from './step.js'
import { checkPositive, checkNonNegative } from '@nonconvex/tensor/check'

/** A bound of a theorem with its hypotheses; the value is Infinity if a hypothesis fails. */
export interface Bound {
  readonly value: number
  readonly hypotheses: readonly Hypothesis[]
}

/** The numbers of an initialization on which the bounds depend. */
export interface DescentInitialization {
  /** norm of the initialization, > 0 */
  readonly r0: number
  /** π minus the angle between initialization and teacher, in [0, π] */
  readonly phi0: number
  /** loss at the initialization */
  readonly loss0: number
  /** norm of the teacher, > 0 */
  readonly R: number
  readonly k: number
  /** step size; 1/c by default */
  readonly eta?: number
}

/**
 * The number of steps of the comparison recursion that are computed; from the angle reached then,
 * B2 continues by its formula.
 */
const RECURSION_STEPS = 1_000_000

/**
 * A lower bound on the decrease of 1/φ per step, in units of K: 0.58/(1 + 0.58 K φ) ≥ 0.44 for φ ≤
 * π/2.
 */
const DROP = 0.44

function bound(hypotheses: readonly Hypothesis[], value: () => number): Bound {
  const applies = hypotheses.every((h) => h.status !== 'fails')
  return { value: applies ? value() : Infinity, hypotheses }
}

function smallStep(eta: number, c: number): Hypothesis {
  // one ulp of room: 1/c times c need not be 1
  return hypothesis('step size η ≤ 1/c', eta * c <= 1 + Number.EPSILON, eta * c)
}

function stableStep(eta: number, c: number): Hypothesis {
  return hypothesis('step size η < 2/c', eta * c < 2, eta * c)
}

/**
 * Bound B1, the O(ε⁻²) bound with our constants: the number of steps after which some iterate has
 * had a gradient of norm at most ε.
 *
 *     min_{t<T} ‖∇ℓ(w_t)‖ ≤ ε   for T ≥ ℓ₀ / (η(1 − ηc/2) ε²);   η = 1/c: T = ⌈2cℓ₀/ε²⌉
 *
 * There ℓ ≤ ε²/(2Q(θ₀)) by the ratio of plRatio.
 *
 * @param options - loss0 ≥ 0, eps > 0, k, eta (1/c by default; the claim needs η < 2/c)
 * @throws RangeError for other values
 * Source: ours, from smoothness alone; the talk and Brutzkus & Globerson (2017) state O(ε⁻²).
 *
 * @example
 * import { stationaritySteps } from '@nonconvex/gaussian-theory/descent'
 * console.log(stationaritySteps({ loss0: 0.25, eps: 1e-3, k: 1 }).value) // → 500000
 */
export function stationaritySteps(options: {
  readonly loss0: number
  readonly eps: number
  readonly k: number
  readonly eta?: number
}): Bound {
  const { loss0, eps, k } = options
  checkNonNegative('stationaritySteps', 'loss0', loss0)
  checkPositive('stationaritySteps', 'eps', eps)
  const eta = stepSize('stationaritySteps', options.eta, k)
  const { c } = coefficients(k)
  return bound([stableStep(eta, c)], () =>
    Math.ceil(loss0 / (eta * (1 - (eta * c) / 2) * eps * eps)),
  )
}

/**
 * Bound B2 on the escape from the ray opposite to the teacher: the number of steps from which on φ
 * ≥ π/2.
 *
 *     T₁ = ⌈(1/φ₀ − 2/π) / (0.44 K)⌉,   K = ηaR / (π max(r₀, R));   0 if φ₀ ≥ π/2
 *
 * `sharp` counts the steps of φ ← φ + atan(K φ sin φ) instead: about half as many. (The recursion
 * is increasing in φ, so the comparison is valid; after a million steps the formula is applied to
 * the φ reached.)
 *
 * @param options - initialization, k, eta (the claim needs η ≤ 1/c), sharp (false by default)
 * @throws RangeError for values out of range
 * Source: ours: sin φ ≥ 2φ/π and atan x ≥ 0.92x for x ≤ ½ give φ⁺ ≥ φ + 0.58Kφ².
 *
 * @example
 * import { escapeSteps } from '@nonconvex/gaussian-theory/descent'
 * console.log(escapeSteps({ phi0: 0.1, r0: 1, R: 1, k: 2 }).value) // → 89
 */
export function escapeSteps(
  options: Omit<DescentInitialization, 'loss0'> & { readonly sharp?: boolean },
): Bound {
  const { phi0, r0, R, k, sharp = false } = options
  checkAngle('escapeSteps', 'phi0', phi0)
  checkPositive('escapeSteps', 'r0', r0)
  checkPositive('escapeSteps', 'R', R)
  const eta = stepSize('escapeSteps', options.eta, k)
  const { a, c } = coefficients(k)
  const hypotheses = [smallStep(eta, c), hypothesis('φ₀ > 0', phi0 > 0, phi0)]
  return bound(hypotheses, () => {
    const K = (eta * a * R) / (Math.PI * Math.max(r0, R))
    let phi = phi0
    let steps = 0
    while (sharp && phi < Math.PI / 2 && steps < RECURSION_STEPS) {
      const next = phi + Math.atan(K * phi * Math.sin(phi))
      // once a step is lost to rounding, so are all that follow
      steps = next === phi ? RECURSION_STEPS : steps + 1
      phi = next
    }
    if (phi >= Math.PI / 2) return steps
    return steps + Math.ceil((1 / phi - 2 / Math.PI) / (DROP * K))
  })
}

/**
 * Bound B3, the linear rate: a factor by which each step contracts the loss once θ ≤ theta.
 *
 *     ℓ_{t+1} ≤ (1 − 2η(1 − ηc/2) Q(θ)) ℓ_t;   η = 1/c: 1 − Q(θ)/c
 *
 * At θ → 0 it is 1 − a/c = α; the true limit is α² for the loss.
 *
 * @param options - theta in [0, π] (phi beside it where known better), k, eta (the claim needs η ≤
 *   1/c)
 * @throws RangeError for values out of range
 * Source: ours.
 *
 * @example
 * import { linearFactor } from '@nonconvex/gaussian-theory/descent'
 * console.log(linearFactor({ theta: 0, k: 5 }).value.toFixed(4)) // → 0.5601
 */
export function linearFactor(options: {
  readonly theta: number
  readonly phi?: number
  readonly k: number
  readonly eta?: number
}): Bound {
  const { theta, k } = options
  const ratio = plRatio(theta, k, options.phi ?? Math.PI - theta)
  const eta = stepSize('linearFactor', options.eta, k)
  const { c } = coefficients(k)
  return bound([smallStep(eta, c)], () => Math.max(0, 1 - 2 * eta * (1 - (eta * c) / 2) * ratio))
}

/**
 * Bound B4 on the whole run: the number of steps after which the loss is at most eps. It is the sum
 * of the escape and the linear phase, so it grows like log(1/ε).
 *
 *     T(ε) = T₁ + max(1, ⌈ ln(ℓ₀/ε) / −ln(1 − 2η(1 − ηc/2) Q(min(π/2, θ₀))) ⌉);   0 if ℓ₀ ≤ ε
 *
 * @param options - initialization with its loss, eps > 0, sharp: T₁' of escapeSteps instead of T₁
 * @throws RangeError for values out of range
 * Source: ours.
 *
 * @example
 * import { totalSteps } from '@nonconvex/gaussian-theory/descent'
 * console.log(totalSteps({ loss0: 0.3, phi0: 3, r0: 1, R: 1, k: 5, eps: 1e-12 }).value) // → 50
 */
export function totalSteps(
  options: DescentInitialization & { readonly eps: number; readonly sharp?: boolean },
): Bound {
  const { loss0, eps, phi0, k } = options
  checkNonNegative('totalSteps', 'loss0', loss0)
  checkPositive('totalSteps', 'eps', eps)
  const escape = escapeSteps(options)
  const theta = Math.min(Math.PI / 2, Math.PI - phi0)
  const factor = linearFactor({
    theta,
    k,
    ...(options.eta === undefined ? {} : { eta: options.eta }),
  })
  return bound(escape.hypotheses, () => {
    if (loss0 <= eps) return 0
    return escape.value + Math.max(1, Math.ceil(Math.log(loss0 / eps) / -Math.log(factor.value)))
  })
}

/**
 * The number of gradient descent steps in which a run initialized near −αw* at angle φ₀ escapes
 * from the ray of −w*, to first order in 1/φ₀: (k − 1)/(ηc φ₀).
 *
 * @example
 * import { coefficients } from '@nonconvex/gaussian-theory'
 * import { escapeTime } from '@nonconvex/gaussian-theory/descent'
 * console.log(escapeTime(5, 1e-3, 1 / coefficients(5).c)) // → 4000
 */
export function escapeTime(k: number, phi0: number, eta: number): number {
  return (k - 1) / (eta * coefficients(k).c * phi0)
}
