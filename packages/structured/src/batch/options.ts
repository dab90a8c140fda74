import { checkInteger } from '@nonconvex/tensor/check'
import { kindOf, oneOf, readouts } from '../layer/kinds.js'

/**
 * The pooling of a batched layer; attention scores are linear in the arguments of φ or α.
 */
export type PoolKind = 'sum' | 'mean' | 'neighbor' | 'feature'

/** Sizes and kinds of a batched layer. */
export interface BatchedLayerOptions {
  /** d, features of a node, integer ≥ 0 */
  readonly nodeFeatures: number
  /** e, features of a pair, integer ≥ 0 */
  readonly edgeFeatures: number
  /** H, units of every hidden layer, integer ≥ 1 */
  readonly hidden: number
  /** C, numbers in the label of a node, integer ≥ 1 */
  readonly nodeOutputs: number
  /** R, numbers in the label of a pair, integer ≥ 0; default 0: no labels of pairs */
  readonly edgeOutputs?: number
  /** default local: ρ sees z_k, s_k and g; literal: only z_k and g */
  readonly readout?: 'local' | 'literal'
  /** over the neighbors; default sum */
  readonly pool?: PoolKind | 'neighbour'
  /** over the nodes; default sum */
  readonly globalPool?: PoolKind | 'neighbour'
  /** the last operation of φ and α: a ReLU, or none, so that they are linear; default relu */
  readonly terms?: 'relu' | 'linear'
  /** hidden layers of ρ and of ρ_e, 1 to 3; default 1 */
  readonly depth?: 1 | 2 | 3
  readonly edgeDepth?: 1 | 2 | 3
  /**
   * default local: ρ_e sees z_k, z_l, z_kl, z_lk, s_k, s_l and g; literal: only z_k, z_l, z_kl and
   * g
   */
  readonly edgeReadout?: 'local' | 'literal'
  /**
   * further numbers in the label of a node that are linear in the arguments of ρ; integer ≥ 0,
   * default 0
   */
  readonly nodeGates?: number
  /**
   * further numbers in the label of a pair that are linear in z_k, z_l, z_kl and g; integer ≥ 0,
   * default 0
   */
  readonly edgeGates?: number
}

/** The options with their defaults, checked. */
export type LayerSizes = Required<BatchedLayerOptions> & {
  readonly pool: PoolKind
  readonly globalPool: PoolKind
}

/** Of any size; together they may exceed the memory, which is checked where it is reserved. */
const MOST = 1e6

const pools = ['sum', 'mean', 'neighbor', 'feature'] as const satisfies readonly PoolKind[]

/** The options with their defaults. Throws RangeError for one out of its range. */
export function layerSizes(fn: string, options: BatchedLayerOptions): LayerSizes {
  const sizes: LayerSizes = {
    edgeOutputs: 0,
    readout: 'local',
    terms: 'relu',
    depth: 1,
    edgeDepth: 1,
    edgeReadout: 'local',
    nodeGates: 0,
    edgeGates: 0,
    ...options,
    pool: kindOf(options.pool ?? 'sum'),
    globalPool: kindOf(options.globalPool ?? 'sum'),
  }
  const least = {
    nodeFeatures: 0,
    edgeFeatures: 0,
    hidden: 1,
    nodeOutputs: 1,
    edgeOutputs: 0,
    nodeGates: 0,
    edgeGates: 0,
  }
  for (const name of Object.keys(least) as (keyof typeof least)[]) {
    checkInteger(fn, name, sizes[name], least[name])
    if (sizes[name] > MOST)
      throw new RangeError(`${fn}: ${name} must be at most ${MOST}, got ${sizes[name]}`)
  }
  for (const name of ['pool', 'globalPool'] as const) oneOf(fn, name, sizes[name], pools)
  for (const name of ['readout', 'edgeReadout'] as const) oneOf(fn, name, sizes[name], readouts)
  oneOf(fn, 'terms', sizes.terms, ['relu', 'linear'])
  for (const name of ['depth', 'edgeDepth'] as const)
    if (![1, 2, 3].includes(sizes[name]))
      throw new RangeError(`${fn}: ${name} must be 1, 2 or 3, got ${sizes[name]}`)
  if (sizes.edgeGates > 0 && sizes.edgeOutputs === 0)
    throw new RangeError(`${fn}: edgeGates must be 0 without edgeOutputs, got ${sizes.edgeGates}`)
  return sizes
}

/** Numbers in the label of a node and of a pair: outputs, then gates. */
export function labelWidths(sizes: LayerSizes): { readonly node: number; readonly edge: number } {
  return { node: sizes.nodeOutputs + sizes.nodeGates, edge: sizes.edgeOutputs + sizes.edgeGates }
}
