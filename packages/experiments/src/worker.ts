import type { CellJob, CellOptions, WatchPoint } from './engine/cell.js'
import { runCell as run } from './engine/run-cell.js'
import type { Row } from './define/experiment.js'

/**
 * A job with an optional port to which its trajectory is sent; a MessagePort is transferred, not
 * copied.
 */
export interface WorkerJob extends CellJob {
  readonly port?: { postMessage(point: WatchPoint): void }
}

/**
 * `runCell` for threads: the one argument is plain data but for an optional port, so it can be
 * posted. The pool stops a cell by terminating its thread; within a thread, `options.signal` works
 * as well.
 *
 * @throws InputError as `runCell`
 *
 * @example
 * import { runCell } from '@nonconvex/experiments/worker'
 * const job = { experiment: 'gaussian/no-overlap', params: { samples: 100 }, seed: 1 }
 * // as a thread does it: pool.run({ ...job, key: 'point=0' }, { name: 'runCell' })
 * const row = await runCell({ ...job, key: 'point=0' })
 * console.log(row.key) // → point=0
 */
export function runCell(job: WorkerJob, options: Partial<CellOptions> = {}): Promise<Row> {
  const { port, ...rest } = job
  if (!port) return run(rest, options)
  return run(rest, { ...options, watch: (point) => port.postMessage(point) })
}
