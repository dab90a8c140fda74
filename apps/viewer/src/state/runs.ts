import type { Conclusion, Experiment, ParamValues, Result, Row } from '@nonconvex/experiments'
import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Point } from '../work/messages.js'
import { createRunner, type Runner } from '../work/runner.js'

/** A run of an experiment on this page, as far as it is. */
export interface Run {
  readonly status: 'running' | 'stopped' | 'done' | 'failed'
  readonly experiment: Experiment
  readonly params: ParamValues
  readonly seed: number
  readonly done: number
  /** cells in all */
  readonly total: number
  readonly conclusion?: Conclusion
  /** where a cell is now */
  readonly point?: Point
  /** the document: there when the run is done, and soon after it was stopped */
  readonly result?: Result
  /** why it failed */
  readonly message?: string
}

const runs = new Map<string, Signal<Run | undefined>>()
const current = signal<string | undefined>(undefined)
let runner: Runner | undefined
/** makes the run that goes on deaf and stopped */
let silence: (() => void) | undefined

/** The last run of an experiment, if there was one since the page was opened. */
export function runOf(id: string): ReadonlySignal<Run | undefined> {
  return slot(id)
}

/** The experiment that runs now. */
export const runningId: ReadonlySignal<string | undefined> = current

/** Starts the workers, so that the first run need not wait for them. */
export function warmUp(): void {
  runner ??= createRunner()
}

/** Runs an experiment; what else is running stops. */
export function start(experiment: Experiment, params: ParamValues, seed: number): void {
  stop()
  const hands = (runner ??= createRunner())
  const job = { experiment: experiment.id, params, seed }
  const total = experiment.cells(params).length
  const mine = slot(experiment.id)
  const rows: Row[] = []
  mine.value = { status: 'running', experiment, params, seed, done: 0, total }
  current.value = experiment.id

  // What a stopped or replaced run still has to say is not heard.
  let heard = true
  const update = (change: Partial<Run>) => {
    if (heard && mine.value) mine.value = { ...mine.value, ...change }
  }
  silence = () => {
    update({ status: 'stopped' })
    heard = false
    current.value = undefined
    if (rows.length > 0)
      void hands.partial(job, rows).then((result) => {
        if (mine.value?.status === 'stopped' && mine.value.done === rows.length)
          mine.value = { ...mine.value, result, conclusion: result }
      })
  }

  hands
    .run(job, {
      row: (row, done) => {
        if (heard) rows.push(row)
        update({ done })
      },
      conclusion: (conclusion) => {
        update({ conclusion })
      },
      point: (_key, point) => {
        update({ point })
      },
    })
    .then(
      (result) => {
        update({ status: 'done', result, conclusion: result, done: total })
      },
      (error: unknown) => {
        update({
          status: 'failed',
          message: error instanceof Error ? error.message : String(error),
        })
      },
    )
    .finally(() => {
      if (!heard) return
      heard = false
      silence = undefined
      current.value = undefined
    })
}

/** Stops what is running, at once; what it found so far stays. */
export function stop(): void {
  if (!silence) return
  runner?.stop()
  silence()
  silence = undefined
}

function slot(id: string): Signal<Run | undefined> {
  let found = runs.get(id)
  if (!found) runs.set(id, (found = signal<Run | undefined>(undefined)))
  return found
}
