import type { Breach } from '@nonconvex/optim'
import type { Net } from '../network/net.js'
import type { EngineKind } from './engine-kind.js'

/**
 * The status in which a run ended.
 *
 * - `converged`: every example was visited without an update since the last one, so the loss is
 *   exactly 0
 * - `max-steps`: the step limit was reached first
 * - `violated`: a potential violated its bound; see `breach`
 * - `not-finite`: an output or a potential overflowed; the step is in the message
 * - `aborted`: by the signal
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
  /** the update that attains it; 0 if there was none */
  readonly update: number
}

/** Both potentials along the updates: entry t is after update t, entry 0 at initialization. */
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
  /** T, the number of visits */
  readonly steps: number
  /** the step of the last update, counted from 1; 0 if there was none */
  readonly lastUpdate: number
  /** c, the number of distinct examples ever updated */
  readonly distinct: number
  /** updates with at least one active unit; the others change no weight when alpha = 0 */
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
   * Number of units with distinct sign or initial weights. Equal ones stay identical: for W₀ = 0
   * the network has 2 distinct units for every k.
   */
  readonly distinctUnits: number
  /**
   * [U · ⌈2k/8⌉] with option `slopes`: unit j was active at update u if bit j mod 8 of byte ⌊j/8⌋
   * of its bytes is set
   */
  readonly slopes?: Uint8Array
  /** the current network */
  readonly net: Net
  /** the engine at the end */
  readonly engine: EngineKind
  readonly trace?: SgdTrace
  readonly breach?: Breach
}
