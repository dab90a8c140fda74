import { gpiLayer, graphOf, type Graph } from '@nonconvex/structured'

export const shapes = ['star', 'path', 'ring', 'complete'] as const
export const phis = ['1', 'z_j', 'z_i z_j'] as const
export const alphas = ['s', 's²', 'z s'] as const
export const rhos = ['g', 'z + g', 'z g'] as const
export type Shape = (typeof shapes)[number]
export type Phi = (typeof phis)[number]
export type Alpha = (typeof alphas)[number]
export type Rho = (typeof rhos)[number]

export type Edge = readonly [number, number]

/** The functions of the two sums, by their formulas. */
export interface Functions {
  readonly phi: Phi
  readonly alpha: Alpha
  readonly rho: Rho
}

/** What the composition of two sums gives on a graph. */
export interface Sums {
  /** s_i, the inner sum of each node over its neighbors */
  readonly inner: readonly number[]
  /** g, the outer sum over all nodes */
  readonly outer: number
  /** the output of each node */
  readonly outputs: readonly number[]
}

const phiOf: { readonly [name in Phi]: (zi: number, zj: number) => number } = {
  '1': () => 1,
  z_j: (_, zj) => zj,
  'z_i z_j': (zi, zj) => zi * zj,
}
const alphaOf: { readonly [name in Alpha]: (z: number, s: number) => number } = {
  s: (_, s) => s,
  's²': (_, s) => s * s,
  'z s': (z, s) => z * s,
}
const rhoOf: { readonly [name in Rho]: (z: number, g: number) => number } = {
  g: (_, g) => g,
  'z + g': (z, g) => z + g,
  'z g': (z, g) => z * g,
}

/** The edges of a graph of n nodes, each once. */
export function edgesOf(shape: Shape, n: number): readonly Edge[] {
  const nodes = Array.from({ length: n }, (_, i) => i)
  switch (shape) {
    case 'star':
      return nodes.slice(1).map((i): Edge => [0, i])
    case 'path':
      return nodes.slice(1).map((i): Edge => [i - 1, i])
    case 'ring':
      return [...edgesOf('path', n), ...(n > 2 ? [[n - 1, 0] as const] : [])]
    case 'complete':
      return nodes.flatMap((i) => nodes.slice(i + 1).map((j): Edge => [i, j]))
  }
}

/** A graph with one feature for each node. */
export function graphWith(z: readonly number[], edges: readonly Edge[]): Graph {
  const mask = z.map(() => z.map(() => 0))
  for (const [a, b] of edges) mask[a][b] = mask[b][a] = 1
  return graphOf(
    z.map((zi) => [zi]),
    undefined,
    mask,
  )
}

/**
 * ρ(z_k, Σ_i α(z_i, Σ_j φ(z_i, z_j))) over the neighbors j of i. With attention the inner sum is
 * the mean of φ with the weights softmax_j(z_i z_j): their sum is 1 for any number of neighbors.
 */
export function sumsOf(graph: Graph, functions: Functions, attention: boolean): Sums {
  const [phi, alpha, rho] = [phiOf[functions.phi], alphaOf[functions.alpha], rhoOf[functions.rho]]
  const { nodes, graph: outer } = gpiLayer({
    phi: { width: 1, map: ([zi], _, [zj]) => [phi(zi, zj)] },
    pool: attention ? { attention: 'neighbor', beta: ([zi], _, [zj]) => zi * zj } : 'sum',
    alpha: { width: 1, map: ([z], [s]) => [alpha(z, s)] },
    // the inner sum is shown beside the output
    rho: { width: 2, map: ([z], [s], [g]) => [rho(z, g), s] },
  })(graph)
  const column = (c: number) => Array.from({ length: nodes.rows }, (_, i) => nodes.data[2 * i + c])
  return { outputs: column(0), inner: column(1), outer: outer[0] }
}
