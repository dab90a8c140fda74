import { runCell, type CellJob } from '@nonconvex/experiments/worker'
import type { Row } from '@nonconvex/experiments'
import { expose } from 'comlink'
import type { Point } from './messages.js'

/** Points of a trajectory are told at most this often, in milliseconds. */
const pause = 100

/** The worker that does the work of one cell at a time. */
export interface CellWorker {
  cell(job: CellJob, watch: (point: Point) => void): Promise<Row>
}

const worker: CellWorker = {
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
}

expose(worker)
