import { checkCount, checkInteger, checkLength, checkListed } from '@nonconvex/tensor/check'
import type { Graph } from '../graph/graph.js'
import { bruteForce } from '../pairwise/brute-force.js'
import { exactMap, isExact } from '../pairwise/exact-inference.js'
import { argmax, pairwiseModel, type PairwiseModel } from '../pairwise/model.js'
import type { IterationStatus } from '../pairwise/iteration.js'
import { fitLinear, type FitOptions, type LinearFit } from './fit.js'
import {
  addGraph,
  graphLists,
  graphShape,
  listsOf,
  modelOf,
  type GraphSizes,
  type LabeledGraph,
} from './graph-model.js'
import {
  decoded,
  graphLikelihood,
  graphPseudo,
  graphSmoothness,
  inferred,
  type GraphInference,
} from './graph-objective.js'
import { hammingLoss, type Labeling, type StructuredProblem } from './problem.js'
import { lastOf, type TrainingProgress } from './training.js'

/** Sizes and inference of a graph CRF. */
export interface GraphCrfOptions extends GraphSizes {
  /** of likelihood training and of predictions; `auto` by default */
  readonly inference?: GraphInference
}

/** A CRF on graphs of given sizes. */
export interface GraphCrf {
  readonly fit: (data: readonly LabeledGraph[], options?: FitOptions) => FittedGraphCrf
  /** as `fit`, iteration after iteration: yields how far it is, and returns the fit */
  readonly training: (
    data: readonly LabeledGraph[],
    options?: FitOptions,
  ) => Generator<TrainingProgress, FittedGraphCrf>
  /** the model with known weights */
  readonly withWeights: (w: Float64Array) => GraphPredictor
}

/** Predicts the labels of graphs. */
export interface GraphPredictor {
  readonly w: Float64Array
  /** the distribution of the labels of a graph */
  readonly model: (graph: Graph) => PairwiseModel
  /**
   * The labels of a graph: `map` (default), the most probable labeling; `posterior`, the most probable label of
   * each node, which maximizes the expected number of correct labels. Proven only if the status is `exact`.
   */
  readonly predict: (
    graph: Graph,
    options?: { readonly decode?: 'map' | 'posterior' },
  ) => { readonly y: Int32Array; readonly status: IterationStatus }
  /** probabilities of the labels of each node; marginals only if the status is `exact` */
  readonly probabilities: (graph: Graph) => {
    readonly node: readonly Float64Array[]
    readonly status: IterationStatus
  }
}

/** A fit with its predictor. */
export interface FittedGraphCrf extends LinearFit, GraphPredictor {
  /**
   * whether training needed no approximate inference: always for `pseudo`; otherwise the objective is
   * not that of the model, and there is no certificate
   */
  readonly exact: boolean
}

/**
 * A pairwise conditional random field on graphs: labels y of the nodes with p(y | x) ∝ e^{s(x, y)},
 *
 *     s(x, y) = Σ_i (W_{y_i}·x_i + c_{y_i}) + Σ_(i→j) (B(y_i, y_j) + C(y_i, y_j)·z_ij)
 *
 * over the ordered pairs i → j that exist, so that the score does not depend on the order of the nodes. Weights
 * are W (K × d), c (K), B (K × K), C (K × K × e), row-major. The likelihood is exact where each component of
 * each graph has no cycle or at most 2^16 labelings; on others use the objective `pseudo`, or
 * approximate inference, which is marked. With λ > 0 and without approximation the objective F is strongly
 * convex, and F(w) − F* ≤ |∇F(w)|²/(2λ) is the certificate.
 *
 * @throws ArgumentError for sizes that are not integers ≥ 1 (features: ≥ 0), a class that never occurs
 *   without λ, and graphs that `inference` does not take; fit: ShapeError, RangeError or ArgumentError, with the graph, for features or
 *   labels that do not fit
 * Cost: `likelihood`: that of inference and O(pairs K² e) a graph and iteration; `pseudo`: O(n K d + pairs K e).
 * Source: Lafferty, McCallum, Pereira (2001); pseudo-likelihood: Besag (1975).
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { graphCrf } from '@nonconvex/structured/learning'
 * const triangle = graphOf([[1], [1], [-0.1]])
 * const crf = graphCrf({ states: 2, nodeFeatures: 1 })
 * const fit = crf.fit([{ graph: triangle, y: [1, 1, 1] }, { graph: graphOf([[-1], [-1]]), y: [0, 0] }], { lambda: 0.1 })
 * console.log(fit.predict(triangle), Number(fit.certificate) < 1e-8) // → { status: 'exact', y: Int32Array(3) [ 1, 1, 1 ] } true
 */
