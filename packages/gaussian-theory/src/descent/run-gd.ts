import { run, type Outcome, type RunStatus, type Tally, type Trace } from '@nonconvex/optim'
import type { Verdict } from '@nonconvex/optim/claims'
import { norm2, type Vec } from '@nonconvex/tensor'
import { coefficients } from '../no-overlap/coefficients.js'
import { checkCount, checkNotZero } from '@nonconvex/tensor/check'
import { checkPair } from '../integral/pair-frame.js'
import { escapeSteps, stationaritySteps, totalSteps, type DescentInitialization } from './bounds.js'
import { invariants } from './invariants.js'
import { appliesTo } from './claims.js'
import { boundVerdicts, invariantVerdicts, type GDBounds, type GoalsMet } from './run-verdicts.js'
import {
  descentState,
  nextState,
  PHI_RESOLUTION,
  type DescentProblem,
  type DescentState,
} from './state.js'
import { stepSize } from './step.js'

export interface GDOptions {
  /** [m], the initialization; not zero */
  readonly w0: Vec
  /** [m], the teacher; not zero */
  readonly wStar: Vec
  readonly k: number
  /** step size; 1/c by default */
  readonly eta?: number
  /** integer ≥ 0 */
  readonly maxSteps: number
  /** stop at this loss; 1e-12 ‖w*‖² by default */
  readonly tolLoss?: number
  /** gradient norm at which B1 is evaluated; 1e-3 ‖w*‖ by default */
  readonly tolGradient?: number
  /** check the invariants at every step; true by default */
  readonly check?: boolean
  /** 'stop' (default): end at the first violation; 'count': continue and count them */
  readonly onBreach?: 'stop' | 'count'
  /**
   * the gradient of the descent: the exact one by default; another one tests the invariants
   */
  readonly gradient?: DescentProblem['gradient']
  readonly signal?: AbortSignal
}

/**
 * The status in which a run ended: a status of `run`, or one of two further ones.
 *
 * - `antiparallel`: the initialization lay on the ray opposite to the teacher, an event of
 *   probability 0, and the run ended at the saddle −αw*
 * - `origin`: a step landed on 0, where there is no gradient (k = 1, antiparallel initialization)
 */
export type GDStatus = RunStatus | 'antiparallel' | 'origin'

export interface GDReport {
  readonly status: GDStatus
  readonly message: string
  /** steps made */
  readonly steps: number
  readonly w: Float64Array
  readonly state: DescentState
  readonly start: Required<DescentInitialization>
  /** r, theta, phi, loss and gradientNorm by step; thinned beyond 1000 rows */
  readonly trace: Trace
  /** for every invariant: the number of checks and violations, and the first witness */
  readonly tallies: readonly Tally[]
  readonly bounds: GDBounds
  readonly met: GoalsMet
  /** I1–I8 and B3 at every step (if checked), then B1, B2, B2 sharp, B4 */
  readonly verdicts: readonly Verdict[]
}

/**
 * Runs gradient descent on the no-overlap loss and checks every invariant at every step.
 *
 * @param options - see GDOptions
 * @returns status, trajectory, and a verdict on each of I1–I8, B1–B4
 * @throws RangeError for an initialization or a teacher at 0, NaN, infinities, other k, eta,
 *   tolerances; ShapeError for unequal lengths
 *
 * Step sizes above 1/c are accepted; the claims that need η ≤ 1/c are then `inapplicable`. There is
 * no projection: rounding may move an initialization with φ₀ ≤ 1e-15 off the saddle's ray. Cost:
 * O(m) a step. Source: section "Gaussian Inputs" of the talk; invariants and constants are ours.
 *
 * @example
 * import { runGD } from '@nonconvex/gaussian-theory/descent'
 * console.log(runGD({ w0: [-1, 0.1], wStar: [1, 0], k: 5, maxSteps: 1000 }).status) // → converged
 */
