import { oneOf, readouts } from '../layer/kinds.js'

/** How terms are joined in a batched layer; attention scores are linear in what φ or α are given. */
export type PoolKind = 'sum' | 'mean' | 'neighbour' | 'feature'

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
  /** over the neighbours; default sum */
  readonly pool?: PoolKind
  /** over the nodes; default sum */
  readonly globalPool?: PoolKind
  /** hidden layers of ρ, 1 or 2; default 1 */
  readonly depth?: 1 | 2
}

/** All of them, checked. */
export type LayerSizes = Required<BatchedLayerOptions>

const pools = ['sum', 'mean', 'neighbour', 'feature'] as const satisfies readonly PoolKind[]

/** The options with their defaults. Throws RangeError for one out of its range. */
export function layerSizes(fn: string, options: BatchedLayerOptions): LayerSizes {
  const sizes: LayerSizes = {
    edgeOutputs: 0,
    readout: 'local',
    pool: 'sum',
    globalPool: 'sum',
    depth: 1,
    ...options,
  }
  const least = { nodeFeatures: 0, edgeFeatures: 0, hidden: 1, nodeOutputs: 1, edgeOutputs: 0 }
  for (const name of Object.keys(least) as (keyof typeof least)[])
    if (!Number.isSafeInteger(sizes[name]) || sizes[name] < least[name])
      throw new RangeError(`${fn}: ${name} must be an integer ≥ ${least[name]}, got ${sizes[name]}`)
  for (const name of ['pool', 'globalPool'] as const) oneOf(fn, name, sizes[name], pools)
  oneOf(fn, 'readout', sizes.readout, readouts)
  if (![1, 2].includes(sizes.depth))
    throw new RangeError(`${fn}: depth must be 1 or 2, got ${sizes.depth}`)
  return sizes
}
