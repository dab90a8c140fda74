import { gradientDescent, lbfgs, run, type Objective } from '@nonconvex/optim'
import { verdictOn, type Verdict } from '@nonconvex/optim/claims'
import { dot, type Stream } from '@nonconvex/tensor'
import {
  argumentError,
  checkCount,
  checkListed,
  checkNonNegative,
  checkPositive,
} from '@nonconvex/tensor/check'
import { crfIsOptimal, m3nGap } from './claims.js'
import { m3nPasses } from './m3n.js'
import type { Labeling, StructuredProblem } from './problem.js'
import { perceptronPasses } from './structured-perceptron.js'
import type { TrainingProgress } from './training.js'

/** How to fit a model with linear scores. */
export interface FitOptions {
  /**
   * `likelihood` (default): negative log-likelihood; `pseudo`: negative log pseudo-likelihood;
   * `margin`: the max-margin objective (M3N); `perceptron`: the structured perceptron
   */
  readonly objective?: 'likelihood' | 'pseudo' | 'margin' | 'perceptron'
  /** λ ≥ 0 of (λ/2)|w|²; 1e-3 by default. The perceptron does not use it */
  readonly lambda?: number
  /** of likelihoods: `lbfgs` (default), or `gradient-descent` with step size 1/L */
  readonly optimizer?: 'lbfgs' | 'gradient-descent'
  /** stop if the certificate, without λ the gradient's norm, is at most this; 1e-8 by default, of `margin` 1e-3 */
  readonly tol?: number
  /** iterations of the optimizer, or passes; 1000 by default */
  readonly maxIterations?: number
  /** order of the examples for `margin`, which needs it, and `perceptron` */
  readonly stream?: Stream
}

/** A fit of a model with linear scores. */
export interface LinearFit {
  /**
   * `converged`: the tolerance was reached, for the perceptron a pass without a mistake;
   * `stalled`: at rounding; `max-iterations`: the limit was reached
   */
  readonly status: 'converged' | 'stalled' | 'max-iterations'
  /** weights in the order of the model */
  readonly w: Float64Array
  /** value of the objective; null for the perceptron, which has none */
  readonly objective: number | null
  /** a proven bound on objective − minimum; null without λ, for the perceptron, and of approximate inference */
  readonly certificate: number | null
  readonly iterations: number
  readonly verdicts: readonly Verdict[]
  /** objective at each iteration or check */
  readonly trace: Float64Array
}

/** What is fitted. */
export interface LinearModel {
  /** number of labels, each of which must occur if λ = 0 */
  readonly states: number
  readonly labels: readonly Labeling[]
  readonly problem: () => StructuredProblem
  readonly likelihood: (lambda: number) => Objective
  readonly pseudo: (lambda: number) => Objective
  /** a Lipschitz constant of the gradient of the likelihood */
  readonly smoothness: (lambda: number) => number
  /** whether the likelihood's value and gradient are exact, so that it is convex */
  readonly exact: boolean
}

/** Fits a model; yields how far it is after each iteration or pass. */
export function* fitLinear(
  fn: string,
  model: LinearModel,
  options: FitOptions,
): Generator<TrainingProgress, LinearFit> {
  const { objective = 'likelihood', lambda = 1e-3, optimizer = 'lbfgs', stream } = options
  const { tol = objective === 'margin' ? 1e-3 : 1e-8, maxIterations = 1000 } = options
  checkListed(fn, 'objective', objective, ['likelihood', 'pseudo', 'margin', 'perceptron'])
  checkListed(fn, 'optimizer', optimizer, ['lbfgs', 'gradient-descent'])
  checkNonNegative(fn, 'lambda', lambda)
  checkNonNegative(fn, 'tol', tol)
  checkCount(fn, 'maxIterations', maxIterations)
  if (objective === 'perceptron') {
    const found = yield* perceptronPasses(model.problem(), {
      passes: maxIterations,
      ...(stream && { stream }),
    })
    return {
      status: found.status === 'converged' ? 'converged' : 'max-iterations',
      w: found.w,
      objective: null,
      certificate: null,
      iterations: found.passes,
      verdicts: [],
      trace: new Float64Array(0),
    }
  }
  if (objective === 'margin') {
    checkPositive(fn, 'lambda', lambda)
    if (!stream) throw argumentError('invalid', fn, 'stream', 'for objective margin', 'none')
    const settings = { lambda, passes: maxIterations, gapTol: tol, stream }
    const found = yield* m3nPasses(model.problem(), settings)
    return {
      status: found.status === 'converged' ? 'converged' : 'max-iterations',
      w: found.w,
      objective: found.objective,
      certificate: found.certificate ?? null,
      iterations: found.passes,
      verdicts: [verdictOn(m3nGap, { checks: found.checks, tol })],
      trace: Float64Array.from(found.checks, ({ primal }) => primal),
    }
  }
  if (lambda === 0) checkAllSeen(fn, model)
  const F = objective === 'likelihood' ? model.likelihood(lambda) : model.pseudo(lambda)
  const convex = objective === 'pseudo' || model.exact
  return yield* minimize(F, { lambda, tol, maxIterations, optimizer, convex, L: model.smoothness })
}

