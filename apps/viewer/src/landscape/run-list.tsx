import type { Run } from './descent.js'
import type { Place } from './places.js'
import { countText, runText } from './words.js'

interface Props {
  readonly byHand: readonly Run[]
  readonly byChance: readonly Run[]
  /** whether no descent is still under way */
  readonly all: boolean
  readonly places: readonly Place[]
}

/** Where the descents ended, the newest first. */
export function RunList({ byHand, byChance, all, places }: Props) {
  if (all && byHand.length + byChance.length === 0)
    return (
      <p class="invitation">Click on the picture, or press Enter there: gradient descent starts.</p>
    )
  return (
    <ul class="runs">
      {!all && <li class="waiting">Descents are under way…</li>}
      {byChance.length > 0 && <li>{countText(byChance, places)}</li>}
      {byHand.toReversed().map((run) => (
        <li key={`${run.start.x},${run.start.y}`} class={run.kind}>
          {runText(run, places)}
        </li>
      ))}
    </ul>
  )
}
