import { numberText } from '../state/text.js'
import { PlayBar } from '../view/play-bar.js'
import { ScrubBar } from '../view/scrub-bar.js'
import type { Scrub } from '../view/scrub.js'
import { useFrames } from '../view/use-frames.js'
import type { Run } from './descent.js'
import { lossAt } from './progress.js'

/** Plays all descents at once, step by step. */
export function PlayPart({ scrub, runs }: { scrub: Scrub; runs: readonly Run[] }) {
  const mode = scrub.mode.value
  useFrames((passed) => scrub.tick(passed), [scrub, mode])
  if (runs.length === 0) return null
  const t = scrub.at.value
  const text = lossesText(runs, t < scrub.most ? t : Infinity)
  return (
    <div class="play-part">
      <PlayBar player={scrub} label="Steps of gradient descent" />
      <ScrubBar scrub={scrub} what="step" label="step of gradient descent" />
      <p class="losses">{text}</p>
      <p class="visually-hidden" role="status">
        {mode === 'paused' && t < scrub.most ? `Step ${t}: ${text}` : ''}
      </p>
    </div>
  )
}

function lossesText(runs: readonly Run[], iteration: number): string {
  const losses = runs.map((run) => lossAt(run, iteration))
  const [least, most] = [Math.min(...losses), Math.max(...losses)].map((x) => numberText(x, 2))
  return runs.length === 1 ? `loss ${least}` : `losses from ${least} to ${most}`
}
