import type { Engine } from '@nonconvex/tensor/engine'

/** The tfjs module of the engine. */
export type Tf = Engine['tf']

/** A tensor of tfjs. */
export type Tensor = ReturnType<Tf['tensor']>

/** A layer of tf.layers, its arguments, and the shape of a batch, with null for any size. */
export type Layer = InstanceType<Tf['layers']['Layer']>
export type LayerArgs = NonNullable<ConstructorParameters<Tf['layers']['Layer']>[0]>
export type Shape = (number | null)[]

/** One input or several, as a list. */
export function listOf(inputs: Tensor | Tensor[]): Tensor[] {
  return Array.isArray(inputs) ? inputs : [inputs]
}

/** The shape of one input, or those of several, as a list. */
export function shapesOf(shape: Shape | Shape[]): Shape[] {
  const isList = (given: Shape | Shape[]): given is Shape[] => Array.isArray(given[0])
  return isList(shape) ? shape : [shape]
}

/**
 * Graphs of up to n nodes in tensors. Masked entries and the diagonal do not affect labels.
 */
export interface GraphTensors {
  /** [B, n, d] */
  readonly nodes: Tensor
  /** [B, n, n, e] */
  readonly edges: Tensor
  /** [B, n], 1 where there is a node; default: all */
  readonly nodeMask?: Tensor
  /** [B, n, n], 1 where the pair exists; default: all pairs of nodes */
  readonly pairMask?: Tensor
}

/** Labels: [B, n, C] and [B, n, n, R], zeros for missing nodes and pairs. */
export type LabelTensors = {
  readonly nodes: Tensor
  readonly edges: Tensor
}

/** Parameters by name, [inputs, outputs]; a bias [1, outputs]. */
export interface ParameterTensors {
  readonly [name: string]: Tensor
}
