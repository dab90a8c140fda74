import type { Stream } from '@nonconvex/tensor'
import {
  argumentError,
  checkCount,
  checkDistinct,
  checkInteger,
  checkLength,
  checkPositive,
} from '@nonconvex/tensor/check'
import { forestMap, forestMarginals, rooted, type RootedForest } from './forest.js'
import { argmax, scoreOf, type PairwiseModel } from './model.js'

/** Options of `treeBound`. */
export interface TreeBoundOptions {
  /** forests as lists of numbers of edges, which together cover all edges; made if not given */
  readonly trees?: readonly (readonly number[])[]
  /** w_T > 0 with sum 1; equal by default */
  readonly weights?: readonly number[]
  /** makes random spanning forests */
  readonly stream?: Stream
}

/** Upper bounds from trees. */
export interface TreeBound {
  /** Σ w_T log Z(θ^T) ≥ log Z; −∞ proves that the model is infeasible */
  readonly logZUpper: number
  /** Σ w_T max s_T ≥ max s */
  readonly maxUpper: number
  readonly trees: readonly (readonly number[])[]
  readonly weights: readonly number[]
}

/** Options of `dualDecomposition`. */
export interface DualDecompositionOptions extends TreeBoundOptions {
  /** η_0 of the step η_0/(1 + t); 1 by default */
  readonly step?: number
  /** 200 by default */
  readonly maxIterations?: number
}

/** A best labeling with proof, or bounds on its score. */
export interface DualDecomposition {
  /**
   * `certified`: `map` is a best labeling, because it attains an upper bound of all; `gap`: the
   * limit was reached; `infeasible`: every labeling is forbidden, with proof
   */
  readonly status: 'certified' | 'gap' | 'infeasible'
  readonly certified: boolean
  /** the best labeling found, with proof only if `certified`; empty if all found are forbidden */
  readonly map: Int32Array
  /** smallest upper bound of s */
  readonly bestBound: number
  /** s of `map` */
  readonly bestScore: number
  readonly iterations: number
  /** upper bound at each step; valid at every one */
  readonly trace: Float64Array
}

interface Tree {
  readonly model: PairwiseModel
  readonly forest: RootedForest
  readonly weight: number
}

/**
 * Upper bounds of log Z and of the best score by convexity: spanning forests T with weights w_T that
 * cover every edge, ρ_e = Σ_{T∋e} w_T, and θ^T = (θ_i; θ_e/ρ_e on T), so that Σ w_T θ^T = θ:
 *
 *     log Z ≤ Σ w_T log Z(θ^T),   max s ≤ Σ w_T max s(θ^T)
 *
 * Each term is exact, so that nothing has to converge. With the ELBO of `meanField` it brackets log
 * Z. Without `trees`: the star of each node if every pair is an edge, otherwise spanning forests
 * of edges used least so far, until all are covered; at random with a stream.
 *
 * @throws ArgumentError for trees with a cycle, an edge twice, or an edge left out; for weights that are
 *   not positive or do not sum to 1; ShapeError for another number of weights
 * Cost: exact inference on each tree. Source: Wainwright, Jaakkola, Willsky (2005).
 *
 * @example
 * import { pairwiseModel, treeBound } from '@nonconvex/structured/pairwise'
 * const same = [1, 0, 0, 1]
 * const triangle = pairwiseModel({ labels: [2, 2, 2], unary: [[0, 0], [0, 0], [0, 0]], edges: [[0, 1], [1, 2], [2, 0]], pair: [same, same, same] })
 * const { logZUpper, maxUpper } = treeBound(triangle)
 * console.log(logZUpper.toFixed(4), Math.log(2 * Math.exp(3) + 6 * Math.exp(1)).toFixed(4), maxUpper.toFixed(4)) // → 4.0960 4.0339 3.0000
 */
export function treeBound(model: PairwiseModel, options: TreeBoundOptions = {}): TreeBound {
  const { parts, trees, weights } = decompose('treeBound', model, options)
  let [logZUpper, maxUpper] = [0, 0]
  for (const { model: part, forest, weight } of parts) {
    logZUpper += weight * forestMarginals(part, forest).logZ
    maxUpper += weight * forestMap(part, forest).max
  }
  return { logZUpper, maxUpper, trees, weights }
}

/**
 * The best labeling with a proof, by dual decomposition into trees: θ^T_i += λ^T_i with Σ w_T λ^T =
 * 0 changes no labeling's score, and the upper bound Σ w_T max s(θ^T) is lowered by subgradient
 * steps
 *
 *     λ^T ← λ^T − η_0/(1 + t) · (onehot(y^T) − Σ w onehot)
 *
 * If the trees' best labelings agree, that one is best. Otherwise the gap `bestBound − bestScore` bounds
 * what is missing.
 *
 * @throws as `treeBound`; ArgumentError for a step that is not positive, or a limit that is not an integer ≥ 1
 * Cost: one max-product pass on each tree a step. Source: Komodakis, Paragios, Tziritas (2007).
 *
 * @example
 * import { dualDecomposition, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const same = [1, 0, 0, 1]
 * const triangle = pairwiseModel({ labels: [2, 2, 2], unary: [[0, 1], [0, 0], [0, 0]], edges: [[0, 1], [1, 2], [2, 0]], pair: [same, same, same] })
 * const { status, map } = dualDecomposition(triangle)
 * console.log(status, [...map]) // → certified [ 1, 1, 1 ]
 */
