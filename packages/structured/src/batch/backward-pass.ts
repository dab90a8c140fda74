import type { Block } from '../kernel/ops.js'
import { asAll, byGraph, byNode, couplesIn, rowsOf, signsOf, type Slot } from './buffers.js'
import type { Chunk } from './chunks.js'
import type { Weights } from './layout.js'
import { attends } from './forward-pass.js'
import { gatesBack, gatesToFeatures, gatesToGraph, gatesToSummary } from './gate-labels.js'
import { headBack } from './head.js'
import { columns, matrixAt, type Pass } from './pass.js'

/**
 * Adds to the gradients of the weights, from the gradients of the labels in the slot's y and ye;
 * with `inputs` the gradients of the features are written to the back rows z and ze.
 */
export function backwardPass(pass: Pass, slot: Slot, inputs: boolean): void {
  const { ops, layout, buffers, counts } = pass
  const { sizes, units, node, summary } = layout
  const { nodes: N } = counts
  const { z, s } = slot
  const d = buffers.back
  const back = { panels: buffers.panels, transposed: true }
  const w = (part: Weights): Block => matrixAt(pass.weights, part)
  const dw = (part: Weights): Block => matrixAt(pass.gradients, part)
  gatesBack(pass, slot)
  edgesBack(pass, slot, inputs)
  nodesBack(pass, slot)
  graphBack(pass, slot)
  ops.gemmT(dw(layout.ws), s, columns(d.U, summary), N, units, summary.width)
  ops.gemm(d.s, columns(d.U, summary), w(layout.ws), N, summary.width, units, back)
  gatesToSummary(pass, slot)
  ops.clear(columns(d.U, node.phiJ), N, units + node.beta.width)
  for (const chunk of pass.chunks) neighborsBack(pass, slot, chunk, inputs)
  ops.gemmT(dw(layout.wz), z, d.U, N, layout.wz.rows, layout.wz.cols)
  // φ and ρ_e have one bias each, with the first node; one of a score would cancel
  const biases = dw(layout.wz).at + sizes.nodeFeatures * layout.wz.cols
  for (const { from, width } of [node.phiJ, node.beta, node.gamma, node.edgeL])
    ops.space.floats.fill(0, biases + from, biases + from + width)
  if (sizes.edgeReadout === 'literal') withoutSummaries(pass)
  if (!inputs) return
  ops.gemm(d.z, d.U, w(layout.wz), N, layout.wz.cols, layout.wz.rows, back)
  gatesToFeatures(pass, slot)
}

/** The literal read-out of pairs does not see s_k, s_l and z_lk: their weights stay zero. */
function withoutSummaries({ ops, layout, gradients }: Pass): void {
  const { ws, we, pair, node, summary, units } = layout
  const edges = { from: node.edgeK.from - summary.from, width: 2 * node.edgeK.width }
  ops.clear(columns(matrixAt(gradients, ws), edges), ws.rows, edges.width)
  if (pair.back.width > 0) ops.clear(columns(matrixAt(gradients, we), pair.back), we.rows, units)
}

/** Through φ and its sums. */
function neighborsBack(
  pass: Pass,
  slot: Slot,
  { nodes, pairs: rows }: Chunk,
  inputs: boolean,
): void {
  const { ops, layout, buffers } = pass
  const { sizes, units, node, pair, we } = layout
  const { back: d, scratch, panels } = buffers
  const { pool } = sizes
  const linear = sizes.terms === 'linear'
  const { dPhi, dBeta } = scratch
  const of = byNode(buffers, nodes)
  const j = buffers.j + rows.from
  const dI = rowsOf(columns(d.U, node.phiI), nodes)
  const dJ = columns(d.U, node.phiJ)
  const dS = rowsOf(d.s, nodes)
  const [w, dw] = [matrixAt(pass.weights, we), matrixAt(pass.gradients, we)]
  const ze = rowsOf(slot.ze, rows)
  if (attends(pool)) {
    const blocks = { dOut: dS, out: rowsOf(slot.s, nodes), h: slot.phi, w: slot.beta }
    const own = { dh: asAll(dPhi, rows), dw: asAll(dBeta, rows) }
    const how = { one: pool === 'neighbor', linear }
    ops.attendBack({ ...blocks, ...own }, of, units, how)
    ops.segmentSum(dI, own.dh, of, units, false)
    ops.scatterAdd(dJ, dPhi, j, rows.count, units)
    const { width } = pair.beta
    ops.scatterAdd(columns(d.U, node.beta), dBeta, j, rows.count, width)
    ops.gemmT(columns(dw, pair.beta), ze, dBeta, rows.count, we.rows, width)
  } else if (linear) {
    const own = asAll(dPhi, rows)
    ops.segmentSpread(own, dS, own, of, units, { mean: pool === 'mean', linear })
    ops.segmentSum(dI, own, of, units, false)
    ops.scatterAdd(dJ, dPhi, j, rows.count, units)
  } else {
    const signs = signsOf(slot, rows, units)
    ops.pairSpread(dPhi, dI, dJ, dS, signs, of, j, units, pool === 'mean')
  }
  ops.gemmT(columns(dw, pair.phi), ze, dPhi, rows.count, we.rows, units)
  if (!inputs) return
  const dZe = rowsOf(d.ze, rows)
  // ρ_e has left its part there
  const how = { panels, transposed: true, accumulate: sizes.edgeOutputs > 0 }
  ops.gemm(dZe, dPhi, columns(w, pair.phi), rows.count, units, we.rows, how)
  if (!attends(pool)) return
  const { width } = pair.beta
  const more = { ...how, accumulate: true }
  ops.gemm(dZe, dBeta, columns(w, pair.beta), rows.count, width, we.rows, more)
}

