import { ShapeError } from '@nonconvex/tensor'
import { byFeature } from '../network/net.js'
import {
  growingFloat64,
  growingInt32,
  type GrowingFloat64,
  type GrowingInt32,
} from './growing-list.js'
import type { SmallestRoom } from './outcome.js'
import type { SgdSetting } from './options.js'

/** The data that are kept of every update: 20 bytes, and 24 more if the run is traced. */
interface UpdateLists<Integers, Reals> {
  sequence: Integers
  atStep: Integers
  active: Integers
  margins: Reals
  /** potentials after update 0, 1, … when the run is traced, otherwise empty */
  f: Reals
  s: Reals
  a: Reals
}

interface Position {
  /** visits made */
  step: number
  /** distinct examples visited without update since the last update */
  clean: number
  /** stamps[i]: the number of updates at the last visit of example i without update; −1 never */
  stamps: Int32Array
  /** by feature: entry (f, j) at f·2k + j */
  weights: Float64Array
  moving: number
  lastMoving: number
  /** activation patterns of the updates, if kept */
  slopes: Uint8Array[]
  rooms: readonly SmallestRoom[]
}

/** The state of a run: plain arrays that can be cloned, stored and resumed. */
export interface SgdState extends Position, UpdateLists<Int32Array, Float64Array> {}

/** The state while the run is in progress, with growable lists. */
export interface RunningState extends Position, UpdateLists<GrowingInt32, GrowingFloat64> {}

/** The state of a run before its first step. */
export function freshState(setting: SgdSetting, n: number): RunningState {
  const { net } = setting
  return {
    step: 0,
    clean: 0,
    stamps: new Int32Array(n).fill(-1),
    weights: byFeature(net.weights, 2 * net.k, net.d),
    moving: 0,
    lastMoving: 0,
    sequence: growingInt32(),
    atStep: growingInt32(),
    active: growingInt32(),
    margins: growingFloat64(),
    slopes: [],
    f: growingFloat64(),
    s: growingFloat64(),
    a: growingFloat64(),
    rooms: [],
  }
}

/**
 * @throws ShapeError if the state is that of a run with another number of examples, units or
 * features
 */
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

/** A copy of a saved state from which the run can continue. */
export function resumedState(state: SgdState): RunningState {
  return {
    ...copied(state),
    sequence: growingInt32(state.sequence),
    atStep: growingInt32(state.atStep),
    active: growingInt32(state.active),
    margins: growingFloat64(state.margins),
    f: growingFloat64(state.f),
    s: growingFloat64(state.s),
    a: growingFloat64(state.a),
  }
}

/** A copy of the state that later steps do not change. */
export function savedState(state: RunningState): SgdState {
  return {
    ...copied(state),
    sequence: state.sequence.view().slice(),
    atStep: state.atStep.view().slice(),
    active: state.active.view().slice(),
    margins: state.margins.view().slice(),
    f: state.f.view().slice(),
    s: state.s.view().slice(),
    a: state.a.view().slice(),
  }
}

const copied = (state: Position): Position => ({
  step: state.step,
  clean: state.clean,
  stamps: state.stamps.slice(),
  weights: state.weights.slice(),
  moving: state.moving,
  lastMoving: state.lastMoving,
  slopes: [...state.slopes],
  rooms: state.rooms.map((room) => ({ ...room })),
})
