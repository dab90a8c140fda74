import { dot, type Stream } from '@nonconvex/tensor'
import { checkCount, checkListed, checkNonNegative, checkPositive } from '@nonconvex/tensor/check'
import { frankWolfeSteps, pairwiseSteps } from './dual-steps.js'
import type { StructuredProblem } from './problem.js'
import { lastOf, type TrainingProgress } from './training.js'

/** Options of `m3n`. */
export interface M3nOptions {
  /** λ > 0 */
  readonly lambda: number
  /**
   * `bcfw` (default): block-coordinate Frank–Wolfe; `pairwise`: exchanges of weight between labelings, for a
   * small gap on few examples; both with a certificate. `pegasos`: subgradient steps
   */
  readonly solver?: 'bcfw' | 'pairwise' | 'pegasos'
  /** passes through the examples, 100 by default */
  readonly passes?: number
  /** stop if the duality gap is at most this; 1e-3 by default. Not used by `pegasos` */
  readonly gapTol?: number
  /** passes between two evaluations of the gap, 5 by default */
  readonly gapEvery?: number
  /** order of the examples in each pass */
  readonly stream: Stream
}

/** Primal and dual value after some passes. */
export interface M3nCheck {
  readonly pass: number
  readonly primal: number
  readonly dual: number
  /** λ(w − W_s)ᵀw − ℓ + L_s, which equals primal − dual */
  readonly gap: number
  /** P of the mean of the iterates after each pass, weighted by the pass */
  readonly averaged: number
}

/** P − D of the better of the last iterate and the averaged one, which bounds its P − P*. */
const certificateOf = ({ primal, dual, averaged }: M3nCheck): number =>
  Math.max(0, Math.min(primal, averaged) - dual)

/** A max-margin solution. */
export interface M3nResult {
  /** `converged`: gap at most gapTol; `max-passes` otherwise, and always for `pegasos` */
  readonly status: 'converged' | 'max-passes'
  readonly w: Float64Array
  /** the last iterate, whose P and D are those of the last check; it may be w. Of `pegasos`, w */
  readonly last: Float64Array
  /** P(w) */
  readonly objective: number
  /** P(w) − P* is at most this; undefined for `pegasos`, which has no dual */
  readonly certificate?: number
  readonly passes: number
  readonly checks: readonly M3nCheck[]
}

/** P(w) = (λ/2)|w|² + (1/N) Σ H_n(w), by one pass of loss-augmented inference. */
export function m3nObjective(problem: StructuredProblem, lambda: number, w: Float64Array): number {
  return primalOf(problem, lambda, w).primal
}

/** P(w), and the corner (W_s, L_s) of the dual's feasible set in the direction of ascent. */
function primalOf(
  problem: StructuredProblem,
  lambda: number,
  w: Float64Array,
): { readonly primal: number; readonly W: Float64Array; readonly L: number } {
  const W = new Float64Array(problem.dimension)
  let L = 0
  for (let i = 0; i < problem.n; i++) {
    const y = problem.lossAugmented(w, i)
    problem.addFeature(W, 1, i, problem.truth(i))
    problem.addFeature(W, -1, i, y)
    L += problem.loss(i, y) / problem.n
  }
  for (let k = 0; k < W.length; k++) W[k] /= lambda * problem.n
  return { primal: (lambda / 2) * dot(w, w) + L - lambda * dot(W, w), W, L }
}

/**
 * The max-margin Markov network (structured support vector machine): minimizes
 *
 *     P(w) = (λ/2)|w|² + (1/n) Σ_i max_y [Δ(y_i, y) − wᵀ(φ(x_i, y_i) − φ(x_i, y))]
 *
 * by block-coordinate Frank–Wolfe on the dual D, with exact line search: D never decreases, and
 * P(w) − P* ≤ P(w) − D is the certificate. Exact only if `lossAugmented` is. The result is the better,
 * by P, of the last iterate and the mean of the iterates after each pass, weighted by the pass. The solver
 * `pairwise` converges linearly, at the cost of the labelings of weight > 0, which it keeps.
 *
 * @throws ArgumentError for a λ that is not positive, or counts that are not integers ≥ 1
 * Cost: one loss-augmented inference an example and pass, and one more every `gapEvery` passes;
 * memory: the supports of all examples, without `support` n · dimension. Source: Taskar, Guestrin, Koller (2004); Lacoste-Julien et al. (2013), as
 * recalled; pairwise steps: Osokin et al. (2016), as recalled; Pegasos: Shalev-Shwartz et al. (2011).
 *
 * @example
 * import { chainProblem, m3n } from '@nonconvex/structured/learning'
 * import { stream } from '@nonconvex/tensor'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(1, -1) }
 * const problem = chainProblem([{ x, y: [1, 0] }], { states: 2, features: 1 })
 * const { status, objective } = m3n(problem, { lambda: 0.1, stream: stream(1) })
 * console.log(status, objective < 0.1) // → converged true
 */