/** Through ρ_e. */
function edgesBack(pass: Pass, slot: Slot, inputs: boolean): void {
  const { ops, layout, buffers, counts } = pass
  const { units, node, pair, graph, sizes, we } = layout
  const { graphs: B, nodes: N } = counts
  const { back: d, scratch } = buffers
  if (sizes.edgeOutputs === 0) return
  const { dPlusW, dMinusW } = scratch
  const dEdgeK = columns(d.U, node.edgeK)
  ops.clear(dEdgeK, N, 2 * units)
  for (const weights of [dPlusW, dMinusW]) ops.clear(weights, we.rows, units)
  // the last first: it is still in the cache
  for (let c = pass.chunks.length - 1; c >= 0; c--)
    coupleEdgesBack(pass, slot, pass.chunks[c], inputs)
  const dw = matrixAt(pass.gradients, we)
  const [forth, back] = [columns(dw, pair.forth), columns(dw, pair.back)]
  ops.addBack(forth, back, dPlusW, dMinusW, we.rows, units)
  ops.segmentSum(columns(d.T, graph.edge), dEdgeK, byGraph(buffers, B), units, false)
}

/** As `edges` forwards: both pairs of a couple at once. */
function coupleEdgesBack(pass: Pass, slot: Slot, chunk: Chunk, inputs: boolean): void {
  const { ops, layout, buffers } = pass
  const { units, node, we } = layout
  const { back: d, scratch } = buffers
  const { dEdge, plus, minus, plusZ, minusZ, plusW, minusW, dPlusW, dMinusW } = scratch
  const back = { panels: buffers.panels, transposed: true }
  const { pairs } = chunk
  const couples = couplesIn(buffers, chunk)
  const hidden = [slot.edge, ...slot.edgeMore].map((block) => rowsOf(block, pairs))
  const dHidden = [dEdge, ...scratch.dEdgeMore]
  headBack(pass, layout.rhoEdge, hidden, dHidden, rowsOf(slot.ye, pairs), pairs.count)
  const [dK, dL] = [columns(d.U, node.edgeK), columns(d.U, node.edgeL)]
  const own = asAll(dEdge, pairs)
  ops.coupleBack(plus, minus, own, slot.edge, dK, dL, couples, units)
  const e = we.rows
  const wide = e + (-e & 3)
  ops.fold(plusZ, minusZ, slot.ze, couples, wide, 0.5)
  ops.gemmT(dPlusW, plusZ, plus, couples.count, e, units)
  ops.gemmT(dMinusW, minusZ, minus, couples.count, e, units)
  if (!inputs) return
  ops.gemm(plusZ, plus, plusW, couples.count, units, e, back)
  ops.gemm(minusZ, minus, minusW, couples.count, units, e, back)
  ops.unfold(d.ze, plusZ, minusZ, couples, wide, 0.5)
}

/** Through ρ. */
function nodesBack(pass: Pass, { U, more, y }: Slot): void {
  const { ops, layout, buffers, counts } = pass
  const { units, node, graph } = layout
  const { graphs: B, nodes: N } = counts
  const d = buffers.back
  const [rho, dRho] = [columns(U, node.rho), columns(d.U, node.rho)]
  headBack(pass, layout.rho, [rho, ...more], [dRho, ...d.more], y, N)
  ops.mask(dRho, rho, N, units)
  ops.segmentSum(columns(d.T, graph.rho), dRho, byGraph(buffers, B), units, false)
}

/** Through g and α. */
function graphBack(pass: Pass, { U, g }: Slot): void {
  const { ops, layout, buffers, counts, ...at } = pass
  const { units, node, sizes, wg } = layout
  const { graphs: B } = counts
  const d = buffers.back
  ops.gemmT(matrixAt(at.gradients, wg), g, d.T, B, units, wg.cols)
  ops.gemm(d.g, d.T, matrixAt(at.weights, wg), B, wg.cols, units, {
    panels: buffers.panels,
    transposed: true,
  })
  gatesToGraph(pass)
  const [alpha, dAlpha] = [columns(U, node.alpha), columns(d.U, node.alpha)]
  const pool = sizes.globalPool
  const linear = sizes.terms === 'linear'
  if (attends(pool)) {
    const [gamma, dGamma] = [columns(U, node.gamma), columns(d.U, node.gamma)]
    const blocks = { dh: dAlpha, dw: dGamma, dOut: d.g, out: g, h: alpha, w: gamma }
    ops.attendBack(blocks, byGraph(buffers, B), units, { one: pool === 'neighbor', linear })
  } else {
    const how = { mean: pool === 'mean', linear }
    ops.segmentSpread(dAlpha, d.g, alpha, byGraph(buffers, B), units, how)
  }
}
