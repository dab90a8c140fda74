import type { Dataset } from '../data/dataset.js'
import { density, sparseRows } from '../data/sparse-rows.js'
import {
  accumulateDenseInto,
  accumulateSparseInto,
  addDenseInto,
  addSparseInto,
} from '../network/accumulate.js'

/** 'primal': dense rows; 'sparse': non-zero features only; 'auto': the cheaper one. The decisions are the same, bit for bit. */
export type EngineName = 'primal' | 'sparse' | 'auto'

/** What one step needs of the data: pre-activations of an example, and adding a multiple of it to every unit. */
export interface Engine {
  readonly name: 'primal' | 'sparse'
  /** z_j = w_j·x_i */
  activateInto(z: Float64Array, w: Float64Array, i: number): void
  /** w_j += step_j x_i */
  addInto(w: Float64Array, step: Float64Array, i: number): void
}

/** Above this share of non-zero entries the dense loops are faster. */
const DENSE_FROM = 0.7

/** The engine for a data set. Weights are laid out by feature. */
export function engineFor(name: EngineName, data: Dataset): Engine {
  const { x } = data
  const dense: Engine = {
    name: 'primal',
    activateInto: (z, w, i) => accumulateDenseInto(z, w, x.data, i * x.cols, x.cols),
    addInto: (w, step, i) => addDenseInto(w, step, x.data, i * x.cols, x.cols),
  }
  if (name === 'primal') return dense
  const rows = sparseRows(x)
  if (name === 'auto' && density(rows) > DENSE_FROM) return dense
  const { start, index, value } = rows
  return {
    name: 'sparse',
    activateInto: (z, w, i) => accumulateSparseInto(z, w, index, value, start[i], start[i + 1]),
    addInto: (w, step, i) => addSparseInto(w, step, index, value, start[i], start[i + 1]),
  }
}
