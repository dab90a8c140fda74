import type { RunningState } from './state.js'
import { slopeSum, type UpdateState } from './update-state.js'

/**
 * The state of the last update of a run, with its potentials; `norms2` and `separations` are ‖x_i‖²
 * and y_i w*·x_i of all examples.
 */
export function lastUpdateState(
  state: RunningState,
  net: { readonly k: number; readonly alpha: number },
  norms2: Float64Array,
  separations: Float64Array,
): UpdateState {
  const { sequence, atStep, active, margins, f, s, a } = state
  const t = sequence.length
  const potential = { update: t, f: f.last(0), s: s.last(0), a: a.last(0) }
  if (t === 0) {
    const none = { step: 0, example: -1, margin: 0, active: 0, slopes: 0, norm2: 0, separation: 0 }
    return { ...none, ...potential }
  }
  const [example, on] = [sequence.last(-1), active.last(0)]
  return {
    ...potential,
    step: atStep.last(0),
    example,
    margin: margins.last(0),
    active: on,
    slopes: slopeSum(on, net),
    norm2: norms2[example],
    separation: separations[example],
  }
}
