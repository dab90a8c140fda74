import type { Engine } from '@nonconvex/tensor/engine'

/** tfjs, as the engine gives it. */
export type Tf = Engine['tf']

/** Any tensor of it. */
export type Tensor = ReturnType<Tf['tensor']>

/**
 * Graphs of up to n nodes in tensors. What the masks leave out is never read into a label; the
 * diagonal neither.
 */
export interface GraphTensors {
  /** [B, n, d] */
  readonly nodes: Tensor
  /** [B, n, n, e] */
  readonly edges: Tensor
  /** [B, n], 1 where there is a node; left out: all */
  readonly nodeMask?: Tensor
  /** [B, n, n], 1 where the pair exists; left out: all pairs of nodes */
  readonly pairMask?: Tensor
}

/** Labels: [B, n, C] and [B, n, n, R], zeros where there is no node or no pair. */
export type LabelTensors = {
  readonly nodes: Tensor
  readonly edges: Tensor
}

/** Parameters by name, [inputs, outputs]; a bias [1, outputs]. */
export interface ParameterTensors {
  readonly [name: string]: Tensor
}
