import { ShapeError, stream } from '@nonconvex/tensor'
import * as api from './api.js'
import type { Refusal } from './refusal.js'

const two = {
  labels: [2, 2],
  unary: [
    [0, 0],
    [0, 0],
  ],
  edges: [[0, 1]] as const,
  pair: [[1, 0, 0, 1]],
}
const model = api.pairwiseModel(two)
const triangle = api.pairwiseModel({
  labels: [1, 1, 1],
  unary: [[0], [0], [0]],
  edges: [
    [0, 1],
    [1, 2],
    [2, 0],
  ],
  pair: [[0], [0], [0]],
})
const matrix = (rows: number, cols: number, x = 0) => ({
  rows,
  cols,
  data: new Float64Array(rows * cols).fill(x),
})

/** Each kind of chain that is not well formed. */
const chains = (call: (scores: api.ChainScores) => unknown): readonly Refusal[] => [
  [
    () => call({ unary: matrix(2, 2, NaN), transition: matrix(2, 2) }),
    'unary[0, 0] must be a number below Infinity, got NaN; a forbidden label has the score −Infinity',
  ],
  [
    () => call({ unary: matrix(2, 2), transition: matrix(2, 2, Infinity) }),
    'transition[0, 0] must be a number below Infinity, got Infinity; a forbidden label has the score −Infinity',
  ],
  [
    () => call({ unary: matrix(2, 2), transition: matrix(2, 3) }),
    'transition must be K × K = 2 × 2, got 2 × 3',
    ShapeError,
  ],
  [
    () => call({ unary: matrix(3, 2), transition: [matrix(2, 2)] }),
    'transition must have length T − 1 = 2, got 1',
    ShapeError,
  ],
  [() => call({ unary: matrix(2, 0), transition: matrix(0, 0) }), /unary\.cols.* ≥ 1, got 0/],
]
const damping: Refusal[1] = 'damping must be in [0, 1), got 1'

