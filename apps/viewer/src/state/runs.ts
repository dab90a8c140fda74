import type {
  Conclusion,
  Experiment,
  Failure,
  ParamValues,
  Result,
  Row,
} from '@nonconvex/experiments'
import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import type { Job, TrajectoryPoint } from '../work/messages.js'
import { createRunner, type Runner } from '../work/runner.js'
import { keepEqual } from './keep-equal.js'

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
  /** the last run's conclusion, which stands there until this run has one of its own */
  readonly before?: Conclusion
  /** cells that failed, and claims that could not be decided; the others go on */
  readonly failures: readonly Failure[]
  /** where a cell is now */
  readonly point?: TrajectoryPoint
  /** the document: there when the run is done, and soon after it was stopped */
  readonly result?: Result
  /** why it failed */
  readonly message?: string
}

const runs = new Map<string, Signal<Run | undefined>>()
const current = signal<string | undefined>(undefined)
let shared: Runner | undefined
/** stops the run that goes on */
let halt: (() => void) | undefined

/** The last run of an experiment, if there was one since the page was opened. */
export function runOf(id: string): ReadonlySignal<Run | undefined> {
  return slot(id)
}

/** The experiment that runs now. */
export const runningId: ReadonlySignal<string | undefined> = current

/**
 * Starts the workers and brings them the experiment's program, so that its run need not wait for
 * them.
 */
export function warmUp(experiment: Experiment): void {
  shared ??= createRunner()
  shared.expect(experiment.id)
}

/** Runs an experiment; what else is running stops. */
export function start(experiment: Experiment, params: ParamValues, seed: number): void {
  stop()
  const total = experiment.cells(params).length
  const record = slot(experiment.id)
  const before = record.value?.conclusion ?? record.value?.before
  record.value = {
    status: 'running',
    experiment,
    params,
    seed,
    done: 0,
    total,
    failures: [],
    ...(before && { before }),
  }
  current.value = experiment.id
  halt = follow(record, (shared ??= createRunner()), { experiment: experiment.id, params, seed })
}

/** Stops what is running, at once; what it found so far stays. */
export function stop(): void {
  halt?.()
}

/**
 * Runs a job and keeps its record; returns what stops it, after which nothing more is heard of it.
 */
function follow(record: Signal<Run | undefined>, runner: Runner, job: Job): () => void {
  const rows: Row[] = []
  const failed: Failure[] = []
  let heard = true
  const update = (change: Partial<Run>) => {
    if (heard && record.value) record.value = { ...record.value, ...change }
  }
  const end = (change: Partial<Run>) => {
    if (!heard) return
    update(change)
    heard = false
    halt = undefined
    current.value = undefined
  }
  runner
    .run(job, {
      row: (row, done) => {
        rows.push(row)
        update({ done })
      },
      failure: (failure) => {
        failed.push(failure)
        update({ failures: [...failed] })
      },
      conclusion: (conclusion) => {
        update({
          conclusion: keepEqual(shown(record), conclusion),
          failures: [...failed, ...(conclusion.failures ?? [])],
        })
        return painted()
      },
      point: (_key, point) => {
        update({ point })
      },
    })
    .then(
      (result) => {
        const conclusion = keepEqual(shown(record), result)
        end({
          status: 'done',
          result,
          conclusion,
          done: result.rows.length,
          failures: result.failures ?? [],
        })
      },
      (error: unknown) => {
        // What failed may be the worker itself.
        if (heard) runner.stop()
        end({ status: 'failed', message: error instanceof Error ? error.message : String(error) })
      },
    )
  return () => {
    runner.stop()
    end({ status: 'stopped', done: rows.length })
    void keepPartial(record, runner, job, rows, failed)
  }
}

/** Writes the document of a stopped run, unless another has replaced it meanwhile. */
async function keepPartial(
  record: Signal<Run | undefined>,
  runner: Runner,
  job: Job,
  rows: readonly Row[],
  failed: readonly Failure[],
): Promise<void> {
  const stopped = record.value
  if (rows.length === 0) return
  const result = await runner.partial(job, rows)
  if (stopped && record.value === stopped)
    record.value = {
      ...stopped,
      result,
      conclusion: keepEqual(shown(record), result),
      failures: [...failed, ...(result.failures ?? [])],
    }
}

/** What the page shows of this experiment now. */
function shown({ value }: Signal<Run | undefined>): Conclusion | undefined {
  return value?.conclusion ?? value?.before
}

/** Resolves when the page has been painted, with what was drawn after that. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        setTimeout(resolve)
      })
    })
  })
}

function slot(id: string): Signal<Run | undefined> {
  let found = runs.get(id)
  if (!found) runs.set(id, (found = signal<Run | undefined>(undefined)))
  return found
}
