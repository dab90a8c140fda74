import type { LayerSizes } from './options.js'

/** Columns of a block of rows: the first one and how many, a multiple of 4. */
export interface Columns {
  readonly from: number
  readonly width: number
}

/** A matrix of weights as it lies in the vector of all: [rows, cols], row-major, columns in fours. */
export interface Weights {
  readonly at: number
  readonly rows: number
  readonly cols: number
}

/** Where a named parameter [rows, cols] lies. */
export interface Part {
  readonly name: string
  readonly rows: number
  readonly cols: number
  /** of its first entry, and from one of its rows to the next */
  readonly at: number
  readonly ld: number
  /** inputs of the layer that it belongs to, for the start values; 0 for a bias */
  readonly fanIn: number
}

/** Names of the blocks of columns that depend on one node, on one pair, on the graph. */
type NodeBlock = 'phiI' | 'phiJ' | 'beta' | 'alpha' | 'gamma' | 'rho' | 'edgeK' | 'edgeL'
type PairBlock = 'phi' | 'forth' | 'back' | 'beta'
type GraphBlock = 'rho' | 'edge'

/**
 * How weights are laid out: everything that multiplies the same vector stands side by side, so that one product serves all.
 *
 *     U = (z_i, 1) Wz + [0, s_i Ws]     [φ of z_i | φ of z_j | β of z_j | α | γ | ρ | ρ_e of z_k, s_k | ρ_e of z_l, s_l]
 *     V = z_ij We                       [φ | ρ_e of z_kl | ρ_e of z_lk | β]
 *     T = g Wg                          [ρ | ρ_e]
 */
export interface Layout {
  readonly sizes: LayerSizes
  /** H in eights: the kernel does two vectors at a time */
  readonly units: number
  readonly node: Readonly<Record<NodeBlock, Columns>>
  readonly pair: Readonly<Record<PairBlock, Columns>>
  readonly graph: Readonly<Record<GraphBlock, Columns>>
  /** of the node's columns, those that s_i enters */
  readonly summary: Columns
  readonly wz: Weights
  readonly ws: Weights
  readonly we: Weights
  readonly wg: Weights
  readonly hidden: Weights
  readonly hiddenBias: Weights
  readonly out: Weights
  readonly outBias: Weights
  readonly edgeOut: Weights
  readonly edgeOutBias: Weights
  /** numbers in the vector of all weights */
  readonly count: number
  readonly parts: readonly Part[]
}

const fours = (n: number): number => (n + 3) & ~3

const eights = (n: number): number => (n + 7) & ~7

/** Columns of attention scores: one for all features stands alone in four. */
const scores = (pool: string, units: number): number =>
  pool === 'neighbour' ? 4 : pool === 'feature' ? units : 0

export function layoutOf(sizes: LayerSizes): Layout {
  const { nodeFeatures: d, edgeFeatures: e, hidden: H, nodeOutputs: C, edgeOutputs: R } = sizes
  const { pool, globalPool, readout, depth } = sizes
  const units = eights(H)
  const edge = R > 0 ? units : 0
  const literal = readout === 'literal'
  const place = placer()
  const rhoFirst = literal ? place(units) : undefined
  const [phiI, phiJ, beta] = [place(units), place(units), place(scores(pool, units))]
  const alpha = place(units)
  const gamma = place(scores(globalPool, units))
  const rho = rhoFirst ?? place(units)
  const [edgeK, edgeL] = [place(edge), place(edge)]
  const node = { phiI, phiJ, beta, alpha, gamma, rho, edgeK, edgeL }
  const summary = { from: alpha.from, width: place.width() - alpha.from }
  const placePair = placer()
  const pair = {
    phi: placePair(units),
    forth: placePair(edge),
    back: placePair(edge),
    beta: placePair(scores(pool, units)),
  }
  const graph = { rho: { from: 0, width: units }, edge: { from: units, width: edge } }
  let count = 0
  const weights = (rows: number, cols: number): Weights => {
    const at = count
    count += rows * cols
    return { at, rows, cols }
  }
  const wz = weights(d + 1, place.width())
  const ws = weights(units, summary.width)
  const we = weights(e, placePair.width())
  const wg = weights(units, units + edge)
  const hidden = weights(depth === 2 ? units : 0, units)
  const hiddenBias = weights(depth === 2 ? 1 : 0, units)
  const [out, outBias] = [weights(units, fours(C)), weights(1, fours(C))]
  const [edgeOut, edgeOutBias] = [weights(edge, fours(R)), weights(edge > 0 ? 1 : 0, fours(R))]
  const all = { wz, ws, we, wg, hidden, hiddenBias, out, outBias, edgeOut, edgeOutBias }
  const shape = { sizes, units, node, pair, graph, summary, ...all, count }
  return { ...shape, parts: partsOf(shape) }
}