/** What functions of pairwise models and chains cannot work with. */
export const pairwiseRefusals: { readonly [name: string]: readonly Refusal[] } = {
  pairwiseModel: [
    [() => api.pairwiseModel({ ...two, labels: [2, 0] }), /labels\[1\].* ≥ 1, got 0/],
    [
      () => api.pairwiseModel({ ...two, unary: [[0, 0]] }),
      'unary must have length n = 2, got 1',
      ShapeError,
    ],
    [
      () =>
        api.pairwiseModel({
          ...two,
          unary: [
            [0, NaN],
            [0, 0],
          ],
        }),
      /unary\[0\]\[1\] to be a number below Infinity, got NaN/,
    ],
    [
      () => api.pairwiseModel({ ...two, pair: [[0, 0, Infinity, 0]] }),
      /pair\[0\]\[2\] to be a number below Infinity, got Infinity/,
    ],
    [
      () => api.pairwiseModel({ ...two, pair: [[0, 0, 0]] }),
      'pair[0] must have length 4, got 3',
      ShapeError,
    ],
    [
      () => api.pairwiseModel({ ...two, edges: [[0, 2]] }),
      'edges[0] must be an integer in [0, n − 1 = 1], got 2',
    ],
    [
      () => api.pairwiseModel({ ...two, edges: [[1, 1]] }),
      'edges[0] must join two different nodes, got (1, 1)',
    ],
    [
      () =>
        api.pairwiseModel({
          ...two,
          edges: [
            [0, 1],
            [1, 0],
          ],
          pair: [
            [0, 0, 0, 0],
            [0, 0, 0, 0],
          ],
        }),
      /edges\[1\] to be listed once, got \(1, 0\), which is edge 0, too/,
    ],
  ],
  score: [
    [() => api.score(model, [0]), 'y must have length n = 2, got 1', ShapeError],
    [() => api.score(model, [0, 2]), 'y[1] must be an integer in [0, 1], got 2'],
  ],
  pseudoLogLikelihood: [
    [() => api.pseudoLogLikelihood(model, [0, -1]), 'y[1] must be an integer in [0, 1], got -1'],
  ],
  exactMarginals: [
    [() => api.exactMarginals(model, { limit: 0 }), 'limit must be an integer ≥ 1, got 0'],
  ],
  exactMap: [[() => api.exactMap(model, { limit: 0 }), 'limit must be an integer ≥ 1, got 0']],
  bruteForce: [
    [() => api.bruteForce(model, { limit: 3 }), /at most 3, got 4; raise limit/],
    [() => api.bruteForce(model, { top: 0 }), 'top must be an integer ≥ 1, got 0'],
  ],
  treeInference: [[() => api.treeInference(triangle), /to be a forest, got a graph with a cycle/]],
  beliefPropagation: [
    [() => api.beliefPropagation(model, { damping: 1 }), damping],
    [() => api.beliefPropagation(model, { tol: NaN }), 'tol must be finite and ≥ 0, got NaN'],
    [
      () => api.beliefPropagation(model, { maxIterations: 0 }),
      'maxIterations must be an integer ≥ 1, got 0',
    ],
    [
      () => api.beliefPropagation(model, { schedule: 'tree' as 'flooding' }),
      "schedule must be 'flooding', 'sequential' or 'residual', got 'tree'",
    ],
    [
      () => api.beliefPropagation(model, { init: [[0, 0]] }),
      'init must have length 2 · edges = 2, got 1',
      ShapeError,
    ],
    [
      () =>
        api.beliefPropagation(model, {
          init: [
            [0, 0],
            [0, -Infinity],
          ],
        }),
      /init\[1\] to be finite/,
    ],
  ],
  meanField: [
    [() => api.meanField(model, { damping: 1 }), damping],
    [() => api.meanField(model, { starts: [] }), /starts not to be empty/],
    [
      () =>
        api.meanField(model, {
          starts: [
            [
              [1, 0],
              [1, 1],
            ],
          ],
        }),
      /starts\[0\]\[1\] to be probabilities that sum to 1, got \[1,1\]/,
    ],
  ],
  treeBound: [
    [() => api.treeBound(triangle, { trees: [[0, 1]] }), /cover every edge, got none with edge 2/],
    [() => api.treeBound(triangle, { trees: [[0, 1, 2]] }), /trees\[0\] to be a forest/],
    [() => api.treeBound(triangle, { trees: [[0, 1, 1], [2]] }), /repeat an entry, got 1 twice/],
    [
      () => api.treeBound(triangle, { trees: [[0, 1], [2]], weights: [1, 1] }),
      'weights must sum to 1, got 2',
    ],
  ],
  dualDecomposition: [
    [() => api.dualDecomposition(model, { step: 0 }), 'step must be positive and finite, got 0'],
  ],
  chain: chains(api.chain),
  viterbi: [
    ...chains(api.viterbi),
    [
      () => api.viterbi({ unary: matrix(1, 1), transition: [] }, { top: 0 }),
      'top must be an integer ≥ 1, got 0',
    ],
  ],
  chainMaxMarginals: chains(api.chainMaxMarginals),
  chainSample: [
    ...chains((scores) => api.chainSample(scores, stream(1))),
    [
      () => api.chainSample({ unary: matrix(1, 2, -Infinity), transition: [] }, stream(1)),
      'scores must allow a labeling, got none',
    ],
  ],
  chainKl: chains((scores) => api.chainKl(scores, scores)),
  farCertificate: [
    [
      () =>
        api.farCertificate([], { states: 2, features: 1 }, { lambda: 0, minimum: 0, length: 1 }),
      'lambda must be positive and finite, got 0',
    ],
  ],
  chainCrf: [
    [() => api.chainCrf({ states: 0, features: 1 }), 'states must be an integer ≥ 1, got 0'],
    [() => api.chainCrf({ states: 2, features: 0 }), 'features must be an integer ≥ 1, got 0'],
  ],
  chainProblem: [
    [
      () => api.chainProblem([{ x: matrix(1, 1), y: [2] }], { states: 2, features: 1 }),
      'data[0].y[0] must be an integer in [0, 1], got 2',
    ],
    [() => api.chainProblem([], { states: 2, features: 1 }), /data not to be empty/],
  ],
  graphCrf: [
    [() => api.graphCrf({ states: 0, nodeFeatures: 1 }), 'states must be an integer ≥ 1, got 0'],
    [() => api.graphCrf({ states: 2, nodeFeatures: -1 }), /nodeFeatures.* ≥ 0, got -1/],
    [
      () => api.graphCrf({ states: 2, nodeFeatures: 1, inference: 'exakt' as 'exact' }),
      /inference to be 'auto', 'exact', 'tree', 'bp' or 'mean-field', got 'exakt'/,
    ],
    [
      () => api.graphCrf({ states: 2, nodeFeatures: 1 }).withWeights(new Float64Array(3)),
      'w must have length 8, got 3',
      ShapeError,
    ],
  ],
  graphProblem: [
    [() => api.graphProblem([], { states: 2, nodeFeatures: 1 }), /data not to be empty/],
    [
      () =>
        api.graphProblem([{ graph: api.graphOf([[1]]), y: [2] }], { states: 2, nodeFeatures: 1 }),
      /data\[0\]\.y\[0\].*\[0, 1\], got 2/,
    ],
    [
      () =>
        api.graphProblem([{ graph: api.graphOf([[1]]), y: [0, 1] }], {
          states: 2,
          nodeFeatures: 1,
        }),
      'data[0].y must have length n = 1, got 2',
      ShapeError,
    ],
    [
      () =>
        api.graphProblem([{ graph: api.graphOf([[1, 2]]), y: [0] }], {
          states: 2,
          nodeFeatures: 1,
        }),
      'data[0].graph: nodes must have d = 1 columns, got 2',
      ShapeError,
    ],
    [
      () =>
        api.graphProblem([{ graph: { ...api.graphOf([[1]]), mask: Uint8Array.of(2) }, y: [0] }], {
          states: 2,
          nodeFeatures: 1,
        }),
      'data[0].graph: mask[0] must be 0 or 1, got 2',
    ],
  ],
  m3n: [
    [
      () => api.m3n(api.attainedMistakes(1).problem, { lambda: 0, stream: stream(1) }),
      'lambda must be positive and finite, got 0',
    ],
    [
      () => api.m3n(api.attainedMistakes(1).problem, { lambda: 1, passes: 0, stream: stream(1) }),
      'passes must be an integer ≥ 1, got 0',
    ],
  ],
  structuredPerceptron: [
    [
      () => api.structuredPerceptron(api.attainedMistakes(1).problem, { passes: 0.5 }),
      'passes must be an integer ≥ 1, got 0.5',
    ],
    [
      () =>
        api.structuredPerceptron(api.attainedMistakes(2).problem, {
          teacher: Float64Array.of(1, 1),
        }),
      /teacher to have norm 1, got 1\.414/,
    ],
  ],
  attainedMistakes: [[() => api.attainedMistakes(0), 'n must be an integer ≥ 1, got 0']],
  parityChains: [
    [() => api.parityChains({ n: 0, stream: stream(1) }), 'n must be an integer ≥ 1, got 0'],
  ],
  separableChains: [
    [
      () =>
        api.separableChains({
          n: 1,
          length: 1,
          states: 2,
          features: 1,
          margin: 0,
          stream: stream(1),
        }),
      'margin must be positive and finite, got 0',
    ],
  ],
}
