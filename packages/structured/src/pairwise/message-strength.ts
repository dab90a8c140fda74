import type { PairwiseModel } from './model.js'

/** How strongly messages depend on each other. */
export interface MessageStrength {
  /** N_e in [0, 1] for each edge */
  readonly perEdge: Float64Array
  /** ρ(M): an upper bound, to 1e-13 unless `gap` says otherwise */
  readonly spectralRadius: number
  /** the upper minus the lower bound of ρ(M) */
  readonly gap: number
}

/**
 * The spectral radius ρ of the matrix of message strengths, over directed edges,
 *
 *     M[(i→j), (j→k)] = N_ij for k ≠ i,   N_ij = max tanh(¼(θ_ij(a,b) + θ_ij(a',b') − θ_ij(a',b) − θ_ij(a,b')))
 *
 * N_ij = 1 if a score is −∞. If ρ < 1 undamped flooding converges to a unique fixed point from all
 * initial messages; scores of nodes do not matter. On forests ρ = 0.
 *
 * Only cycles count: nodes are removed while they have fewer than two edges with N > 0. Of what remains
 * each component has an irreducible matrix, or is a cycle, where ρ is the geometric mean; power
 * iteration with the bounds min (Mx)_i/x_i ≤ ρ ≤ max (Mx)_i/x_i.
 *
 * Cost: O(Σ_edges (K_i K_j)²) for N, O(Σ_i deg_i) an iteration, at most 20,000. Source: Mooij,
 * Kappen (2007), as recalled; Collatz, Wielandt for the bounds.
 *
 * @example
 * import { messageStrength, pairwiseModel } from '@nonconvex/structured/pairwise'
 * const same = [2, 0, 0, 2]
 * const triangle = pairwiseModel({ labels: [2, 2, 2], unary: [[0, 1], [0, 0], [0, 0]], edges: [[0, 1], [1, 2], [2, 0]], pair: [same, same, same] })
 * console.log(messageStrength(triangle).spectralRadius.toFixed(6)) // → 0.761594
 */
export function messageStrength(model: PairwiseModel): MessageStrength {
  const { labels, edges } = model
  const perEdge = Float64Array.from(edges, (_, e) => edgeStrength(model, e))
  const alive = cyclic(model, perEdge)
  let [upper, lower] = [0, 0]
  for (const part of components(model, alive)) {
    const degrees = new Map<number, number>()
    for (const e of part) for (const i of edges[e]) degrees.set(i, (degrees.get(i) ?? 0) + 1)
    const circle = [...degrees.values()].every((degree) => degree === 2)
    const [low, high] = circle ? meanOnCycle(part, perEdge) : radius(model, part, perEdge)
    upper = Math.max(upper, high)
    lower = Math.max(lower, low)
  }
  return { perEdge, spectralRadius: upper, gap: labels.length === 0 ? 0 : upper - lower }
}

function edgeStrength({ labels, edges, pair }: PairwiseModel, e: number): number {
  const [K, L] = [labels[edges[e][0]], labels[edges[e][1]]]
  const theta = pair[e]
  if (K === 1 || L === 1) return 0
  if (theta.includes(-Infinity)) return 1
  let most = 0
  for (let a = 0; a < K; a++)
    for (let c = 0; c < a; c++) {
      let [high, low] = [-Infinity, Infinity]
      for (let b = 0; b < L; b++) {
        const difference = theta[a * L + b] - theta[c * L + b]
        high = Math.max(high, difference)
        low = Math.min(low, difference)
      }
      most = Math.max(most, high - low)
    }
  return Math.tanh(most / 4)
}

/** The edges with N > 0 that remain when nodes with fewer than two of them are removed. */
function cyclic({ labels, edges, incident }: PairwiseModel, strength: Float64Array): Set<number> {
  const alive = new Set<number>()
  edges.forEach((_, e) => {
    if (strength[e] > 0) alive.add(e)
  })
  const degree = labels.map((_, i) => incident[i].filter(({ edge }) => alive.has(edge)).length)
  const ends = degree.flatMap((d, i) => (d === 1 ? [i] : []))
  for (let i = ends.pop(); i !== undefined; i = ends.pop())
    for (const { edge, other } of incident[i]) {
      if (!alive.delete(edge)) continue
      degree[i]--
      if (--degree[other] === 1) ends.push(other)
    }
  return alive
}

/** The edges of each component. */
function components({ incident, edges }: PairwiseModel, alive: ReadonlySet<number>): number[][] {
  const left = new Set(alive)
  const parts: number[][] = []
  for (const start of alive) {
    if (!left.delete(start)) continue
    const part = [start]
    for (let at = 0; at < part.length; at++)
      for (const i of edges[part[at]])
        for (const { edge } of incident[i]) if (left.delete(edge)) part.push(edge)
    parts.push(part)
  }
  return parts
}

function meanOnCycle(part: readonly number[], strength: Float64Array): [number, number] {
  const logs = part.reduce((sum, e) => sum + Math.log(strength[e]), 0)
  const mean = Math.exp(logs / part.length)
  return [mean, mean]
}

/** Bounds on ρ of an irreducible part. */
function radius(
  { edges }: PairwiseModel,
  part: readonly number[],
  strength: Float64Array,
): [number, number] {
  const out = new Map<number, number[]>()
  // directed edge 2t goes from the first node of edge part[t] to the second, 2t + 1 back
  part.forEach((e, t) =>
    edges[e].forEach((i, side) => out.set(i, [...(out.get(i) ?? []), 2 * t + side])),
  )
  const follow = part.flatMap((e, t) =>
    [1, 0].map((side) => (out.get(edges[e][side]) ?? []).filter((c) => c >> 1 !== t)),
  )
  let x = new Float64Array(2 * part.length).fill(1)
  let best: [number, number] = [0, Infinity]
  for (let t = 0; t < 20_000 && !(best[1] - best[0] <= 1e-13 && best[1] < Infinity); t++) {
    const y = x.map((_, c) => {
      let sum = 0
      for (const d of follow[c]) sum += x[d]
      return strength[part[c >> 1]] * sum
    })
    let [low, high] = [Infinity, 0]
    y.forEach((value, c) => {
      low = Math.min(low, value / x[c])
      high = Math.max(high, value / x[c])
    })
    best = [Math.max(best[0], low), Math.min(best[1], high)]
    // M + ρ I has the same eigenvectors, and no other eigenvalue of that size
    const mixed = y.map((value, c) => value + high * x[c])
    const most = mixed.reduce((a, b) => Math.max(a, b), 0)
    x = mixed.map((value) => value / most)
  }
  return best
}