/** Places blocks of columns one after the other. */
function placer(): { (width: number): Columns; width: () => number } {
  let used = 0
  const place = (width: number): Columns => {
    const from = used
    used += width
    return { from, width }
  }
  return Object.assign(place, { width: () => used })
}

/** The named parameters; those that a kind of layer does not have are left out. */
function partsOf(layout: Omit<Layout, 'parts'>): Part[] {
  const { sizes, node, pair, graph, summary, wz, ws, we, wg } = layout
  const { nodeFeatures: d, edgeFeatures: e, hidden: H, nodeOutputs: C, edgeOutputs: R } = sizes
  const { pool, globalPool, readout, depth } = sizes
  const local = readout === 'local' ? H : 0
  const scoresOf = (kind: string): number => (kind === 'neighbour' ? 1 : kind === 'feature' ? H : 0)
  const parts: Part[] = []
  const put = (
    name: string,
    w: Weights,
    from: number,
    size: readonly [number, number],
    fanIn: number,
    row = 0,
  ): void => {
    const [rows, cols] = size
    if (cols > 0 && w.rows > 0)
      parts.push({ name, rows, cols, at: w.at + row * w.cols + from, ld: w.cols, fanIn })
  }
  const ofNode = (name: string, block: Columns, cols: number, fanIn: number): void =>
    put(name, wz, block.from, [d, cols], fanIn)
  const ofSummary = (name: string, block: Columns, cols: number, fanIn: number): void =>
    put(name, ws, block.from - summary.from, [H, cols], fanIn)
  const bias = (name: string, block: Columns): void => put(name, wz, block.from, [1, H], 0, d)
  const [phiIn, alphaIn, rhoIn, edgeIn] = [2 * d + e, d + H, d + local + H, 2 * (d + e + H) + H]
  ofNode('phi.zi', node.phiI, H, phiIn)
  put('phi.zij', we, pair.phi.from, [e, H], phiIn)
  ofNode('phi.zj', node.phiJ, H, phiIn)
  bias('phi.bias', node.phiI)
  put('beta.zij', we, pair.beta.from, [e, scoresOf(pool)], d + e)
  ofNode('beta.zj', node.beta, scoresOf(pool), d + e)
  ofNode('alpha.zi', node.alpha, H, alphaIn)
  ofSummary('alpha.si', node.alpha, H, alphaIn)
  bias('alpha.bias', node.alpha)
  ofNode('gamma.zi', node.gamma, scoresOf(globalPool), alphaIn)
  ofSummary('gamma.si', node.gamma, scoresOf(globalPool), alphaIn)
  ofNode('rho.zk', node.rho, H, rhoIn)
  if (local > 0) ofSummary('rho.sk', node.rho, H, rhoIn)
  put('rho.g', wg, graph.rho.from, [H, H], rhoIn)
  bias('rho.bias', node.rho)
  if (depth === 2) {
    put('rho.hidden', layout.hidden, 0, [H, H], H)
    put('rho.hiddenBias', layout.hiddenBias, 0, [1, H], 0)
  }
  put('rho.out', layout.out, 0, [H, C], H)
  put('rho.outBias', layout.outBias, 0, [1, C], 0)
  if (R === 0) return parts
  ofNode('rhoEdge.zk', node.edgeK, H, edgeIn)
  ofNode('rhoEdge.zl', node.edgeL, H, edgeIn)
  put('rhoEdge.zkl', we, pair.forth.from, [e, H], edgeIn)
  put('rhoEdge.zlk', we, pair.back.from, [e, H], edgeIn)
  ofSummary('rhoEdge.sk', node.edgeK, H, edgeIn)
  ofSummary('rhoEdge.sl', node.edgeL, H, edgeIn)
  put('rhoEdge.g', wg, graph.edge.from, [H, H], edgeIn)
  bias('rhoEdge.bias', node.edgeK)
  put('rhoEdge.out', layout.edgeOut, 0, [H, R], H)
  put('rhoEdge.outBias', layout.edgeOutBias, 0, [1, R], 0)
  return parts
}
