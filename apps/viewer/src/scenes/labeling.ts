import { permuteGraph, permuteLabels, type Graph, type GraphLabeling } from '@nonconvex/structured'
import type { TrainablePredictor } from '@nonconvex/structured/scenes'
import { demoVocabulary } from '@nonconvex/structured/demo'
import type { Matrix } from '@nonconvex/tensor'
import { C, R } from './demo.js'

/** Scores of a graph: of its nodes, and perhaps of its pairs. */
export interface Scores {
  readonly nodes: Matrix
  /** n² rows, zero on the diagonal */
  readonly edges?: Matrix
}

/** A model as the theorem has it: a function that labels the nodes and pairs of a graph. */
export type Labeling = (graph: Graph) => Scores

/** A trained predictor as such a function: log-probabilities. */
export const labelingOf =
  (predictor: TrainablePredictor): Labeling =>
  ({ nodes, edges }) => {
    const n = nodes.rows
    const { objects, relations } = predictor.predict([{ objects: nodes, relations: edges }])
    const data = new Float64Array(n * n * R)
    // pairs come without the diagonal
    for (let pair = 0, p = 0; pair < n * n; pair++)
      if (pair % (n + 1) !== 0) data.set(relations.subarray(p * R, ++p * R), pair * R)
    return {
      nodes: { rows: n, cols: C, data: objects },
      edges: { rows: n * n, cols: R, data },
    }
  }

/** The class of each node with the largest score, other than the empty one. */
export function classesOf({ nodes: { rows, cols, data } }: Scores): number[] {
  return Array.from({ length: rows }, (_, i) => {
    let best = 1
    for (let c = 2; c < cols; c++) if (data[i * cols + c] > data[i * cols + best]) best = c
    return best
  })
}

/** The same with nothing but the names of these classes. */
export const namesOf =
  (F: Labeling): GraphLabeling =>
  (graph) => ({ nodes: classesOf(F(graph)).map((c) => demoVocabulary.classes[c]) })

/** F(σz), and how it differs from σF(z). */
export interface Shuffled {
  readonly scores: Scores
  /** largest |F(σz) − σF(z)| */
  readonly difference: number
  /** classes by σF(z) */
  readonly was: readonly number[]
}

/** Asks a model for the graph in another order, and compares. */
export function shuffled(F: Labeling, graph: Graph, order: readonly number[]): Shuffled {
  const before = permuteLabels(F(graph), order) as Scores
  const scores = F(permuteGraph(graph, order))
  return {
    scores,
    difference: Math.max(
      largest(scores.nodes, before.nodes),
      scores.edges && before.edges ? largest(scores.edges, before.edges) : 0,
    ),
    was: classesOf(before),
  }
}

const largest = (a: Matrix, b: Matrix): number =>
  a.data.reduce((most, x, at) => Math.max(most, Math.abs(x - b.data[at])), 0)
