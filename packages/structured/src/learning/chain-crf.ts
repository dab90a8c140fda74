import { gradientDescent, lbfgs, run, type Objective } from '@nonconvex/optim'
import { verdictOn, type Verdict } from '@nonconvex/optim/claims'
import { dot, type Matrix, type Stream } from '@nonconvex/tensor'
import {
  argumentError,
  checkCount,
  checkListed,
  checkNonNegative,
  checkPositive,
} from '@nonconvex/tensor/check'
import { best, chainMarginals, posteriorLabels } from '../chains/chain.js'
import { likelihoodObjective, pseudoObjective, smoothness } from './chain-objective.js'
import { crfIsOptimal, m3nGap } from './claims.js'
import { m3nPasses } from './m3n.js'
import { chainProblem } from './problem.js'
import {
  checkFeatures,
  checkSequences,
  transitionScores,
  unaryScores,
  type ChainSizes,
  type LabeledSequence,
  type SequenceFeatures,
} from './sequences.js'
import { perceptronPasses } from './structured-perceptron.js'
import { lastOf, type TrainingProgress } from './training.js'

/** How to fit a chain CRF. */
export interface ChainFitOptions {
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

/** A fitted chain CRF. */
export interface ChainFit {
  /**
   * `converged`: the tolerance was reached, for the perceptron a pass without a mistake;
   * `stalled`: at rounding; `max-iterations`: the limit was reached
   */
  readonly status: 'converged' | 'stalled' | 'max-iterations'
  /** W (K × d, row-major), c (K), A (K × K, row-major) */
  readonly w: Float64Array
  /** value of the objective; null for the perceptron, which has none */
  readonly objective: number | null
  /** a proven bound on objective − minimum; null without λ and for the perceptron */
  readonly certificate: number | null
  readonly iterations: number
  readonly verdicts: readonly Verdict[]
  /** objective at each iteration or check */
  readonly trace: Float64Array
}

/** A chain CRF of given sizes. */
export interface ChainCrf {
  readonly fit: (
    data: readonly LabeledSequence<SequenceFeatures>[],
    options?: ChainFitOptions,
  ) => FittedChain
  /** as `fit`, iteration after iteration: yields how far it is, and returns the fit */
  readonly training: (
    data: readonly LabeledSequence<SequenceFeatures>[],
    options?: ChainFitOptions,
  ) => Generator<TrainingProgress, FittedChain>
  /** the model with known weights */
  readonly withWeights: (w: Float64Array) => ChainPredictor
}

/** Predicts the labels of sequences. */
export interface ChainPredictor {
  readonly w: Float64Array
  /**
   * The labels of a sequence: `viterbi` (default), the most probable labeling; `posterior`, the most
   * probable label at each position, which maximizes the expected number of correct labels.
   */
  readonly predict: (
    x: SequenceFeatures,
    options?: { readonly decode?: 'viterbi' | 'posterior' },
  ) => Int32Array
  /** probabilities of the labels at each position, T × K */
  readonly probabilities: (x: SequenceFeatures) => Matrix
}

export type FittedChain = ChainFit & ChainPredictor

/**
 * A linear-chain conditional random field: labels y of a sequence x with p(y | x) ∝ e^{s(x, y)},
 *
 *     s(x, y) = Σ_t (W_{y_t}·x_t + c_{y_t}) + Σ_t A(y_{t−1}, y_t)
 *
 * With λ > 0 the likelihood objective F is strongly convex, so that training is globally optimal up to a
 * proven number: F(w) − F* ≤ |∇F(w)|²/(2λ), the certificate. Standardize the features before.
 *
 * @throws ArgumentError for sizes that are not integers ≥ 1; fit: as `chainProblem`, for options out of
 *   range, and without λ for a class that never occurs, whose weights would be infinite
 * Cost: O(Σ T K (K + d)) an iteration. Source: Lafferty, McCallum, Pereira (2001).
 *
 * @example
 * import { chainCrf } from '@nonconvex/structured/learning'
 * const x = { rows: 3, cols: 1, data: Float64Array.of(1, -1, 1) }
 * const fit = chainCrf({ states: 2, features: 1 }).fit([{ x, y: [1, 0, 1] }], { lambda: 0.1 })
 * console.log(fit.status, [...fit.predict(x)], Number(fit.certificate) < 1e-8) // → converged [ 1, 0, 1 ] true
 */
export function chainCrf(sizes: ChainSizes): ChainCrf {
  checkCount('chainCrf', 'states', sizes.states)
  checkCount('chainCrf', 'features', sizes.features)
  const withWeights = (w: Float64Array): ChainPredictor => {
    const scores = (x: SequenceFeatures): readonly [Matrix, readonly Matrix[]] => {
      checkFeatures('predict', 'x', x, sizes.features)
      const steps = new Array<Matrix>(Math.max(0, x.rows - 1))
      return [unaryScores(w, x, sizes), steps.fill(transitionScores(w, sizes))]
    }
    return {
      w,
      probabilities: (x) => chainMarginals(...scores(x)).node,
      predict: (x, { decode = 'viterbi' } = {}) => {
        checkListed('predict', 'decode', decode, ['viterbi', 'posterior'])
        if (decode === 'posterior') return posteriorLabels(chainMarginals(...scores(x)))
        return best(...scores(x))[0]?.y ?? new Int32Array(x.rows)
      },
    }
  }
  function* training(
    data: readonly LabeledSequence<SequenceFeatures>[],
    options: ChainFitOptions = {},
  ): Generator<TrainingProgress, FittedChain> {
    const fit = yield* fitChain(sizes, data, options)
    return { ...fit, ...withWeights(fit.w) }
  }
  return { withWeights, training, fit: (data, options) => lastOf(training(data, options)) }
}

function* fitChain(
  sizes: ChainSizes,
  data: readonly LabeledSequence<SequenceFeatures>[],
  options: ChainFitOptions,
): Generator<TrainingProgress, ChainFit> {
  const fn = 'chainCrf.fit'
  const { objective = 'likelihood', lambda = 1e-3, optimizer = 'lbfgs', stream } = options
  const { tol = objective === 'margin' ? 1e-3 : 1e-8, maxIterations = 1000 } = options
  checkListed(fn, 'objective', objective, ['likelihood', 'pseudo', 'margin', 'perceptron'])
  checkListed(fn, 'optimizer', optimizer, ['lbfgs', 'gradient-descent'])
  checkNonNegative(fn, 'lambda', lambda)
  checkNonNegative(fn, 'tol', tol)
  checkCount(fn, 'maxIterations', maxIterations)
  checkSequences(fn, data, sizes)
  if (objective === 'perceptron') {
    const found = yield* perceptronPasses(chainProblem(data, sizes), {
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
    const found = yield* m3nPasses(chainProblem(data, sizes), settings)
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
  if (lambda === 0) checkAllSeen(fn, data, sizes.states)
  const F =
    objective === 'likelihood'
      ? likelihoodObjective(sizes, lambda, data)
      : pseudoObjective(sizes, lambda, data)
  return yield* minimize(F, { lambda, tol, maxIterations, optimizer, L: smoothness(lambda, data) })
}

function* minimize(
  F: Objective,
  how: {
    readonly lambda: number
    readonly tol: number
    readonly maxIterations: number
    readonly optimizer: 'lbfgs' | 'gradient-descent'
    readonly L: number
  },
): Generator<TrainingProgress, ChainFit> {
  const { lambda, tol, maxIterations } = how
  const gap = (g: Float64Array): number =>
    lambda > 0 ? dot(g, g) / (2 * lambda) : Math.sqrt(dot(g, g))
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
      : yield* drive(gradientDescent(F, { eta: 1 / how.L }))
  const { w, gradient } = state
  const left = gap(gradient)
  const status = left <= tol ? 'converged' : state.stalled === true ? 'stalled' : 'max-iterations'
  const certificate = lambda > 0 ? left : null
  observe(state)
  return {
    status,
    w,
    objective: F.value(w),
    certificate,
    iterations: step,
    verdicts: certificate === null ? [] : [verdictOn(crfIsOptimal, { certificate, tol, lambda })],
    trace: Float64Array.from(trace),
  }
}

/** Throws unless every class occurs. */
function checkAllSeen(
  fn: string,
  data: readonly LabeledSequence<SequenceFeatures>[],
  states: number,
): void {
  const seen = new Set(data.flatMap(({ y }) => Array.from(y)))
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

/**
 * Softmax regression on each position alone: the chain CRF without neighbors, whose features are those of
 * the position. The best rule that ignores context is no better than the Bayes rule of a position.
 *
 * @throws as `chainCrf`
 * Cost: O(Σ T K d) an iteration.
 *
 * @example
 * import { nodeClassifier } from '@nonconvex/structured/learning'
 * const x = { rows: 2, cols: 1, data: Float64Array.of(1, -1) }
 * console.log([...nodeClassifier({ states: 2, features: 1 }).fit([{ x, y: [1, 0] }]).predict(x)]) // → [ 1, 0 ]
 */
export function nodeClassifier(sizes: ChainSizes): ChainCrf {
  const crf = chainCrf(sizes)
  const positions = (
    data: readonly LabeledSequence<SequenceFeatures>[],
  ): LabeledSequence<SequenceFeatures>[] => {
    checkSequences('nodeClassifier.fit', data, sizes)
    return data.flatMap(({ x, y }) =>
      Array.from({ length: x.rows }, (_, t) => ({
        x: positionOf(x, t),
        y: [y[t]],
      })),
    )
  }
  return {
    ...crf,
    training: (data, options) => crf.training(positions(data), options),
    fit: (data, options) => crf.fit(positions(data), options),
  }
}

/** The features of one position as a sequence. */
function positionOf(x: SequenceFeatures, t: number): SequenceFeatures {
  const { cols } = x
  if (!('index' in x)) return { rows: 1, cols, data: x.data.slice(t * cols, (t + 1) * cols) }
  const index = x.index.slice(x.start[t], x.start[t + 1])
  return { rows: 1, cols, start: Int32Array.of(0, index.length), index }
}