export function runGD(options: GDOptions): GDReport {
  const { wStar, k, maxSteps, check = true, gradient } = options
  checkPair('runGD', 'w0', options.w0, 'wStar', wStar)
  checkCount('runGD', 'k', k)
  const R = norm2(wStar)
  checkNotZero('runGD', 'w0', options.w0)
  checkNotZero('runGD', 'wStar', wStar)
  const eta = stepSize('runGD', options.eta, k)
  const tolLoss = options.tolLoss ?? 1e-12 * R * R
  const tolGradient = options.tolGradient ?? 1e-3 * R
  const problem: DescentProblem = { wStar, k, eta, ...(gradient && { gradient }) }
  const first = descentState(Float64Array.from(options.w0), problem)
  const start = { r0: first.r, phi0: first.phi, loss0: first.loss, R, k, eta }
  const bounds = boundsAt(start, tolLoss, tolGradient)
  const checked = check ? invariants(problem, first) : []
  const applicable = checked.filter(({ claim }) => appliesTo(claim, start))

  const steps = run<DescentState>({
    start: first,
    step: (state) => nextState(state, problem),
    monitors: applicable.map((i) => i.monitor),
    onBreach: options.onBreach ?? 'stop',
    stop: (state) => stopReason(state, start, tolLoss),
    maxSteps,
    observe: ({ r, theta, phi, loss, gradientNorm }) => ({ r, theta, phi, loss, gradientNorm }),
    ...(options.signal && { signal: options.signal }),
  })
  let stationary: number | undefined
  let escaped: number | undefined
  let converged: number | undefined
  for (const { step, state } of steps) {
    if (state.gradientNorm <= tolGradient) stationary ??= step
    if (state.phi >= Math.PI / 2) escaped ??= step
    if (state.loss <= tolLoss) converged ??= step
  }
  const outcome = steps.finish()
  const met = { stationary, escaped, converged }
  return {
    ...ending(outcome, start, converged),
    steps: outcome.step,
    w: outcome.state.w,
    state: outcome.state,
    start,
    trace: outcome.trace,
    tallies: outcome.tallies,
    bounds,
    met,
    verdicts: [
      ...invariantVerdicts(checked, outcome.tallies, start),
      ...boundVerdicts({
        bounds,
        met,
        taken: outcome.step,
        start,
        m: wStar.length,
        tolLoss,
        tolGradient,
      }),
    ],
  }
}

function boundsAt(
  start: Required<DescentInitialization>,
  tolLoss: number,
  tolGradient: number,
): GDBounds {
  return {
    stationarity: stationaritySteps({ ...start, eps: tolGradient }),
    escape: escapeSteps(start),
    escapeSharp: escapeSteps({ ...start, sharp: true }),
    total: totalSteps({ ...start, eps: tolLoss }),
    totalSharp: totalSteps({ ...start, eps: tolLoss, sharp: true }),
  }
}

function stopReason(
  state: DescentState,
  start: Required<DescentInitialization>,
  tolLoss: number,
): string | undefined {
  if (state.origin) return 'the step landed on the origin'
  if (state.loss <= tolLoss) return `loss ${state.loss} ≤ ${tolLoss}`
  if (onSaddle(state, start)) return 'at the saddle −αw*, on the ray of the initialization'
  return undefined
}

function onSaddle(
  state: DescentState,
  { phi0, r0, R, k }: Required<DescentInitialization>,
): boolean {
  if (phi0 > PHI_RESOLUTION || state.phi > 1e-12) return false
  return Math.abs(state.r - coefficients(k).alpha * R) <= 1e-12 * Math.max(r0, R)
}

function ending(
  outcome: Outcome<DescentState>,
  start: Required<DescentInitialization>,
  converged: number | undefined,
): { status: GDStatus; message: string } {
  const { status, message, state } = outcome
  if (
    status === 'violated' ||
    status === 'not-finite' ||
    status === 'failed' ||
    status === 'aborted'
  )
    return { status, message }
  if (state.origin) return { status: 'origin', message }
  if (converged === undefined && start.phi0 <= PHI_RESOLUTION)
    return {
      status: 'antiparallel',
      message: `${message}; the initialization lies opposite to the teacher, which has probability 0 for m ≥ 2`,
    }
  return { status, message }
}
