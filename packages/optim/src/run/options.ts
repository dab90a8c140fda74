import { ArgumentError } from '@nonconvex/tensor'
import type { Monitor } from './monitor.js'
import type { Thin } from './trace.js'

/**
 * The options of a run. Steps are numbered by the state they make: state 0 is `start`, and
 * `step(state t − 1, t)` makes state t. States are values: `step` returns a new one (one that
 * changes its argument in place works as long as no monitor reads `before`).
 */
export interface RunOptions<S> {
  readonly start: S
  readonly step: (state: S, step: number) => S
  /** called on the initial state and after every step, in this order */
  readonly monitors?: readonly Monitor<S>[]
  /** 'stop' (default): the first step with a breach ends the run; 'count': breaches are tallied */
  readonly onBreach?: 'stop' | 'count'
  /**
   * the reason to stop with 'converged', such as 'gradient norm 3e-9 <= 1e-8'; called on the
   * initial state and after every step
   */
  readonly stop?: (state: S, step: number) => string | undefined
  /** integer >= 0 */
  readonly maxSteps: number
  /**
   * numbers for the trace; called only at the steps that the trace keeps; the same names every time
   */
  readonly observe?: (state: S) => Readonly<Record<string, number>>
  readonly thin?: Thin
  /** whether all numbers of a state are finite; by default every number in it is checked */
  readonly finite?: (state: S) => boolean
  readonly signal?: AbortSignal
}

/** @throws ArgumentError on invalid options */
export function checkOptions<S>(fn: string, options: Omit<RunOptions<S>, 'start'>): void {
  const { maxSteps, onBreach = 'stop', monitors = [] } = options
  if (!Number.isSafeInteger(maxSteps) || maxSteps < 0)
    throw new ArgumentError(`${fn}: expected maxSteps to be an integer >= 0, got ${maxSteps}`)
  if (onBreach !== 'stop' && onBreach !== 'count')
    throw new ArgumentError(
      `${fn}: expected onBreach to be 'stop' or 'count', got ${String(onBreach)}`,
    )
  const ids = monitors.map((m) => m.claim.id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice !== undefined)
    throw new ArgumentError(`${fn}: expected one monitor for each claim, got two for ${twice}`)
}
