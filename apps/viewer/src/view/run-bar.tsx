import { findExperiment, type Experiment } from '@nonconvex/experiments'
import type { Run } from '../state/run.js'
import { runs } from '../state/runs.js'
import { numberText, secondsText } from '../state/text.js'
import { Seed, SeedError } from './seed.js'

/** Run and Stop, the seed with its die, and how far the run is. */
export function RunBar({ experiment }: { experiment: Experiment }) {
  const run = runs.runOf(experiment.id).value
  const running = run?.status === 'running' || run?.status === 'waiting'
  return (
    <div class="run-bar">
      <div class="buttons">
        {/* one button, so that the keyboard stays where it was */}
        <button
          type={running ? 'button' : 'submit'}
          class="strong"
          onClick={running ? halt(experiment.id) : undefined}
        >
          {running ? 'Stop' : 'Run'}
        </button>
        <Seed />
      </div>
      <SeedError />
      <p class="progress">{run ? progressText(run) : ' '}</p>
      {running && (
        <progress
          class="bar"
          max={run.total}
          value={run.done + run.failures.length}
          aria-label="cells done"
        />
      )}
    </div>
  )
}

/** The click must not submit the form, which it would: by then the button says Run again. */
const halt = (id: string) => (event: Event) => {
  event.preventDefault()
  runs.stop(id)
}

/** What else runs, which a waiting run waits for. */
function waitText(): string {
  const other = runs.runningId.value
  return other === undefined ? 'waiting' : `waiting for ${findExperiment(other).name}`
}

function progressText(run: Run): string {
  const cells = (count: number) => (count === 1 ? '1 cell' : `${count} cells`)
  switch (run.status) {
    case 'waiting':
      return waitText()
    case 'running': {
      const at = Object.entries(run.point ?? {})
        .slice(0, 2)
        .map(([name, value]) => `, ${name} ${numberText(value, 3)}`)
      return `cell ${Math.min(run.done + 1, run.total)} of ${run.total}${at.join('')}${leftText(run)}`
    }
    case 'done':
      if (run.stored === 'quick') return `stored result of the quick preset, seed ${run.seed}`
      return `${cells(run.total)}, seed ${run.seed}${timeText(run)}${failedText(run)}`
    case 'stopped':
      return `stopped after ${run.done} of ${cells(run.total)}`
    case 'failed':
      return `failed after ${run.done} of ${cells(run.total)}`
  }
}

function leftText({ left = 0 }: Run): string {
  return left < 1 ? '' : `, ${secondsText(Math.round(left))} left`
}

function failedText({ total, done }: Run): string {
  return done < total ? `, ${total - done} failed` : ''
}

function timeText(run: Run): string {
  const total = run.result?.timings.total
  return total === undefined ? '' : `, ${total.toFixed(total < 10 ? 2 : 0)} s`
}
