import {
  conclude,
  findExperiment,
  runExperiment,
  type Failure,
  type Row,
  type RunOptions,
} from '@nonconvex/experiments'
import { createPool } from './cell-pool.js'
import type { Conductor, Job, Listener } from './messages.js'

/**
 * Conducts one run: hands its cells to the pool and says what the rows so far mean. To stop it,
 * terminate its worker: the cell workers end with it.
 */
export function createConductor(): Conductor {
  const cores = Math.max(1, Math.min(navigator.hardwareConcurrency || 1, 16))
  const pool = createPool(cores)
  return {
    async prepare(experiment) {
      await Promise.allSettled([findExperiment(experiment).work(), pool.prepare(experiment)])
    },

    run(job, listener) {
      return new Promise((resolve, reject) => {
        const failures: Failure[] = []
        runExperiment(findExperiment(job.experiment), {
          params: job.params,
          seed: job.seed,
          concurrency: cores,
          execute: pool.execute,
          onRow: reporter(job, listener, failures, reject),
          onFailure: (failure) => {
            failures.push(failure)
            listener.failure(failure)
          },
          onWatch: (point, key) => {
            listener.point(key, point)
          },
        }).then(resolve, reject)
      })
    },

    partial(job, rows) {
      return runExperiment(findExperiment(job.experiment), {
        params: job.params,
        seed: job.seed,
        rows,
        signal: AbortSignal.abort(),
      })
    },
  }
}

/**
 * Reports each row at once, and concludes as often as leaves four fifths of the time to the run
 * and as the page can show.
 */
function reporter(
  job: Job,
  listener: Listener,
  failures: readonly Failure[],
  onError: (error: unknown) => void,
): NonNullable<RunOptions['onRow']> {
  const experiment = findExperiment(job.experiment)
  const total = experiment.cells(job.params).length
  let done = 0
  let free = 0
  let shown = true
  const tell = async (rows: readonly Row[]): Promise<void> => {
    const start = performance.now()
    const conclusion = await conclude(experiment, rows, job.params, failures)
    const now = performance.now()
    free = now + Math.max(100, 4 * (now - start))
    await listener.conclusion(conclusion)
    shown = true
  }
  return (row, soFar) => {
    done += 1
    listener.row(row, done)
    if (performance.now() < free || !shown || done + failures.length === total) return
    shown = false
    tell(soFar()).catch(onError)
  }
}
