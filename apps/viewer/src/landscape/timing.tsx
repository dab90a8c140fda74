import type { ReadonlySignal } from '@preact/signals'
import { GRID } from './map-picture.js'

/** How long the last redraw took the page, all in all: the loss, its critical points, the descents, the picture. */
export function Timing({ timing }: { timing: ReadonlySignal<string> }) {
  if (timing.value === '') return null
  const [count, time] = timing.value.split(' ')
  return (
    <p class="timing" data-redraws={count} data-milliseconds={time}>
      Redrawn in {time} ms, the loss at {GRID} × {GRID} points.
    </p>
  )
}