/** |∇F|²/2λ, which bounds F(w) − F* as F is λ-strongly convex. */
export const gradientCertificate = (gradient: Float64Array, lambda: number): number =>
  dot(gradient, gradient) / (2 * lambda)

function* minimize(
  F: Objective,
  how: {
    readonly lambda: number
    readonly tol: number
    readonly maxIterations: number
    readonly optimizer: 'lbfgs' | 'gradient-descent'
    readonly convex: boolean
    readonly L: (lambda: number) => number
  },
): Generator<TrainingProgress, LinearFit> {
  const { lambda, tol, maxIterations } = how
  const certified = lambda > 0 && how.convex
  const gap = (g: Float64Array): number =>
    certified ? gradientCertificate(g, lambda) : Math.sqrt(dot(g, g))
  const trace: number[] = []
  interface Iterate {
    readonly w: Float64Array
    readonly gradient: Float64Array
    readonly stalled?: boolean
  }
  const stop = ({ gradient, stalled }: Iterate): string | undefined =>
    gap(gradient) <= tol ? 'tolerance' : stalled === true ? 'stalled' : undefined
  const observe = ({ w }: Iterate): void => {
    trace.push(F.value(w))
  }
  const start = new Float64Array(F.d)
  function* drive<S extends Iterate>(o: {
    readonly init: (w: Float64Array) => S
    readonly step: (s: S) => S
  }): Generator<TrainingProgress, { readonly state: S; readonly step: number }> {
    const steps = run<S>({
      start: o.init(start),
      step: (s) => {
        observe(s)
        return o.step(s)
      },
      stop,
      maxSteps: maxIterations,
    })
    for (const { step, state } of steps) yield { iteration: step, left: gap(state.gradient) }
    return steps.finish()
  }
  const { state, step }: { readonly state: Iterate; readonly step: number } =
    how.optimizer === 'lbfgs'
      ? yield* drive(lbfgs(F))
      : yield* drive(gradientDescent(F, { eta: 1 / how.L(lambda) }))
  const { w, gradient } = state
  const left = gap(gradient)
  const status = left <= tol ? 'converged' : state.stalled === true ? 'stalled' : 'max-iterations'
  const certificate = certified ? left : null
  observe(state)
  return {
    status,
    w,
    objective: F.value(w),
    certificate,
    iterations: step,
    verdicts:
      certificate === null
        ? []
        : [
            verdictOn(crfIsOptimal, {
              certificate,
              tol,
              lambda,
              limited: status === 'max-iterations',
            }),
          ],
    trace: Float64Array.from(trace),
  }
}

/** Throws unless every class occurs. */
function checkAllSeen(fn: string, { labels, states }: LinearModel): void {
  const seen = new Set(labels.flatMap((y) => Array.from(y)))
  for (let a = 0; a < states; a++)
    if (!seen.has(a))
      throw argumentError(
        'invalid',
        fn,
        'data',
        'to have every label, as lambda is 0',
        `no position with label ${a}`,
        'set lambda > 0: its weights would be infinite',
      )
}
