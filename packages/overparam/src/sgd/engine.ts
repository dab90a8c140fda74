import type { Dataset } from '../data/dataset.js'
import { sparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { Arena } from './arena.js'
import { BlockScreen, blockScreenBytes } from './block-screen.js'
import { DenseLayer, isDense, SparseLayer, sparseLayerBytes } from './first-layer.js'
import type { FirstLayer } from './first-layer.js'
import { GramScreen } from './gram-screen.js'
import type { Screen } from './screen.js'

/**
 * 'primal': dense rows; 'sparse': non-zero features only; 'gram': as 'sparse', but clean visits are told by
 * pre-activations that are kept through Gram rows; 'blocks': as 'gram', in float32 and with look-up tables; 'auto' chooses
 * by width and density. The decisions are the same, bit for bit.
 */
export type EngineName = 'primal' | 'sparse' | 'gram' | 'blocks' | 'auto'

/** What one step needs of the data: pre-activations of an example, and adding a multiple of it to every unit. */
export interface Engine {
  readonly name: Exclude<EngineName, 'auto'>
  readonly layer: FirstLayer
  /** tells clean visits without the weights, where there is one */
  readonly screen?: Screen
}

/**
 * Units above which a screen pays: each example that is ever updated costs a row of the Gram matrix, each visit saves
 * some of 2k multiply–adds per feature. On digits and on dense data, 500 to 4000 examples, the times cross at 60 to 90.
 */
const SCREEN_FROM = 80
/** Bytes that an engine may take besides the data: a quarter of the 4 GiB that WebAssembly can address. */
const ROOM = 2 ** 30
/** Weights below which an arena of their own is not worth starting. */
const SMALL = 4096

/** The engine for a data set and a network, with weights laid out by feature. */
export function engineFor(
  name: EngineName,
  data: Dataset,
  net: Net,
  eta: number,
  weights: Float64Array,
): Engine {
  const { x, y } = data
  const units = 2 * net.k
  if (name === 'primal') return { name, layer: new DenseLayer(x, weights, units) }
  const rows = sparseRows(x)
  const bytes = sparseLayerBytes(rows, units)
  const more = blockScreenBytes(rows, net.k)
  const fits = bytes + more <= ROOM
  if (name === 'blocks' || (name === 'auto' && units >= SCREEN_FROM && fits)) {
    const arena = new Arena(bytes + more)
    const layer = new SparseLayer(rows, weights, units, arena)
    return { name: 'blocks', layer, screen: new BlockScreen(layer.rows, layer, y, net, eta, arena) }
  }
  if (name === 'auto' && isDense(rows))
    return { name: 'primal', layer: new DenseLayer(x, weights, units) }
  const arena = weights.length >= SMALL ? new Arena(bytes) : undefined
  const layer = new SparseLayer(rows, weights, units, arena)
  if (name === 'gram') return { name, layer, screen: new GramScreen(layer.rows, y, net) }
  return { name: 'sparse', layer }
}
