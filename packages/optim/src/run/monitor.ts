import { ArgumentError } from '@nonconvex/tensor'
import { standsTo } from '../claims/decide.js'
import type { Claim, Relation } from '../claims/verdict.js'

/** A violation of a bound at one step. */
export interface Breach {
  /** id of the claim */
  readonly claim: string
  readonly step: number
  readonly measured: number
  readonly relation: Relation
  readonly bound: number
}

/**
 * A monitor, which checks a claim at every step. Step t makes state t; the initial state is state
 * 0, and no state precedes it.
 *
 * `check` alone is enough. For a monitor that also has `room`, the distance to the bound, a run
 * records the smallest room and its step, and calls `check` only where the room is negative or NaN.
 * So nothing is allocated or computed twice while the bound holds. `boundMonitor` makes such
 * monitors.
 */
export interface Monitor<S> {
  readonly claim: Claim
  /** the breach at this step, if there is one */
  check(now: S, before: S | undefined, step: number): Breach | undefined
  /** distance to the bound, slack included; negative exactly where `check` finds a breach */
  room?(now: S, before: S | undefined, step: number): number
  /**
   * true: the claim concerns a step, from the state before to this one, so the initial state is not
   * checked
   */
  readonly transition?: boolean
}

/**
 * The options of `boundMonitor`: a number computed from the state and its bound, which may depend
 * on the step.
 */
export interface BoundOptions<S> {
  readonly claim: Claim
  readonly measured: (now: S, before: S, step: number) => number
  readonly relation: Relation
  readonly bound: number | ((now: S, before: S, step: number) => number)
  /** ≥ 0, absolute, default 0: the error budget, in favor of the claim as in `standsTo` */
  readonly slack?: number | ((now: S, before: S, step: number) => number)
  /** true: skip the initial state. Without it, `before` is the initial state itself at step 0 */
  readonly transition?: boolean
}

/**
 * Makes a monitor that compares a number computed from the state with a bound:
 *
 *     room = bound + slack − measured  ('<='),  measured − (bound − slack)  ('>='),  slack − |measured − bound|  ('==')
 *
 * A measured number, bound or slack that is NaN gives room NaN, and stops the run as `not-finite`.
 *
 * @throws ArgumentError if a constant slack is negative or not finite
 *
 * @example
 * import { boundMonitor } from '@nonconvex/optim'
 * const descent = boundMonitor<{ loss: number }>({
 *   claim: { id: 'demo/descent', title: 'The loss never rises', rigor: 'float64', source: {} },
 *   measured: (now) => now.loss,
 *   relation: '<=',
 *   bound: (_, before) => before.loss,
 *   transition: true,
 * })
 * console.log(descent.check({ loss: 3 }, { loss: 2 }, 7)?.step) // → 7
 */
export function boundMonitor<S>(options: BoundOptions<S>): Monitor<S> {
  const { claim, measured, relation, bound, slack = 0, transition = false } = options
  if (typeof slack === 'number' && !(slack >= 0 && slack < Infinity))
    throw new ArgumentError(
      `boundMonitor: expected slack >= 0 and finite for ${claim.id}, got ${slack}`,
    )
  return {
    claim,
    transition,
    room(now, before = now, step) {
      const x = measured(now, before, step)
      const b = typeof bound === 'number' ? bound : bound(now, before, step)
      const s = typeof slack === 'number' ? slack : slack(now, before, step)
      return relation === '<=' ? b + s - x : relation === '>=' ? x - (b - s) : s - Math.abs(x - b)
    },
    check(now, before = now, step) {
      const x = measured(now, before, step)
      const b = typeof bound === 'number' ? bound : bound(now, before, step)
      const s = typeof slack === 'number' ? slack : slack(now, before, step)
      if (standsTo(x, relation, b, s)) return undefined
      return { claim: claim.id, step, measured: x, relation, bound: b }
    },
  }
}
