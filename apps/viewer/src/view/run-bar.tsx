import { findExperiment, type Experiment } from '@nonconvex/experiments'
import { useRef } from 'preact/hooks'
import { isUnderWay, type Run } from '../state/run.js'
import { runs } from '../state/runs.js'
import { numberText, secondsText } from '../state/text.js'
import { Seed, SeedError } from './seed.js'

/** Run and Stop, the seed with its die, and how far the run is. */
export function RunBar({ experiment }: { experiment: Experiment }) {
  const run = runs.runOf(experiment.id).value
  const busy = isUnderWay(run)
  const start = useRef<HTMLButtonElement>(null)
  return (
    <div class="run-bar">
      <div class="buttons">
        {/* stays where it is: who aims at Run while a run begins by itself must not hit Stop */}
        <button ref={start} type="submit" class="strong" aria-disabled={busy}>
          Run
        </button>
        <Seed />
      </div>
      <SeedError />
      <div class="under-way">
        <p class="progress">{run ? progressText(run) : ' '}</p>
        {busy && (
          <button
            type="button"
            class="plain"
            onClick={() => {
              runs.stop(experiment.id)
              start.current?.focus()
            }}
          >
            Stop
          </button>
        )}
      </div>
      {run && busy && (
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
