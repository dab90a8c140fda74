import { findExperiment, type CellJob, type Row } from '@nonconvex/experiments'
import { runCell } from '@nonconvex/experiments/worker'
import type { TrajectoryPoint } from './messages.js'

/** Points of a trajectory are reported at most this often, in milliseconds. */
const pause = 100

/** The worker that does the work of one cell at a time. */
export interface CellWorker {
  /** brings the program of an experiment */
  prepare(experiment: string): Promise<void>
  cell(job: CellJob, watch: (point: TrajectoryPoint) => void): Promise<Row>
}

export const createCellWorker = (): CellWorker => ({
  async prepare(experiment) {
    await findExperiment(experiment).work()
  },

  cell(job, watch) {
    let free = performance.now()
    return runCell(job, {
      signal: new AbortController().signal,
      watch: (point) => {
        const now = performance.now()
        if (now < free) return
        free = now + pause
        watch(point)
      },
    })
  },
})
