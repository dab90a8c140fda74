import type { LayerSizes, PoolKind } from '../batch/options.js'
import type { GraphTensors, LabelTensors, ParameterTensors, Tensor, Tf } from './types.js'

/** Far below every score: what has it gets weight 0. */
const NEVER = -1e9

/**
 * The layer in ops that exist on every backend: matrix products, sums, maxima and broadcasts. The first layer of φ and ρ_e is
 * computed for each node and each pair and added by broadcasting; nothing is tiled.
 */
export function composedLayer(
  tf: Tf,
  sizes: LayerSizes,
  graph: Required<GraphTensors>,
  p: ParameterTensors,
): LabelTensors {
  const { pool, globalPool, readout, depth, edgeOutputs } = sizes
  const { nodes: z, edges: e } = graph
  const [B, n] = z.shape
  const there = graph.nodeMask.reshape([B, n, 1])
  const pairs = graph.pairMask.reshape([B, n, n, 1])
  /** x W, for the last axis of x */
  const times = (x: Tensor, name: string): Tensor => {
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
  const phi = ofFirst(times(z, 'phi.zi').add(p['phi.bias']))
    .add(ofSecond(times(z, 'phi.zj')))
    .add(times(e, 'phi.zij'))
    .relu()
  const beta = (): Tensor => times(e, 'beta.zij').add(ofSecond(times(z, 'beta.zj')))
  const s = pooled(pool, phi, pairs, 2, beta)
  const alpha = times(z, 'alpha.zi').add(times(s, 'alpha.si')).add(p['alpha.bias']).relu()
  const gamma = (): Tensor => times(z, 'gamma.zi').add(times(s, 'gamma.si'))
  const g = pooled(globalPool, alpha, there, 1, gamma)
  let h = times(z, 'rho.zk')
    .add(times(g, 'rho.g').reshape([B, 1, -1]))
    .add(p['rho.bias'])
  if (readout === 'local') h = h.add(times(s, 'rho.sk'))
  h = h.relu()
  if (depth === 2) h = times(h, 'rho.hidden').add(p['rho.hiddenBias']).relu()
  const nodes = times(h, 'rho.out').add(p['rho.outBias']).mul(there)
  if (edgeOutputs === 0) return { nodes, edges: tf.zeros([B, n, n, 0]) }
  const k = times(z, 'rhoEdge.zk')
    .add(times(s, 'rhoEdge.sk'))
    .add(times(g, 'rhoEdge.g').reshape([B, 1, -1]))
    .add(p['rhoEdge.bias'])
  const l = times(z, 'rhoEdge.zl').add(times(s, 'rhoEdge.sl'))
  // a missing pair counts as zeros in its reverse
  const back = times(e.mul(pairs), 'rhoEdge.zlk').transpose([0, 2, 1, 3])
  const hidden = ofFirst(k).add(ofSecond(l)).add(times(e, 'rhoEdge.zkl')).add(back).relu()
  const edges = times(hidden, 'rhoEdge.out').add(p['rhoEdge.outBias']).mul(pairs)
  return { nodes, edges }
}

/** The terms joined along an axis, those that the mask leaves out not among them; zeros where there is none. */
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