export function graphCrf(options: GraphCrfOptions): GraphCrf {
  const { states, nodeFeatures, edgeFeatures = 0, inference = 'auto' } = options
  checkCount('graphCrf', 'states', states)
  checkInteger('graphCrf', 'nodeFeatures', nodeFeatures, 0)
  checkInteger('graphCrf', 'edgeFeatures', edgeFeatures, 0)
  checkListed('graphCrf', 'inference', inference, ['auto', 'exact', 'tree', 'bp', 'mean-field'])
  const sizes = { states, nodeFeatures, edgeFeatures }
  const shape = graphShape(sizes)
  const withWeights = (w: Float64Array): GraphPredictor => {
    checkLength('graphCrf', 'w', w, shape.dimension)
    const model = (graph: Graph): PairwiseModel =>
      modelOf(w, graphLists('predict: graph', graph, shape), shape)
    return {
      w,
      model,
      predict: (graph, { decode = 'map' } = {}) => {
        checkListed('predict', 'decode', decode, ['map', 'posterior'])
        if (decode === 'map') return decoded(model(graph), inference)
        const { node, status } = inferred(model(graph), inference)
        return { y: Int32Array.from(node, argmax), status }
      },
      probabilities: (graph) => {
        const { node, status } = inferred(model(graph), inference)
        return { node, status }
      },
    }
  }
  function* training(
    data: readonly LabeledGraph[],
    how: FitOptions = {},
  ): Generator<TrainingProgress, FittedGraphCrf> {
    const fn = 'graphCrf.fit'
    const all = listsOf(fn, data, shape)
    const examples = data.map(({ y }, n) => ({ lists: all[n], y }))
    const zero = new Float64Array(shape.dimension)
    const { objective = 'likelihood' } = how
    const approximate =
      inference === 'bp' ||
      inference === 'mean-field' ||
      (inference === 'auto' && !all.every((lists) => isExact(modelOf(zero, lists, shape))))
    const exact = objective !== 'likelihood' || !approximate
    const fit = yield* fitLinear(
      fn,
      {
        states,
        labels: data.map(({ y }) => y),
        problem: () => graphProblem(data, sizes),
        likelihood: (lambda) => graphLikelihood(shape, lambda, examples, inference),
        pseudo: (lambda) => graphPseudo(shape, lambda, examples),
        smoothness: (lambda) => graphSmoothness(shape, lambda, all),
        exact,
      },
      how,
    )
    return { ...fit, exact, ...withWeights(fit.w) }
  }
  return { withWeights, training, fit: (data, how) => lastOf(training(data, how)) }
}

/**
 * Labeled graphs as a structured problem, for `m3n` and `structuredPerceptron`: the scores of `graphCrf`,
 * Hamming loss, exact inference.
 *
 * @throws as `graphCrf`; when a labeling is searched, ArgumentError for a component with a cycle and more than
 *   2^16 labelings
 * Cost: that of `exactMap` a call of decode.
 *
 * @example
 * import { graphOf } from '@nonconvex/structured'
 * import { graphProblem } from '@nonconvex/structured/learning'
 * const problem = graphProblem([{ graph: graphOf([[1], [2]]), y: [0, 1] }], { states: 2, nodeFeatures: 1 })
 * console.log(problem.dimension, [...Array.from(problem.decode(Float64Array.of(0, 1, 0, 0, 0, 0, 0, 0), 0))]) // → 8 [ 1, 1 ]
 */
export function graphProblem(data: readonly LabeledGraph[], sizes: GraphSizes): StructuredProblem {
  checkCount('graphProblem', 'states', sizes.states)
  const shape = graphShape(sizes)
  const all = listsOf('graphProblem', data, shape)
  const at = (w: Float64Array, n: number): PairwiseModel => modelOf(w, all[n], shape)
  return {
    n: data.length,
    dimension: shape.dimension,
    truth: (n) => data[n].y,
    addFeature: (into, scale, n, y) => addGraph(into, scale, all[n], y, shape),
    decode: (w, n) => exactMap(at(w, n)).map,
    lossAugmented: (w, n) => exactMap(augmented(at(w, n), data[n].y)).map,
    loss: (n, y) => hammingLoss(data[n].y, y),
    runnerUp: (w, n) =>
      bruteForce(at(w, n), { top: 2 }).top.find(({ y }) => hammingLoss(data[n].y, y) > 0)?.y,
  }
}

/** The model with 1 added to the score of each wrong label. */
function augmented(model: PairwiseModel, truth: Labeling): PairwiseModel {
  const unary = model.unary.map((scores, i) => scores.map((x, a) => (a === truth[i] ? x : x + 1)))
  return pairwiseModel({ ...model, unary })
}
