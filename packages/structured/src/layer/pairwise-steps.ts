import { checkCount } from '@nonconvex/tensor/check'
import { ShapeError, type Matrix } from '@nonconvex/tensor'
import { checkGraph, pairExists, type Graph } from '../graph/graph.js'

/**
 * Number of labels of a node, number of rounds, and damping.
 */
export interface PairwiseOptions {
  /** K, labels of a node, integer ≥ 1 */
  readonly labels: number
  /** rounds, integer ≥ 1 */
  readonly steps: number
  /** λ in [0, 1): new state = λ · old + (1 − λ) · new; default 0 */
  readonly damping?: number
}

/** Throws RangeError for a number out of range. */
export function checkPairwiseOptions(fn: string, { labels, damping = 0 }: PairwiseOptions): void {
  checkCount(fn, 'labels', labels)
  if (!(damping >= 0 && damping < 1))
    throw new RangeError(`${fn}: damping must be in [0, 1), got ${damping}`)
}

/**
 * Throws unless `graph` is a pairwise model: θ_i in the nodes, θ_ij in the pairs, row-major with
 * rows of i, both directions of each pair, θ_ji the transpose of θ_ij.
 */
export function checkPairwiseModel(fn: string, graph: Graph, K: number): void {
  const n = checkGraph(fn, graph)
  const { nodes, edges } = graph
  if (n > 0 && nodes.cols !== K)
    throw new ShapeError(
      `${fn}: nodes must have a score for each of ${K} labels, got ${nodes.cols}`,
    )
  if (n > 1 && edges.cols !== K * K)
    throw new ShapeError(`${fn}: pairs must have K² = ${K * K} scores, got ${edges.cols}`)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      if (pairExists(graph, i, j) !== pairExists(graph, j, i))
        throw new RangeError(`${fn}: pair ${i} → ${j} must exist in both directions or in neither`)
      if (!pairExists(graph, i, j)) continue
      for (let cell = 0; cell < K * K; cell++) {
        const [a, b] = [Math.floor(cell / K), cell % K]
        const there = edges.data[(i * n + j) * K * K + a * K + b]
        const back = edges.data[(j * n + i) * K * K + b * K + a]
        if (there !== back)
          throw new RangeError(
            `${fn}: scores of ${j} → ${i} must be those of ${i} → ${j} transposed, got ${back} and ${there} for labels ${a}, ${b}`,
          )
      }
    }
}

/** Each row of `a` followed by that of `b`, or by `width` numbers equal to `b`. */
export function appendColumns(a: Matrix, b: Matrix | number, width: number): Matrix {
  const cols = a.cols + width
  const data = new Float64Array(a.rows * cols)
  for (let i = 0; i < a.rows; i++) {
    data.set(a.data.subarray(i * a.cols, (i + 1) * a.cols), i * cols)
    const rest =
      typeof b === 'number'
        ? new Float64Array(width).fill(b)
        : b.data.subarray(i * width, (i + 1) * width)
    data.set(rest, i * cols + a.cols)
  }
  return { rows: a.rows, cols, data }
}

/** The first `width` columns of a matrix. */
export function firstColumns(a: Matrix, width: number): Matrix {
  const data = new Float64Array(a.rows * width)
  for (let i = 0; i < a.rows; i++)
    data.set(a.data.subarray(i * a.cols, i * a.cols + width), i * width)
  return { rows: a.rows, cols: width, data }
}
