import type { Columns, Head, Layout, Weights } from './layout.js'

/** The address of a named parameter [rows, cols]. */
export interface Part {
  readonly name: string
  readonly rows: number
  readonly cols: number
  /** address of its first entry, and stride of its rows */
  readonly at: number
  readonly ld: number
  /** inputs of its layer, for the initialization; 0 for a bias */
  readonly fanIn: number
}

/** The named parameters of a kind of layer. */
export function partsOf(layout: Layout): readonly Part[] {
  const { sizes, node, pair, graph, summary, wz, ws, we, wg } = layout
  const { nodeFeatures: d, edgeFeatures: e, hidden: H, edgeOutputs: R } = sizes
  const { pool, globalPool, readout, edgeReadout, nodeGates, edgeGates } = sizes
  const local = readout === 'local' ? H : 0
  const scoresOf = (kind: string): number => (kind === 'neighbor' ? 1 : kind === 'feature' ? H : 0)
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
  const putHead = (name: string, { hidden, out, outBias, outputs }: Head): void => {
    hidden.forEach(({ weights, bias: row }, l) => {
      const which = `${name}.hidden${l === 0 ? '' : l + 1}`
      put(which, weights, 0, [H, H], H)
      put(`${which}Bias`, row, 0, [1, H], 0)
    })
    put(`${name}.out`, out, 0, [H, outputs], H)
    put(`${name}.outBias`, outBias, 0, [1, outputs], 0)
  }
  const bias = (name: string, block: Columns): void => put(name, wz, block.from, [1, H], 0, d)
  const both = edgeReadout === 'local'
  const [phiIn, alphaIn, rhoIn] = [2 * d + e, d + H, d + local + H]
  const edgeIn = both ? 2 * (d + e + H) + H : 2 * d + e + H
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
  putHead('rho', layout.rho)
  const { nodeZ, nodeS, nodeG, pairK, pairL, pairE, pairG } = layout.gates
  put('gate.zk', nodeZ, 0, [d, nodeGates], rhoIn)
  put('gate.sk', nodeS, 0, [H, nodeGates], rhoIn)
  put('gate.g', nodeG, 0, [H, nodeGates], rhoIn)
  put('gate.bias', nodeZ, 0, [1, nodeGates], 0, d)
  if (R === 0) return parts
  ofNode('rhoEdge.zk', node.edgeK, H, edgeIn)
  ofNode('rhoEdge.zl', node.edgeL, H, edgeIn)
  put('rhoEdge.zkl', we, pair.forth.from, [e, H], edgeIn)
  if (both) {
    put('rhoEdge.zlk', we, pair.back.from, [e, H], edgeIn)
    ofSummary('rhoEdge.sk', node.edgeK, H, edgeIn)
    ofSummary('rhoEdge.sl', node.edgeL, H, edgeIn)
  }
  put('rhoEdge.g', wg, graph.edge.from, [H, H], edgeIn)
  bias('rhoEdge.bias', node.edgeK)
  putHead('rhoEdge', layout.rhoEdge)
  const gateIn = 2 * d + e + H
  put('gateEdge.zk', pairK, 0, [d, edgeGates], gateIn)
  put('gateEdge.zl', pairL, 0, [d, edgeGates], gateIn)
  put('gateEdge.zkl', pairE, 0, [e, edgeGates], gateIn)
  put('gateEdge.g', pairG, 0, [H, edgeGates], gateIn)
  put('gateEdge.bias', pairK, 0, [1, edgeGates], 0, d)
  return parts
}
