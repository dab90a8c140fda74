import type { LayerSizes } from './options.js'

/** Columns of a block of rows: the first one and how many, a multiple of 4. */
export interface Columns {
  readonly from: number
  readonly width: number
}

/**
 * A matrix of weights in the vector of all weights: [rows, cols], row-major, columns in fours.
 */
export interface Weights {
  readonly at: number
  readonly rows: number
  readonly cols: number
}

/**
 * The end of a readout: hidden layers after the first one, each with its bias, and the layer of
 * outputs.
 */
export interface Head {
  readonly hidden: readonly { readonly weights: Weights; readonly bias: Weights }[]
  readonly out: Weights
  readonly outBias: Weights
  readonly outputs: number
}

/**
 * Weights of labels that are linear in a readout's arguments, for nodes and pairs.
 */
export interface GateWeights {
  /** of (z_k, 1), s_k and g */
  readonly nodeZ: Weights
  readonly nodeS: Weights
  readonly nodeG: Weights
  /** of (z_k, 1), z_l, z_kl and g */
  readonly pairK: Weights
  readonly pairL: Weights
  readonly pairE: Weights
  readonly pairG: Weights
}

/** Names of the blocks of columns that depend on one node, on one pair, on the graph. */
type NodeBlock = 'phiI' | 'phiJ' | 'beta' | 'alpha' | 'gamma' | 'rho' | 'edgeK' | 'edgeL'
type PairBlock = 'phi' | 'forth' | 'back' | 'beta'
type GraphBlock = 'rho' | 'edge'

/**
 * The layout of weights: matrices that multiply the same vector are side by side, for one common
 * product.
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
  /** the node columns that depend on s_i */
  readonly summary: Columns
  readonly wz: Weights
  readonly ws: Weights
  readonly we: Weights
  readonly wg: Weights
  readonly rho: Head
  readonly rhoEdge: Head
  readonly gates: GateWeights
  /** offset of the gates in the label of a node and of a pair, and width of their block */
  readonly nodeGate: Columns
  readonly pairGate: Columns
  /** numbers in the vector of all weights */
  readonly count: number
}

const fours = (n: number): number => (n + 3) & ~3

const eights = (n: number): number => (n + 7) & ~7

/** Columns of attention scores: one for all features is alone in four. */
const scores = (pool: string, units: number): number =>
  pool === 'neighbor' ? 4 : pool === 'feature' ? units : 0

export function layoutOf(sizes: LayerSizes): Layout {
  const { nodeFeatures: d, edgeFeatures: e, hidden: H, nodeOutputs: C, edgeOutputs: R } = sizes
  const { pool, globalPool, readout } = sizes
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
  const head = (width: number, depth: number, outputs: number): Head => {
    const bias = width > 0 ? 1 : 0
    const hidden = Array.from({ length: width > 0 ? depth - 1 : 0 }, () => ({
      weights: weights(width, width),
      bias: weights(bias, width),
    }))
    const [out, outBias] = [weights(width, fours(outputs)), weights(bias, fours(outputs))]
    return { hidden, out, outBias, outputs }
  }
  const [rhoHead, rhoEdge] = [head(units, sizes.depth, C), head(edge, sizes.edgeDepth, R)]
  const nodeGate = { from: fours(C), width: fours(sizes.nodeGates) }
  const pairGate = { from: fours(R), width: fours(sizes.edgeGates) }
  const gates = {
    nodeZ: weights(d + 1, nodeGate.width),
    nodeS: weights(literal ? 0 : units, nodeGate.width),
    nodeG: weights(units, nodeGate.width),
    pairK: weights(d + 1, pairGate.width),
    pairL: weights(d, pairGate.width),
    pairE: weights(e, pairGate.width),
    pairG: weights(units, pairGate.width),
  }
  const all = { wz, ws, we, wg, rho: rhoHead, rhoEdge, gates, nodeGate, pairGate }
  return { sizes, units, node, pair, graph, summary, ...all, count }
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
