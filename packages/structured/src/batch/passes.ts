import type { Block, Ops } from '../kernel/ops.js'
import { byGraph, byNode, pairsOf } from './buffers.js'
import type { Buffers, Counts, Slot } from './buffers.js'
import type { Columns, Layout, Weights } from './layout.js'

/** Everything that both passes need. */
export interface Pass {
  readonly ops: Ops
  readonly layout: Layout
  readonly buffers: Buffers
  readonly counts: Counts
  /** places of the vectors of all weights and of their gradients */
  readonly weights: number
  readonly gradients: number
}

const columns = ({ at, ld }: Block, { from }: Columns): Block => ({ at: at + from, ld })

const matrixAt = (start: number, { at, cols }: Weights): Block => ({ at: start + at, ld: cols })

const attends = (pool: string): boolean => pool === 'neighbour' || pool === 'feature'

/** Labels from features: everything in `slot` after its z and ze. */
export function forwardPass(pass: Pass, slot: Slot): void {
  const { ops, layout, buffers, counts } = pass
  const { sizes, units, node, pair, graph, summary } = layout
  const { graphs: B, nodes: N, pairs: P } = counts
  const { z, ze, U, V, s, g, T, y, ye } = slot
  const { panels } = buffers
  const w = (part: Weights): Block => matrixAt(pass.weights, part)
  const pairs = pairsOf(buffers, P)
  ops.gemm(U, z, w(layout.wz), N, layout.wz.rows, layout.wz.cols, { panels })
  ops.gemm(V, ze, w(layout.we), P, layout.we.rows, layout.we.cols, { panels })
  const phi = columns(V, pair.phi)
  ops.pairHidden(phi, columns(U, node.phiI), columns(U, node.phiJ), undefined, pairs, units)
  if (attends(sizes.pool)) {
    const beta = columns(V, pair.beta)
    ops.gatherAdd(beta, columns(U, node.beta), buffers.j, P, pair.beta.width)
    ops.attend(s, phi, beta, byNode(buffers, N), units, sizes.pool === 'neighbour')
  } else ops.segmentSum(s, phi, byNode(buffers, N), units, sizes.pool === 'mean')
  ops.gemm(columns(U, summary), s, w(layout.ws), N, units, summary.width, {
    panels,
    accumulate: true,
  })
  const alpha = columns(U, node.alpha)
  ops.relu(alpha, N, units)
  if (attends(sizes.globalPool)) {
    const one = sizes.globalPool === 'neighbour'
    ops.attend(g, alpha, columns(U, node.gamma), byGraph(buffers, B), units, one)
  } else ops.segmentSum(g, alpha, byGraph(buffers, B), units, sizes.globalPool === 'mean')
  ops.gemm(T, g, w(layout.wg), B, units, layout.wg.cols, { panels })
  const rho = columns(U, node.rho)
  ops.gatherAdd(rho, columns(T, graph.rho), buffers.graphOfNode, N, units)
  ops.relu(rho, N, units)
  const last = sizes.depth === 2 ? slot.second : rho
  if (sizes.depth === 2) {
    ops.gemm(last, rho, w(layout.hidden), N, units, units, { panels })
    ops.addRow(last, w(layout.hiddenBias).at, N, units)
    ops.relu(last, N, units)
  }
  ops.gemm(y, last, w(layout.out), N, units, sizes.nodeOutputs, { panels })
  ops.addRow(y, w(layout.outBias).at, N, layout.outBias.cols)
  if (sizes.edgeOutputs === 0) return
  const edgeK = columns(U, node.edgeK)
  ops.gatherAdd(edgeK, columns(T, graph.edge), buffers.graphOfNode, N, units)
  const [forth, back] = [columns(V, pair.forth), columns(V, pair.back)]
  ops.pairHidden(forth, edgeK, columns(U, node.edgeL), back, pairs, units)
  ops.gemm(ye, forth, w(layout.edgeOut), P, units, sizes.edgeOutputs, { panels })
  ops.addRow(ye, w(layout.edgeOutBias).at, P, layout.edgeOutBias.cols)
}

/**
 * Adds to the gradients of the weights what follows from the gradients of the labels, which stand in the slot's y and ye; with
 * `inputs` those of the features are left in the back slot's z and ze.
 */
