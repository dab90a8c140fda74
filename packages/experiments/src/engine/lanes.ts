import type { Row } from '../define/experiment.js'
import { failureOf, type Failure } from '../define/failure.js'
import { InputError } from '../define/input-error.js'
import { CellError } from './cell-error.js'
import { checkRow, type CellJob, type Execute, type WatchPoint } from './cell.js'

interface Work {
  readonly jobs: readonly CellJob[]
  readonly execute: Execute
  readonly lanes: number
  readonly signal: AbortSignal | undefined
  readonly clock: () => number
  readonly onRow: (row: Row, seconds: number) => void
  readonly onWatch: ((point: WatchPoint, key: string) => void) | undefined
  readonly soFar: () => readonly Row[]
  readonly onFailure: (failure: Failure) => void
}

/** Longest time that lanes keep other tasks of the thread waiting between two cells, in seconds. */
const patience = 0.012

/**
 * Runs the jobs in order, `lanes` at a time. Resolves when all are done or at once when `signal`
 * aborts; jobs in progress are then aborted by their own signal, and their results are ignored.
 */
export async function runCells(work: Work): Promise<void> {
  const stop = new AbortController()
  const onAbort = (): void => stop.abort(work.signal?.reason)
  if (work.signal?.aborted) return
  work.signal?.addEventListener('abort', onAbort, { once: true })
  const stopped = new Promise<void>((resolve) => {
    stop.signal.addEventListener('abort', () => resolve(), { once: true })
  })

  let failure: Error | undefined
  const fail = (error: Error): void => {
    if (stop.signal.aborted) return
    failure = error
    stop.abort(error)
  }
  const queue = work.jobs.values()
  const lanes = Array.from({ length: Math.min(work.lanes, work.jobs.length) }, () =>
    lane(work, queue, stop.signal, fail),
  )
  await Promise.race([Promise.all(lanes), stopped])
  work.signal?.removeEventListener('abort', onAbort)
  if (failure) throw failure
}

/** Takes the next job until there is none. Never rejects: errors go to `fail`. */
async function lane(
  work: Work,
  queue: Iterator<CellJob>,
  signal: AbortSignal,
  fail: (error: Error) => void,
): Promise<void> {
  let paused = work.clock()
  for (let next = queue.next(); !next.done; next = queue.next()) {
    const job = next.value
    const started = work.clock()
    let row: Row
    let seconds: number | undefined
    try {
      const watch = (point: WatchPoint): void => {
        if (!signal.aborted) work.onWatch?.(point, job.key)
      }
      row = checkRow(
        await work.execute(job, {
          signal,
          watch,
          took: (own) => {
            seconds = own
          },
        }),
        job.key,
      )
    } catch (cause) {
      // what a user can mend ends the run; a cell that fails by itself fails its claims only
      if (cause instanceof InputError)
        return fail(new CellError(job.experiment, job.key, cause, work.soFar()))
      if (signal.aborted) return
      work.onFailure(failureOf(job.key, cause))
      continue
    }
    if (signal.aborted) return
    const now = work.clock()
    try {
      work.onRow(row, seconds ?? now - started)
    } catch (error) {
      return fail(error instanceof Error ? error : new Error(String(error)))
    }
    if (now - paused > patience) {
      await pause()
      paused = work.clock()
    }
    if (signal.aborted) return
  }
}

/** Lets timers, messages and signals of this thread have their turn. */
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
