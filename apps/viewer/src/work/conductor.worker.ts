import { conclude, findExperiment, runExperiment, type RunOptions } from '@nonconvex/experiments'
import { expose } from 'comlink'
import { createPool } from './cell-pool.js'
import type { Conductor, Job, Listener } from './messages.js'

// Conducts one run: hands its cells to the pool and says what the rows so far mean. To stop it, terminate
// it: its cell workers end with it.

const cores = Math.max(1, Math.min(navigator.hardwareConcurrency || 1, 16))
const pool = createPool(cores)

const conductor: Conductor = {
  run(job, listener) {
    return runExperiment(findExperiment(job.experiment), {
      params: job.params,
      seed: job.seed,
      concurrency: cores,
      execute: pool,
      onRow: teller(job, listener),
      onWatch: (point, key) => {
        listener.point(key, point)
      },
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

expose(conductor)

/**
 * Tells of each row at once, and concludes as often as leaves four fifths of the time to the run and as
 * the page can show.
 */
function teller(job: Job, listener: Listener): NonNullable<RunOptions['onRow']> {
  const experiment = findExperiment(job.experiment)
  const total = experiment.cells(job.params).length
  let done = 0
  let free = 0
  let shown = true
  return (row, soFar) => {
    done += 1
    listener.row(row, done)
    const start = performance.now()
    if (start < free || !shown || done === total) return
    shown = false
    void listener.conclusion(conclude(experiment, soFar(), job.params)).finally(() => {
      shown = true
    })
    const now = performance.now()
    free = now + Math.max(100, 4 * (now - start))
  }
}
