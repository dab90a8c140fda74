import type { Matrix } from '@nonconvex/tensor'
import { checkCount, checkListed } from '@nonconvex/tensor/check'
import { best, chainMarginals, posteriorLabels } from '../chains/chain.js'
import { likelihoodObjective, pseudoObjective, smoothness } from './chain-objective.js'
import { fitLinear, type FitOptions, type LinearFit } from './fit.js'
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
import { lastOf, type TrainingProgress } from './training.js'

/** A chain CRF of given sizes. */
export interface ChainCrf {
  readonly fit: (
    data: readonly LabeledSequence<SequenceFeatures>[],
    options?: FitOptions,
  ) => FittedChain
  /** as `fit`, iteration after iteration: yields how far it is, and returns the fit */
  readonly training: (
    data: readonly LabeledSequence<SequenceFeatures>[],
    options?: FitOptions,
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

export type FittedChain = LinearFit & ChainPredictor

/**
 * A linear-chain conditional random field: labels y of a sequence x with p(y | x) ∝ e^{s(x, y)},
 *
 *     s(x, y) = Σ_t (W_{y_t}·x_t + c_{y_t}) + Σ_t A(y_{t−1}, y_t)
 *
 * The weights are W (K × d, row-major), c (K) and A (K × K, row-major). With λ > 0 the likelihood objective F is strongly convex, so that training is globally optimal up to a
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
    options: FitOptions = {},
  ): Generator<TrainingProgress, FittedChain> {
    checkSequences('chainCrf.fit', data, sizes)
    const fit = yield* fitLinear(
      'chainCrf.fit',
      {
        states: sizes.states,
        labels: data.map(({ y }) => y),
        problem: () => chainProblem(data, sizes),
        likelihood: (lambda) => likelihoodObjective(sizes, lambda, data),
        pseudo: (lambda) => pseudoObjective(sizes, lambda, data),
        smoothness: (lambda) => smoothness(lambda, data),
        exact: true,
      },
      options,
    )
    return { ...fit, ...withWeights(fit.w) }
  }
  return { withWeights, training, fit: (data, options) => lastOf(training(data, options)) }
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
