import type { ReadonlySignal } from '@preact/signals'
import { GRID } from './map-picture.js'

interface Props {
  readonly timing: ReadonlySignal<string>
  /** how long descents took that came after the loss, in milliseconds */
  readonly later: number
}

/**
 * How long the last redraw took the page, all in all: the loss, its critical points, the picture,
 * and such descents as came with it.
 */
export function Timing({ timing, later }: Props) {
  if (timing.value === '') return null
  const [count, time] = timing.value.split(' ')
  return (
    <p class="timing" data-redraws={count} data-milliseconds={time}>
      Redrawn in {time} ms, the loss at {GRID} × {GRID} points.
      {later > 0 && ` The descents were there ${later.toFixed(0)} ms later.`}
    </p>
  )
}