export function dualDecomposition(
  model: PairwiseModel,
  options: DualDecompositionOptions = {},
): DualDecomposition {
  const { step = 1, maxIterations = 200 } = options
  checkPositive('dualDecomposition', 'step', step)
  checkCount('dualDecomposition', 'maxIterations', maxIterations)
  const { parts } = decompose('dualDecomposition', model, options)
  const trace: number[] = []
  let best: { readonly map: Int32Array; readonly score: number } = {
    map: new Int32Array(0),
    score: -Infinity,
  }
  for (let t = 0; t < maxIterations; t++) {
    const found = parts.map(({ model: part, forest }) => forestMap(part, forest))
    if (found.some(({ status }) => status === 'infeasible'))
      return {
        status: 'infeasible',
        certified: false,
        map: new Int32Array(0),
        bestBound: -Infinity,
        bestScore: -Infinity,
        iterations: t + 1,
        trace: Float64Array.from([...trace, -Infinity]),
      }
    trace.push(parts.reduce((sum, { weight }, k) => sum + weight * found[k].max, 0))
    const mean = model.labels.map((K) => new Float64Array(K))
    found.forEach(({ map }, k) => map.forEach((a, i) => (mean[i][a] += parts[k].weight)))
    const voted = Int32Array.from(mean, argmax)
    for (const map of [...found.map((one) => one.map), voted]) {
      const s = scoreOf(model, map)
      if (s > best.score) best = { map, score: s }
    }
    const agreed = found.every(({ map }) => map.every((a, i) => a === found[0].map[i]))
    const [map] = found.map((one) => one.map)
    if (agreed) return ended('certified', { map, score: scoreOf(model, map) }, trace)
    const eta = step / (1 + t)
    parts.forEach(({ model: part }, k) => {
      part.unary.forEach((theta, i) => {
        for (let a = 0; a < theta.length; a++)
          theta[a] -= eta * (Number(found[k].map[i] === a) - mean[i][a])
      })
    })
  }
  return ended('gap', best, trace)
}

function ended(
  status: 'certified' | 'gap',
  { map, score }: { readonly map: Int32Array; readonly score: number },
  trace: readonly number[],
): DualDecomposition {
  return {
    status,
    certified: status === 'certified',
    map,
    bestBound: trace.reduce((a, b) => Math.min(a, b), Infinity),
    bestScore: score,
    iterations: trace.length,
    trace: Float64Array.from(trace),
  }
}

/** The trees with their scores θ^T, in new arrays. */
function decompose(
  fn: string,
  model: PairwiseModel,
  { trees: given, weights: wanted, stream }: TreeBoundOptions,
): {
  readonly parts: readonly Tree[]
  readonly trees: readonly (readonly number[])[]
  readonly weights: readonly number[]
} {
  const { edges, pair, unary } = model
  const trees = given ?? coveringForests(model, stream)
  const weights = wanted ?? trees.map(() => 1 / trees.length)
  checkLength(fn, 'weights', weights, trees.length)
  weights.forEach((w, k) => checkPositive(fn, `weights[${k}]`, w))
  const sum = weights.reduce((total, w) => total + w, 0)
  if (!(Math.abs(sum - 1) <= 1e-9))
    throw argumentError('out-of-range', fn, 'weights', 'to sum to 1', sum)
  const rho = new Float64Array(edges.length)
  trees.forEach((tree, k) => {
    tree.forEach((e, t) => checkInteger(fn, `trees[${k}][${t}]`, e, 0, edges.length - 1))
    checkDistinct(fn, `trees[${k}]`, tree)
    for (const e of tree) rho[e] += weights[k]
  })
  const missing = rho.indexOf(0)
  if (missing >= 0)
    throw argumentError('invalid', fn, 'trees', 'to cover every edge', `none with edge ${missing}`)
  const parts = trees.map((tree, k): Tree => {
    const part = {
      ...partOf(model, tree),
      unary: unary.map((theta) => theta.slice()),
      pair: tree.map((e) => pair[e].map((x) => x / rho[e])),
    }
    const forest = rooted(part)
    if (!forest)
      throw argumentError('invalid', fn, `trees[${k}]`, 'to be a forest', 'edges with a cycle')
    return { forest, weight: weights[k], model: part }
  })
  return { parts, trees, weights }
}

/** The model of some of the edges, but for its scores. */
function partOf(model: PairwiseModel, tree: readonly number[]): PairwiseModel {
  const number = new Map(tree.map((e, t) => [e, t]))
  return {
    ...model,
    edges: tree.map((e) => model.edges[e]),
    incident: model.incident.map((list) =>
      list.flatMap((one) => {
        const edge = number.get(one.edge)
        return edge === undefined ? [] : [{ ...one, edge }]
      }),
    ),
  }
}

/** Spanning forests that together have every edge. */
function coveringForests(model: PairwiseModel, stream: Stream | undefined): number[][] {
  const { labels, edges, incident } = model
  const n = labels.length
  if (!stream && n > 2 && 2 * edges.length === n * (n - 1))
    return incident.map((list) => list.map(({ edge }) => edge))
  const used = new Float64Array(edges.length)
  const trees: number[][] = []
  do {
    const random = stream?.uniformInto(new Float64Array(edges.length))
    const order = Array.from(edges, (_, e) => e).sort(
      (a, b) => used[a] - used[b] || (random ? random[a] - random[b] : a - b),
    )
    const root = Int32Array.from({ length: n }, (_, i) => i)
    const find = (i: number): number => {
      while (root[i] !== i) i = root[i] = root[root[i]]
      return i
    }
    const tree = order.filter((e) => {
      const [i, j] = edges[e].map(find)
      root[i] = j
      return i !== j
    })
    for (const e of tree) used[e]++
    trees.push(tree)
  } while (used.includes(0))
  return trees
}
