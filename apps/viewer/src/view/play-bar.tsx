import type { ReadonlySignal } from '@preact/signals'
import { useReducedMotion } from './use-reduced-motion.js'

/** What is shown update by update: it goes to its end at once, plays, or waits. */
export interface Playable {
  readonly mode: ReadonlySignal<'ending' | 'playing' | 'paused'>
  play(): void
  pause(): void
  step(): void
  /** back to the initialization */
  restart(): void
  finish(): void
}

interface Props {
  readonly player: Playable
  /** what is played */
  readonly label?: string
}

/** Play and Pause, one update, the end, the initialization. */
export function PlayBar({ player, label = 'Updates of SGD' }: Props) {
  const mode = player.mode.value
  const still = useReducedMotion()
  const busy = mode !== 'paused'
  return (
    <div class="play-bar" role="group" aria-label={label}>
      {(!still || busy) && (
        <button
          type="button"
          class="strong"
          onClick={() => {
            if (busy) player.pause()
            else player.play()
          }}
        >
          {busy ? 'Pause' : 'Play'}
        </button>
      )}
      <button
        type="button"
        class={still ? 'strong' : 'plain'}
        onClick={() => {
          player.step()
        }}
      >
        Step
      </button>
      <button
        type="button"
        class="plain"
        onClick={() => {
          player.restart()
        }}
      >
        to the initialization
      </button>
      <button
        type="button"
        class="plain"
        onClick={() => {
          player.finish()
        }}
      >
        to the end
      </button>
    </div>
  )
}
