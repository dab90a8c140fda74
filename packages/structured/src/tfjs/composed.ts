import type { LayerSizes, PoolKind } from '../batch/options.js'
import type { GraphTensors, LabelTensors, ParameterTensors, Tensor, Tf } from './types.js'

/** Far below every score: what has it gets weight 0. */
const NEVER = -1e9

/**
 * The layer in ops available on every backend: matrix products, sums, maxima and broadcasts. The
 * first layer of φ and ρ_e is computed for each node and each pair and added by broadcasting;
 * nothing is tiled.
 */
export function composedLayer(
  tf: Tf,
  sizes: LayerSizes,
  graph: Required<GraphTensors>,
  p: ParameterTensors,
): LabelTensors {
  const { pool, globalPool, readout, edgeReadout, edgeOutputs } = sizes
  const [B, n] = graph.nodes.shape
  const there = graph.nodeMask.reshape([B, n, 1])
  const pairs = graph.pairMask.reshape([B, n, n, 1])
  /** What is not there counts as zeros, whatever its entries are: 0 times NaN would be NaN. */
  const only = (x: Tensor, mask: Tensor): Tensor =>
    x.size === 0 ? x : tf.where(mask.greater(0), x, tf.zerosLike(x))
  const z = only(graph.nodes, there)
  const e = only(graph.edges, pairs)
  /**
   * x W, for the last axis of x; a layer without features of pairs has no such W, and a zero is
   * added in its place
   */
  const times = (x: Tensor, name: string): Tensor => {
    if (!(name in p)) return tf.zeros([...x.shape.slice(0, -1), 1])
    const w = p[name]
    const shape = [...x.shape.slice(0, -1), w.shape[1] ?? 0]
    // a product over no feature is zero, and empty tensors trouble some backends
    if (x.size === 0 || w.size === 0) return tf.zeros(shape)
    return tf
      .matMul(x.reshape([-1, w.shape[0]]), w.reshape([w.shape[0], w.shape[1] ?? 0]))
      .reshape(shape)
  }
  const ofFirst = (x: Tensor): Tensor => x.reshape([B, n, 1, -1])
  const ofSecond = (x: Tensor): Tensor => x.reshape([B, 1, n, -1])
  const end = (x: Tensor): Tensor => (sizes.terms === 'relu' ? x.relu() : x)
  /** The hidden layers after the first, the outputs, and gates beside them. */
  const head = (name: string, first: Tensor, depth: number, gates: readonly Tensor[]): Tensor => {
    let h = first.relu()
    for (const l of ['', '2'].slice(0, depth - 1))
      h = times(h, `${name}.hidden${l}`).add(p[`${name}.hidden${l}Bias`]).relu()
    const y = times(h, `${name}.out`).add(p[`${name}.outBias`])
    return tf.concat([y, ...gates], -1)
  }
  const phi = end(
    ofFirst(times(z, 'phi.zi').add(p['phi.bias']))
      .add(ofSecond(times(z, 'phi.zj')))
      .add(times(e, 'phi.zij')),
  )
  const beta = (): Tensor => times(e, 'beta.zij').add(ofSecond(times(z, 'beta.zj')))
  const s = pooled(pool, phi, pairs, 2, beta)
  const alpha = end(times(z, 'alpha.zi').add(times(s, 'alpha.si')).add(p['alpha.bias']))
  const gamma = (): Tensor => times(z, 'gamma.zi').add(times(s, 'gamma.si'))
  const g = pooled(globalPool, alpha, there, 1, gamma)
  let h = times(z, 'rho.zk')
    .add(times(g, 'rho.g').reshape([B, 1, -1]))
    .add(p['rho.bias'])
  if (readout === 'local') h = h.add(times(s, 'rho.sk'))
  const ofGraph = (name: string): Tensor => times(g, name).reshape([B, 1, -1])
  const nodeGates = (): Tensor => {
    const seen = times(z, 'gate.zk').add(ofGraph('gate.g')).add(p['gate.bias'])
    return readout === 'local' ? seen.add(times(s, 'gate.sk')) : seen
  }
  const nodes = head('rho', h, sizes.depth, sizes.nodeGates > 0 ? [nodeGates()] : []).mul(there)
  if (edgeOutputs === 0) return { nodes, edges: tf.zeros([B, n, n, 0]) }
  let k = times(z, 'rhoEdge.zk').add(ofGraph('rhoEdge.g')).add(p['rhoEdge.bias'])
  let l = times(z, 'rhoEdge.zl')
  let seen = times(e, 'rhoEdge.zkl')
  if (edgeReadout === 'local') {
    k = k.add(times(s, 'rhoEdge.sk'))
    l = l.add(times(s, 'rhoEdge.sl'))
    seen = seen.add(times(e, 'rhoEdge.zlk').transpose([0, 2, 1, 3]))
  }
  const edgeGates = (): Tensor =>
    ofFirst(times(z, 'gateEdge.zk').add(ofGraph('gateEdge.g')).add(p['gateEdge.bias']))
      .add(ofSecond(times(z, 'gateEdge.zl')))
      .add(times(e, 'gateEdge.zkl'))
  const hidden = ofFirst(k).add(ofSecond(l)).add(seen)
  const gates = sizes.edgeGates > 0 ? [edgeGates()] : []
  const edges = head('rhoEdge', hidden, sizes.edgeDepth, gates).mul(pairs)
  return { nodes, edges }
}

/**
 * The terms joined along an axis, those that the mask leaves out not among them; zeros where there
 * is none.
 */
function pooled(
  kind: PoolKind,
  terms: Tensor,
  mask: Tensor,
  axis: number,
  scores: () => Tensor,
): Tensor {
  if (kind === 'sum') return terms.mul(mask).sum(axis)
  if (kind === 'mean') return terms.mul(mask).sum(axis).div(mask.sum(axis).maximum(1))
  const score = scores().add(mask.mul(-NEVER).add(NEVER))
  const weights = score.sub(score.max(axis, true)).exp().mul(mask)
  // the largest weight is 1, so that less than 1 means none
  return terms.mul(weights).sum(axis).div(weights.sum(axis).maximum(1))
}