export function backwardPass(pass: Pass, slot: Slot, inputs: boolean): void {
  const { ops, layout, buffers, counts } = pass
  const { sizes, units, node, pair, summary } = layout
  const { nodes: N, pairs: P } = counts
  const { z, ze, V, s } = slot
  const d = buffers.back
  const { panels } = buffers
  const w = (part: Weights): Block => matrixAt(pass.weights, part)
  const dw = (part: Weights): Block => matrixAt(pass.gradients, part)
  ops.space.floats.fill(0, d.U.at, d.U.at + N * d.U.ld)
  edgesBack(pass, slot)
  nodesBack(pass, slot)
  graphBack(pass, slot)
  ops.gemmT(dw(layout.ws), s, columns(d.U, summary), N, units, summary.width)
  ops.gemm(d.s, columns(d.U, summary), w(layout.ws), N, summary.width, units, {
    panels,
    transposed: true,
  })
  const [phi, dPhi] = [columns(V, pair.phi), columns(d.V, pair.phi)]
  const { pool } = sizes
  if (attends(pool)) {
    const [beta, dBeta] = [columns(V, pair.beta), columns(d.V, pair.beta)]
    const blocks = { dh: dPhi, dw: dBeta, dOut: d.s, out: s, h: phi, w: beta }
    ops.attendBack(blocks, byNode(buffers, N), units, pool === 'neighbour')
    ops.scatterAdd(columns(d.U, node.beta), dBeta, buffers.j, P, pair.beta.width)
  } else ops.segmentSpread(dPhi, d.s, phi, byNode(buffers, N), units, pool === 'mean')
  ops.segmentSum(columns(d.U, node.phiI), dPhi, byNode(buffers, N), units, false)
  ops.scatterAdd(columns(d.U, node.phiJ), dPhi, buffers.j, P, units)
  ops.gemmT(dw(layout.wz), z, d.U, N, layout.wz.rows, layout.wz.cols)
  // φ and ρ_e have one bias each, with the first node; one of a score would cancel
  const biases = dw(layout.wz).at + sizes.nodeFeatures * layout.wz.cols
  for (const { from, width } of [node.phiJ, node.beta, node.gamma, node.edgeL])
    ops.space.floats.fill(0, biases + from, biases + from + width)
  ops.gemmT(dw(layout.we), ze, d.V, P, layout.we.rows, layout.we.cols)
  if (!inputs) return
  const back = { panels, transposed: true }
  ops.gemm(d.z, d.U, w(layout.wz), N, layout.wz.cols, layout.wz.rows, back)
  ops.gemm(d.ze, d.V, w(layout.we), P, layout.we.cols, layout.we.rows, back)
}

/** Through ρ_e. */
function edgesBack({ ops, layout, buffers, counts, ...at }: Pass, { V, ye }: Slot): void {
  const { units, node, pair, graph, sizes } = layout
  const { graphs: B, nodes: N, pairs: P } = counts
  const d = buffers.back
  if (sizes.edgeOutputs === 0) return
  const width = layout.edgeOut.cols
  const [forth, dForth] = [columns(V, pair.forth), columns(d.V, pair.forth)]
  ops.gemmT(matrixAt(at.gradients, layout.edgeOut), forth, ye, P, units, width)
  ops.sumRows(at.gradients + layout.edgeOutBias.at, ye, P, width)
  ops.gemm(dForth, ye, matrixAt(at.weights, layout.edgeOut), P, width, units, {
    panels: buffers.panels,
    transposed: true,
  })
  ops.mask(dForth, forth, P, units)
  ops.gather(columns(d.V, pair.back), dForth, buffers.reverse, P, units)
  const dEdgeK = columns(d.U, node.edgeK)
  ops.segmentSum(dEdgeK, dForth, byNode(buffers, N), units, false)
  ops.scatterAdd(columns(d.U, node.edgeL), dForth, buffers.j, P, units)
  ops.segmentSum(columns(d.T, graph.edge), dEdgeK, byGraph(buffers, B), units, false)
}

/** Through ρ. */
function nodesBack({ ops, layout, buffers, counts, ...at }: Pass, { U, second, y }: Slot): void {
  const { units, node, graph, sizes } = layout
  const { graphs: B, nodes: N } = counts
  const d = buffers.back
  const back = { panels: buffers.panels, transposed: true }
  const width = layout.out.cols
  const [rho, dRho] = [columns(U, node.rho), columns(d.U, node.rho)]
  const [last, dLast] = sizes.depth === 2 ? [second, d.second] : [rho, dRho]
  ops.gemmT(matrixAt(at.gradients, layout.out), last, y, N, units, width)
  ops.sumRows(at.gradients + layout.outBias.at, y, N, width)
  ops.gemm(dLast, y, matrixAt(at.weights, layout.out), N, width, units, back)
  ops.mask(dLast, last, N, units)
  if (sizes.depth === 2) {
    ops.gemmT(matrixAt(at.gradients, layout.hidden), rho, dLast, N, units, units)
    ops.sumRows(at.gradients + layout.hiddenBias.at, dLast, N, units)
    ops.gemm(dRho, dLast, matrixAt(at.weights, layout.hidden), N, units, units, back)
    ops.mask(dRho, rho, N, units)
  }
  ops.segmentSum(columns(d.T, graph.rho), dRho, byGraph(buffers, B), units, false)
}

/** Through g and α. */
function graphBack({ ops, layout, buffers, counts, ...at }: Pass, { U, g }: Slot): void {
  const { units, node, sizes, wg } = layout
  const { graphs: B } = counts
  const d = buffers.back
  ops.gemmT(matrixAt(at.gradients, wg), g, d.T, B, units, wg.cols)
  ops.gemm(d.g, d.T, matrixAt(at.weights, wg), B, wg.cols, units, {
    panels: buffers.panels,
    transposed: true,
  })
  const [alpha, dAlpha] = [columns(U, node.alpha), columns(d.U, node.alpha)]
  const pool = sizes.globalPool
  if (attends(pool)) {
    const [gamma, dGamma] = [columns(U, node.gamma), columns(d.U, node.gamma)]
    const blocks = { dh: dAlpha, dw: dGamma, dOut: d.g, out: g, h: alpha, w: gamma }
    ops.attendBack(blocks, byGraph(buffers, B), units, pool === 'neighbour')
  } else ops.segmentSpread(dAlpha, d.g, alpha, byGraph(buffers, B), units, pool === 'mean')
}
