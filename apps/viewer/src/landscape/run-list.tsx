import type { Run } from './descent.js'
import type { CriticalPoint } from './critical-points.js'
import { describeRandomRuns, describeRun } from './describe.js'

interface Props {
  readonly manual: readonly Run[]
  readonly random: readonly Run[]
  /** whether all runs have ended */
  readonly all: boolean
  readonly points: readonly CriticalPoint[]
}

/** Where the runs ended, the newest first. */
export function RunList({ manual, random, all, points }: Props) {
  if (all && manual.length + random.length === 0)
    return (
      <p class="invitation">
        Click on the picture, or press Enter on it, to start gradient descent.
      </p>
    )
  return (
    <ul class="runs">
      {!all && <li class="waiting">Running gradient descent…</li>}
      {random.length > 0 && <li>{describeRandomRuns(random, points)}</li>}
      {manual.toReversed().map((run) => (
        <li key={`${run.initial.x},${run.initial.y}`} class={run.kind}>
          {describeRun(run, points)}
        </li>
      ))}
    </ul>
  )
}
