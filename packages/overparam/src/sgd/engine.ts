import type { Dataset } from '../data/dataset.js'
import { density, sparseRows } from '../data/sparse-rows.js'
import type { Net } from '../network/net.js'
import { GramScreen } from './gram-screen.js'
import {
  accumulateDenseInto,
  accumulateSparseInto,
  addDenseInto,
  addSparseInto,
} from '../network/accumulate.js'

/**
 * 'primal': dense rows; 'sparse': non-zero features only; 'gram': as 'sparse', but clean visits are told by
 * pre-activations that are kept through Gram rows; 'auto' chooses by width and density. The decisions are the same, bit
 * for bit.
 */
export type EngineName = 'primal' | 'sparse' | 'gram' | 'auto'

/** What one step needs of the data: pre-activations of an example, and adding a multiple of it to every unit. */
export interface Engine {
  readonly name: Exclude<EngineName, 'auto'>
  /** z_j = w_j·x_i */
  activateInto(z: Float64Array, w: Float64Array, i: number): void
  /** w_j += step_j x_i */
  addInto(w: Float64Array, step: Float64Array, i: number): void
  /** tells clean visits without the weights, where there is one */
  readonly screen?: GramScreen
}

/** Above this share of non-zero entries the dense loops are faster. */
const DENSE_FROM = 0.7

/**
 * Units above which a screen pays: each example that is ever updated costs a row of the Gram matrix, each visit saves
 * some of 2k multiply–adds per feature. On digits and on dense data, 500 to 4000 examples, the times cross at 60 to 90.
 */
const SCREEN_FROM = 80
/** Numbers that a screen may keep: 240 MB. */
const SCREEN_ROOM = 3e7

/** The engine for a data set and a network. Weights are laid out by feature. */
export function engineFor(name: EngineName, data: Dataset, net: Net): Engine {
  const { x } = data
  const dense: Engine = {
    name: 'primal',
    activateInto: (z, w, i) => accumulateDenseInto(z, w, x.data, i * x.cols, x.cols),
    addInto: (w, step, i) => addDenseInto(w, step, x.data, i * x.cols, x.cols),
  }
  if (name === 'primal') return dense
  const rows = sparseRows(x)
  const { start, index, value } = rows
  const sparse: Engine = {
    name: 'sparse',
    activateInto: (z, w, i) => accumulateSparseInto(z, w, index, value, start[i], start[i + 1]),
    addInto: (w, step, i) => addSparseInto(w, step, index, value, start[i], start[i + 1]),
  }
  const units = 2 * net.k
  const screened = name === 'gram' || (name === 'auto' && units >= SCREEN_FROM)
  if (screened && units * x.rows <= SCREEN_ROOM)
    return { ...sparse, name: 'gram', screen: new GramScreen(rows, data.y, net) }
  return name === 'auto' && density(rows) > DENSE_FROM ? dense : sparse
}
