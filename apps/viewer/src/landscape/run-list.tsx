import type { Run } from './descent.js'
import type { CriticalPoint } from './critical-points.js'
import { describeRandomRuns, describeRun } from './describe.js'

interface Props {
  readonly manual: readonly Run[]
  readonly random: readonly Run[]
  /** whether no descent is still under way */
  readonly all: boolean
  readonly points: readonly CriticalPoint[]
}

/** Where the descents ended, the newest first. */
export function RunList({ manual, random, all, points }: Props) {
  if (all && manual.length + random.length === 0)
    return (
      <p class="invitation">Click on the picture, or press Enter there: gradient descent starts.</p>
    )
  return (
    <ul class="runs">
      {!all && <li class="waiting">Descents are under way…</li>}
      {random.length > 0 && <li>{describeRandomRuns(random, points)}</li>}
      {manual.toReversed().map((run) => (
        <li key={`${run.initial.x},${run.initial.y}`} class={run.kind}>
          {describeRun(run, points)}
        </li>
      ))}
    </ul>
  )
}
