import type { Block } from '../kernel/ops.js'
import { byGraph, byNode, pairsOf, type Slot } from './buffers.js'
import type { Columns, Weights } from './layout.js'
import { columns, matrixAt, type Pass } from './pass.js'

/*
 * Labels that are linear in what a read-out is given:
 *
 *     of a node  (z_k, 1) A + s_k B + g C        of a pair  (z_k, 1) D + z_l E + z_kl F + g G
 *
 * Few layers have them, and they are narrow, so that nothing is laid out beside other weights for them.
 */

/** Computes the gates' columns of y and ye. */
export function gatesForward(pass: Pass, { z, ze, s, g, y, ye, ...at }: Slot): void {
  const { ops, layout, buffers, counts } = pass
  const { gates, nodeGate, pairGate, units, wz, we } = layout
  const { graphs: B, nodes: N, pairs: P } = counts
  const plain = { panels: buffers.panels }
  const more = { ...plain, accumulate: true }
  const w = (part: Weights): Block => matrixAt(pass.weights, part)
  const [ofNode, ofPair] = gateBlocks(at.gateG, nodeGate)
  if (nodeGate.width > 0) {
    const to = columns(y, nodeGate)
    const { width } = nodeGate
    ops.gemm(to, z, w(gates.nodeZ), N, wz.rows, width, plain)
    ops.gemm(to, s, w(gates.nodeS), N, gates.nodeS.rows, width, more)
    ops.gemm(ofNode, g, w(gates.nodeG), B, units, width, plain)
    ops.gatherAdd(to, ofNode, buffers.graphOfNode, N, width)
  }
  if (pairGate.width > 0) {
    const to = columns(ye, pairGate)
    const { width } = pairGate
    ops.gemm(ofPair, g, w(gates.pairG), B, units, width, plain)
    ops.gemm(at.gateK, z, w(gates.pairK), N, wz.rows, width, plain)
    ops.gatherAdd(at.gateK, ofPair, buffers.graphOfNode, N, width)
    ops.gemm(at.gateL, z, w(gates.pairL), N, gates.pairL.rows, width, plain)
    ops.gemm(to, ze, w(gates.pairE), P, we.rows, width, plain)
    const pairs = pairsOf(buffers, { from: 0, count: P })
    ops.gatherAdd(to, at.gateK, pairs.i, P, width)
    ops.gatherAdd(to, at.gateL, pairs.j, P, width)
  }
}

/** Sets the gates' columns of y and ye to zero. */
export function clearGates({ ops, layout, counts }: Pass, { y, ye }: Slot): void {
  const { nodeGate, pairGate } = layout
  ops.clear(columns(y, nodeGate), counts.nodes, nodeGate.width)
  ops.clear(columns(ye, pairGate), counts.pairs, pairGate.width)
}

/**
 * Adds to the gradients of the weights, from those in the gates' columns of y and ye, and computes
 * those of K, L and G.
 */
export function gatesBack(pass: Pass, { z, ze, s, g, y, ye }: Slot): void {
  const { ops, layout, buffers, counts } = pass
  const { gates, nodeGate, pairGate, units, wz, we } = layout
  const { graphs: B, nodes: N, pairs: P } = counts
  const { back: d } = buffers
  const dw = (part: Weights): Block => matrixAt(pass.gradients, part)
  const [ofNode, ofPair] = gateBlocks(d.gateG, nodeGate)
  if (nodeGate.width > 0) {
    const dy = columns(y, nodeGate)
    const { width } = nodeGate
    ops.gemmT(dw(gates.nodeZ), z, dy, N, wz.rows, width)
    ops.gemmT(dw(gates.nodeS), s, dy, N, gates.nodeS.rows, width)
    ops.segmentSum(ofNode, dy, byGraph(buffers, B), width, false)
    ops.gemmT(dw(gates.nodeG), g, ofNode, B, units, width)
  }
  if (pairGate.width > 0) {
    const dy = columns(ye, pairGate)
    const { width } = pairGate
    ops.gemmT(dw(gates.pairE), ze, dy, P, we.rows, width)
    ops.segmentSum(d.gateK, dy, byNode(buffers, { from: 0, count: N }), width, false)
    ops.clear(d.gateL, N, width)
    ops.scatterAdd(d.gateL, dy, buffers.j, P, width)
    ops.gemmT(dw(gates.pairK), z, d.gateK, N, wz.rows, width)
    ops.gemmT(dw(gates.pairL), z, d.gateL, N, gates.pairL.rows, width)
    ops.segmentSum(ofPair, d.gateK, byGraph(buffers, B), width, false)
    ops.gemmT(dw(gates.pairG), g, ofPair, B, units, width)
  }
}

/** Adds the contribution of gates to the gradients of g. */
export function gatesToGraph(pass: Pass): void {
  const { gates, nodeGate, pairGate, units } = pass.layout
  const { graphs: B } = pass.counts
  const { g, gateG } = pass.buffers.back
  const [ofNode, ofPair] = gateBlocks(gateG, nodeGate)
  addBack(pass, g, ofNode, gates.nodeG, B, nodeGate.width, units)
  addBack(pass, g, ofPair, gates.pairG, B, pairGate.width, units)
}

/** Adds the contribution of gates to the gradients of s. */
export function gatesToSummary(pass: Pass, { y }: Slot): void {
  const { gates, nodeGate } = pass.layout
  const dy = columns(y, nodeGate)
  const { rows } = gates.nodeS
  addBack(pass, pass.buffers.back.s, dy, gates.nodeS, pass.counts.nodes, nodeGate.width, rows)
}

/** Adds the contribution of gates to the gradients of the features. */
export function gatesToFeatures(pass: Pass, { y, ye }: Slot): void {
  const { gates, nodeGate, pairGate } = pass.layout
  const { nodes: N, pairs: P } = pass.counts
  const { z, ze, gateK, gateL } = pass.buffers.back
  addBack(pass, z, columns(y, nodeGate), gates.nodeZ, N, nodeGate.width, gates.nodeZ.rows)
  addBack(pass, z, gateK, gates.pairK, N, pairGate.width, gates.pairK.rows)
  addBack(pass, z, gateL, gates.pairL, N, pairGate.width, gates.pairL.rows)
  addBack(pass, ze, columns(ye, pairGate), gates.pairE, P, pairGate.width, gates.pairE.rows)
}

/** to ← to + d Wᵀ */
function addBack(
  { ops, buffers, weights }: Pass,
  to: Block,
  d: Block,
  part: Weights,
  rows: number,
  width: number,
  into: number,
): void {
  if (width === 0 || into === 0) return
  const how = { panels: buffers.panels, transposed: true, accumulate: true }
  ops.gemm(to, d, matrixAt(weights, part), rows, width, into, how)
}

/** What g gives to the gates of nodes, and to those of pairs, side by side. */
function gateBlocks(gateG: Block, nodeGate: Columns): readonly [Block, Block] {
  return [gateG, { at: gateG.at + nodeGate.width, ld: gateG.ld }]
}
