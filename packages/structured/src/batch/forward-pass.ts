import type { Block } from '../kernel/ops.js'
import {
  asAll,
  byGraph,
  byNode,
  couplesIn,
  pairsOf,
  rowsOf,
  signsOf,
  type Slot,
} from './buffers.js'
import type { Chunk } from './chunks.js'
import { gatesForward } from './gate-labels.js'
import { headForward } from './head.js'
import type { Weights } from './layout.js'
import { columns, matrixAt, type Pass } from './pass.js'

export const attends = (pool: string): boolean => pool === 'neighbor' || pool === 'feature'

/** Computes labels from features: everything in `slot` after z and ze. */
export function forwardPass(pass: Pass, slot: Slot): void {
  const { ops, layout, buffers, counts } = pass
  const { sizes, units, node, graph, summary } = layout
  const { graphs: B, nodes: N } = counts
  const { z, U, s, g, T, y } = slot
  const { panels } = buffers
  const w = (part: Weights): Block => matrixAt(pass.weights, part)
  ops.gemm(U, z, w(layout.wz), N, layout.wz.rows, layout.wz.cols, { panels })
  for (const chunk of pass.chunks) neighbors(pass, slot, chunk)
  ops.gemm(columns(U, summary), s, w(layout.ws), N, units, summary.width, {
    panels,
    accumulate: true,
  })
  const alpha = columns(U, node.alpha)
  if (sizes.terms === 'relu') ops.relu(alpha, N, units)
  if (attends(sizes.globalPool)) {
    const one = sizes.globalPool === 'neighbor'
    ops.attend(g, alpha, columns(U, node.gamma), byGraph(buffers, B), units, one)
  } else ops.segmentSum(g, alpha, byGraph(buffers, B), units, sizes.globalPool === 'mean')
  ops.gemm(T, g, w(layout.wg), B, units, layout.wg.cols, { panels })
  const rho = columns(U, node.rho)
  ops.gatherAdd(rho, columns(T, graph.rho), buffers.graphOfNode, N, units)
  ops.relu(rho, N, units)
  headForward(pass, layout.rho, [rho, ...slot.more], y, N)
  gatesForward(pass, slot)
  if (sizes.edgeOutputs === 0) return
  ops.gatherAdd(columns(U, node.edgeK), columns(T, graph.edge), buffers.graphOfNode, N, units)
  const { pair, we } = layout
  const { plusW, minusW } = buffers.scratch
  const [forth, back] = [columns(w(we), pair.forth), columns(w(we), pair.back)]
  ops.sumAndDifference(plusW, minusW, forth, back, we.rows, units)
  for (const chunk of pass.chunks) edges(pass, slot, chunk)
}

/** φ and s of a chunk. */
function neighbors(pass: Pass, slot: Slot, { nodes, pairs: rows }: Chunk): void {
  const { ops, layout, buffers } = pass
  const { sizes, units, node, pair } = layout
  const { pool } = sizes
  const { U } = slot
  const { panels } = buffers
  const ze = rowsOf(slot.ze, rows)
  const [pairs, of] = [pairsOf(buffers, rows), byNode(buffers, nodes)]
  const we = matrixAt(pass.weights, layout.we)
  const s = rowsOf(slot.s, nodes)
  const phi = attends(pool) ? rowsOf(slot.phi, rows) : buffers.scratch.dPhi
  ops.gemm(phi, ze, columns(we, pair.phi), pairs.count, layout.we.rows, units, { panels })
  const [phiI, phiJ] = [columns(U, node.phiI), columns(U, node.phiJ)]
  if (sizes.terms === 'linear') {
    ops.gatherAdd(phi, phiI, pairs.i, pairs.count, units)
    ops.gatherAdd(phi, phiJ, pairs.j, pairs.count, units)
    if (!attends(pool)) {
      ops.segmentSum(s, asAll(phi, rows), of, units, pool === 'mean')
      return
    }
  } else if (attends(pool)) ops.pairHidden(phi, phiI, phiJ, pairs, units)
  else {
    const signs = signsOf(slot, rows, units)
    ops.pairSum(s, signs, phi, rowsOf(phiI, nodes), phiJ, of, pairs.j, units, pool === 'mean')
    return
  }
  const { width } = pair.beta
  const beta = rowsOf(slot.beta, rows)
  ops.gemm(beta, ze, columns(we, pair.beta), pairs.count, layout.we.rows, width, { panels })
  ops.gatherAdd(beta, columns(U, node.beta), pairs.j, pairs.count, width)
  ops.attend(s, slot.phi, slot.beta, of, units, pool === 'neighbor')
}

/**
 * Labels of the pairs of a chunk. What z_kl and z_lk give to ρ_e is found for both pairs of a
 * couple at once, with half the products: F z_kl + G z_lk and F z_lk + G z_kl are (F + G) (z_kl +
 * z_lk) / 2 ± (F − G) (z_kl − z_lk) / 2.
 */
function edges(pass: Pass, slot: Slot, chunk: Chunk): void {
  const { ops, layout, buffers } = pass
  const { units, node } = layout
  const { U, ze } = slot
  const { panels, scratch } = buffers
  const { plusZ, minusZ, plus, minus, plusW, minusW } = scratch
  const couples = couplesIn(buffers, chunk)
  const e = layout.we.rows
  ops.fold(plusZ, minusZ, ze, couples, e + (-e & 3), 0.5)
  ops.gemm(plus, plusZ, plusW, couples.count, e, units, { panels })
  ops.gemm(minus, minusZ, minusW, couples.count, e, units, { panels })
  const [edgeK, edgeL] = [columns(U, node.edgeK), columns(U, node.edgeL)]
  ops.coupleHidden(slot.edge, plus, minus, edgeK, edgeL, couples, units)
  const { pairs } = chunk
  const hidden = [slot.edge, ...slot.edgeMore].map((block) => rowsOf(block, pairs))
  headForward(pass, layout.rhoEdge, hidden, rowsOf(slot.ye, pairs), pairs.count)
}
