import type { Breach } from '@nonconvex/optim'
import type { Net } from '../network/net.js'
import type { EngineKind } from './engine-kind.js'

/**
 * How a run ended.
 *
 * - `converged`: every example was seen without an update since the last one, so the loss is
 *   exactly 0
 * - `max-steps`: the budget ran out first
 * - `violated`: a potential broke its line; see `breach`
 * - `not-finite`: an output or a potential overflowed; the step is in the message
 * - `aborted`: the signal asked for it
 * - `running`: not ended yet
 */
export type SgdStatus =
  | 'converged'
  | 'max-steps'
  | 'violated'
  | 'not-finite'
  | 'aborted'
  | 'running'

/** The smallest distance of a traced run to one of its bounds, over all updates. */
export interface SmallestRoom {
  readonly claim: string
  readonly room: number
  /** the update at which it was met; 0 if there was none */
  readonly update: number
}

/** Both potentials along the updates: entry t is after update t, entry 0 at the start. */
export interface SgdTrace {
  readonly f: Float64Array
  readonly s: Float64Array
  readonly a: Float64Array
  /** in the order of the monitors */
  readonly rooms: readonly SmallestRoom[]
}

export interface SgdOutcome {
  readonly status: SgdStatus
  readonly message: string
  /** U, the number of updates: visits with y N(x) < 1 */
  readonly updates: number
  /** T, the number of visits until the stop */
  readonly steps: number
  /** the step of the last update, counted from 1; 0 if there was none */
  readonly lastUpdate: number
  /** c, the number of distinct examples ever updated */
  readonly distinct: number
  /** updates with an active unit: the others move nothing when alpha = 0 */
  readonly moving: number
  /** the step of the last of them */
  readonly lastMoving: number
  /** [U] the example of each update */
  readonly sequence: Int32Array
  /** [U] the step of each update, counted from 1 */
  readonly atStep: Int32Array
  /** [U] units with slope 1 at each update */
  readonly active: Int32Array
  /** [U] y N(x) just before each update */
  readonly margins: Float64Array
  /**
   * Units that differ in sign or start. Equal ones stay equal for ever: from zero it is a network
   * of 2 units, whatever k says, and shows nothing of width.
   */
  readonly distinctUnits: number
  /**
   * [U · ⌈2k/8⌉] with option `slopes`: unit j was active at update u if bit j mod 8 of byte ⌊j/8⌋
   * of its bytes is set
   */
  readonly slopes?: Uint8Array
  /** the network as it is now */
  readonly net: Net
  /** the one at the end */
  readonly engine: EngineKind
  readonly trace?: SgdTrace
  readonly breach?: Breach
}