export function m3n(problem: StructuredProblem, options: M3nOptions): M3nResult {
  return lastOf(m3nPasses(problem, options))
}

/** As `m3n`, pass after pass: yields the last check, and returns the result. */
export function* m3nPasses(
  problem: StructuredProblem,
  options: M3nOptions,
): Generator<TrainingProgress, M3nResult> {
  const { lambda, solver = 'bcfw', passes = 100, gapTol = 1e-3, gapEvery = 5, stream } = options
  checkPositive('m3n', 'lambda', lambda)
  checkListed('m3n', 'solver', solver, ['bcfw', 'pairwise', 'pegasos'])
  checkCount('m3n', 'passes', passes)
  checkNonNegative('m3n', 'gapTol', gapTol)
  checkCount('m3n', 'gapEvery', gapEvery)
  checkCount('m3n', 'n', problem.n)
  if (solver === 'pegasos') return pegasos(problem, lambda, passes, stream)
  const { n, dimension } = problem
  const w = new Float64Array(dimension)
  const { step, ell } = (solver === 'pairwise' ? pairwiseSteps : frankWolfeSteps)(
    problem,
    lambda,
    w,
  )
  const mean = new Float64Array(dimension)
  const checks: M3nCheck[] = []
  for (let pass = 1; pass <= passes; pass++) {
    for (const i of stream.child('pass', pass).permutation(n)) step(i)
    // the mean with weights `pass` is w̄ ← w̄ + 2/(pass + 1) (w − w̄)
    for (let k = 0; k < dimension; k++) mean[k] += (2 / (pass + 1)) * (w[k] - mean[k])
    const before = checks.at(-1)
    yield { iteration: pass, left: before ? certificateOf(before) : Infinity }
    if (pass % gapEvery !== 0 && pass !== passes && pass !== 1) continue
    const { primal, W, L } = primalOf(problem, lambda, w)
    let across = 0
    for (let k = 0; k < dimension; k++) across += (w[k] - W[k]) * w[k]
    const gap = lambda * across - ell() + L
    const averaged = m3nObjective(problem, lambda, mean)
    checks.push({ pass, primal, dual: ell() - (lambda / 2) * dot(w, w), gap, averaged })
    if (certificateOf(checks[checks.length - 1]) <= gapTol) break
  }
  const last = checks[checks.length - 1]
  const certificate = certificateOf(last)
  return {
    status: certificate <= gapTol ? 'converged' : 'max-passes',
    w: last.averaged < last.primal ? mean : w,
    last: w,
    objective: Math.min(last.primal, last.averaged),
    certificate,
    passes: last.pass,
    checks,
  }
}

/** Subgradient steps 1/(λt), averaged with weights ∝ t. */
function pegasos(
  problem: StructuredProblem,
  lambda: number,
  passes: number,
  stream: Stream,
): M3nResult {
  const { n, dimension } = problem
  const w = new Float64Array(dimension)
  const mean = new Float64Array(dimension)
  let t = 0
  for (let pass = 1; pass <= passes; pass++)
    for (const i of stream.child('pass', pass).permutation(n)) {
      t++
      const y = problem.lossAugmented(w, i)
      for (let k = 0; k < dimension; k++) w[k] *= 1 - 1 / t
      problem.addFeature(w, 1 / (lambda * t), i, problem.truth(i))
      problem.addFeature(w, -1 / (lambda * t), i, y)
      // the mean with weights t is w̄ ← w̄ + 2/(t + 1) (w − w̄)
      for (let k = 0; k < dimension; k++) mean[k] += (2 / (t + 1)) * (w[k] - mean[k])
    }
  return {
    status: 'max-passes',
    w: mean,
    last: mean,
    objective: m3nObjective(problem, lambda, mean),
    passes,
    checks: [],
  }
}
