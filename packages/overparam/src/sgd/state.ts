import { ShapeError } from '@nonconvex/tensor'
import { byFeature } from '../network/net.js'
import type { SmallestRoom } from './outcome.js'
import type { SgdSetting } from './options.js'

/** Where a run stands: plain arrays that can be cloned, stored and taken up again. */
export interface SgdState {
  /** visits made */
  step: number
  /** distinct examples visited without update since the last update */
  clean: number
  /** stamps[i]: the number of updates when example i was last clean; −1 never */
  stamps: Int32Array
  /** by feature: entry (f, j) at f·2k + j */
  weights: Float64Array
  moving: number
  lastMoving: number
  sequence: number[]
  atStep: number[]
  active: number[]
  margins: number[]
  /** of each update, who was active, where that is kept */
  slopes: Uint8Array[]
  /** potentials after update 0, 1, … when the run is traced, otherwise empty */
  f: number[]
  s: number[]
  a: number[]
  rooms: readonly SmallestRoom[]
}

/** A run before its first step. */
export function freshState(setting: SgdSetting, n: number): SgdState {
  const { net } = setting
  return {
    step: 0,
    clean: 0,
    stamps: new Int32Array(n).fill(-1),
    weights: byFeature(net.weights, 2 * net.k, net.d),
    moving: 0,
    lastMoving: 0,
    sequence: [],
    atStep: [],
    active: [],
    margins: [],
    slopes: [],
    f: [],
    s: [],
    a: [],
    rooms: [],
  }
}

/** @throws ShapeError if the state is that of a run with another number of examples, units or features */
export function checkState(fn: string, state: SgdState, setting: SgdSetting, n: number): void {
  if (state.stamps.length !== n)
    throw new ShapeError(
      `${fn}: expected a state of n = ${n} examples, got one of ${state.stamps.length}`,
    )
  const { weights } = setting.net
  if (state.weights.length !== weights.length)
    throw new ShapeError(
      `${fn}: expected a state of ${weights.length} weights, got one of ${state.weights.length}`,
    )
}

/** A copy that later steps do not change. */
export function copyState(state: SgdState): SgdState {
  return {
    ...state,
    stamps: state.stamps.slice(),
    weights: state.weights.slice(),
    sequence: [...state.sequence],
    atStep: [...state.atStep],
    active: [...state.active],
    margins: [...state.margins],
    slopes: [...state.slopes],
    f: [...state.f],
    s: [...state.s],
    a: [...state.a],
    rooms: state.rooms.map((room) => ({ ...room })),
  }
}
