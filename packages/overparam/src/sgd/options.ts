import { argumentError, checkCount, checkPositive, checkVector } from '@nonconvex/tensor/check'
import type { Monitor } from '@nonconvex/optim'
import { checkDataset, type Examples } from '../data/dataset.js'
import { checkNet, type Net } from '../network/net.js'
import type { EngineName } from './engine-kind.js'
import { checkOrder, type Order } from './order.js'
import type { UpdateState } from './update-state.js'

/** The progress of a run. */
export interface SgdProgress {
  readonly step: number
  readonly updates: number
  /**
   * number of examples visited without an update since the last update; the run ends when it
   * reaches n
   */
  readonly clean: number
  /** F = ⟨W, W*⟩ and S = ‖W‖² after the last update, when the run is traced */
  readonly f?: number
  readonly s?: number
}

export interface SgdOptions {
  /** units of each sign */
  readonly k: number
  /** W_0, [2k·d] row-major, from `initialWeights`; not mutated */
  readonly start: Float64Array
  readonly order: Order
  /** weight of the second layer, default 1/√(2k) */
  readonly v?: number
  /** leaky ReLU slope α in [0, 1], default 0.1 */
  readonly alpha?: number
  /** learning rate η, default 10 */
  readonly eta?: number
  /** budget, default 10,000 n */
  readonly maxSteps?: number
  /** default 'auto' */
  readonly engine?: EngineName
  /**
   * 2: in Node a second thread does half of the work on a wide network (engine `blocks`, from 128
   * distinct units), with the same bits; default 1. It pays if another core is idle.
   */
  readonly threads?: 1 | 2
  /**
   * keep the activation pattern of each update, 2k bits, from which `rebuildWeights` recomputes the
   * weights; default false
   */
  readonly slopes?: boolean
  /**
   * Compute both potentials at every update. Default monitors are those of `potentialMonitors`; the
   * first breach stops the run with the number of its update.
   */
  readonly trace?: {
    readonly wStar: Float64Array
    readonly monitors?: readonly Monitor<UpdateState>[]
  }
  /** checked between chunks of steps */
  readonly signal?: AbortSignal
  /** called between chunks of steps, a few dozen times a second */
  readonly watch?: (progress: SgdProgress) => void
}

/** The options after checking, with their defaults filled in. */
export interface SgdSetting {
  readonly net: Net
  readonly eta: number
  readonly maxSteps: number
}

/** @throws ShapeError, RangeError for a malformed data set or option */
export function settle(fn: string, data: Examples, options: SgdOptions): SgdSetting {
  checkDataset(fn, data)
  const { k, start, v = 1 / Math.sqrt(2 * k), alpha = 0.1, eta = 10 } = options
  const net = { k, d: data.x.cols, v, alpha, weights: start }
  checkNet(fn, net)
  checkPositive(fn, 'eta', eta)
  checkOrder(fn, options.order)
  const { maxSteps = 10_000 * data.x.rows, trace, threads = 1 } = options
  checkCount(fn, 'maxSteps', maxSteps)
  if (![1, 2].includes(threads))
    throw argumentError('out-of-range', fn, 'threads', 'to be 1 or 2', threads)
  if (trace) checkVector(fn, 'wStar', trace.wStar, net.d, 'd')
  return { net, eta, maxSteps }
}
