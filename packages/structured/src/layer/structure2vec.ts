import { gemv, ShapeError, type Matrix } from '@nonconvex/tensor'
import { checkMatrix } from '@nonconvex/tensor/check'
import { checkGraph } from '../graph/graph.js'
import { gpiLayer, type GPILayer } from './gpi-layer.js'
import { repeatGPI } from './repeat-gpi.js'
import { appendColumns, firstColumns } from './pairwise-steps.js'

/** The weights of {@link structure2vec}, and the number of rounds. */
export interface Structure2vecOptions {
  /** H × d, of the features of a node */
  readonly w1: Matrix
  /** H × H, of the state of a neighbor */
  readonly w2: Matrix
  /** H × K, for the features of a pair */
  readonly w3: Matrix
  /** K × e, of the features of a pair */
  readonly w4: Matrix
  /** rounds, integer ≥ 1 */
  readonly steps: number
}

const relu = (x: number): number => Math.max(0, x)

/**
 * structure2vec in its mean-field form with parallel updates, from μ = 0, as a repeated layer.
 *
 *     μ_i ← relu(W₁ x_i + Σ_{j≠i} (W₂ μ_j + W₃ relu(W₄ e_ij)))
 *
 * @returns μ, n × H, after the last round
 * @throws ShapeError for weights or graphs of other sizes; RangeError for steps that are not an
 *   integer ≥ 1; otherwise as gpiLayer
 * Cost: n² (H² + K (H + e)) a round. Source: Dai et al. (2016), mean-field embedding.
 *
 * @example
 * import { graphOf, structure2vec } from '@nonconvex/structured'
 * const one = { rows: 1, cols: 1, data: Float64Array.of(1) }
 * const none = { rows: 1, cols: 0, data: new Float64Array(0) }
 * const zero = { rows: 0, cols: 0, data: new Float64Array(0) }
 * const pair = graphOf([[1], [2]])
 * const mu = structure2vec({ w1: one, w2: one, w3: none, w4: zero, steps: 2 })(pair).nodes.data
 * console.log(mu) // → Float64Array(2) [ 3, 3 ]
 */
export function structure2vec(options: Structure2vecOptions): GPILayer {
  const { w1, w2, w3, w4, steps } = options
  for (const [name, w] of Object.entries({ w1, w2, w3, w4 })) checkMatrix('structure2vec', name, w)
  const [H, d, e] = [w1.rows, w1.cols, w4.cols]
  size('w2', w2, H, H)
  size('w3', w3, H, w4.rows)
  // a node holds x_i and μ_i
  const layer = gpiLayer({
    phi: {
      width: H,
      map: (_, eij, zj) => {
        const state = gemv(w2, zj.subarray(d))
        const pair = gemv(w3, gemv(w4, eij).map(relu))
        return state.map((x, f) => x + pair[f])
      },
    },
    rho: { width: H, map: (zk, sk) => gemv(w1, zk.subarray(0, d)).map((x, f) => relu(x + sk[f])) },
  })
  const repeated = repeatGPI(layer, {
    steps,
    feed: (before, { nodes }) => ({
      ...before,
      nodes: appendColumns(firstColumns(before.nodes, d), nodes, H),
    }),
  })
  return (graph) => {
    const n = checkGraph('structure2vec', graph)
    if (n > 0 && graph.nodes.cols !== d)
      throw new ShapeError(`structure2vec: nodes must have ${d} features, got ${graph.nodes.cols}`)
    if (n > 1 && graph.edges.cols !== e)
      throw new ShapeError(`structure2vec: pairs must have ${e} features, got ${graph.edges.cols}`)
    return repeated({ ...graph, nodes: appendColumns(graph.nodes, 0, H) })
  }
}

function size(name: string, { rows, cols }: Matrix, m: number, n: number): void {
  if (rows !== m || cols !== n)
    throw new ShapeError(`structure2vec: ${name} must be ${m} × ${n}, got ${rows} × ${cols}`)
}
