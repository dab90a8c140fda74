import {
  CellError,
  InputError,
  runExperiment,
  type Experiment,
  type ParamValues,
  type Progress,
  type Result,
} from '@nonconvex/experiments'
import { unfinished } from '../exit.js'
import type { RowsLog } from '../files/rows-log.js'
import type { Host } from '../host.js'
import type { Pool } from './pool.js'

/** One experiment to be run through a pool. */
export interface Work {
  readonly experiment: Experiment
  readonly params: ParamValues
  readonly seed: number
  readonly threads: number
  /** where finished rows are kept as they come */
  readonly log: RowsLog | undefined
  readonly signal: AbortSignal
  readonly onProgress: (progress: Progress) => void
  /** how to go on, for the message of a cell that failed */
  readonly goOn: string
}

/**
 * Runs the cells that are not in the log yet, and concludes. If `signal` aborts, the result is partial.
 *
 * @throws Stop (3) if a cell fails for another reason than bad input
 */
export async function runWork(host: Host, pool: Pool, work: Work): Promise<Result> {
  const { experiment, params, seed, threads, log, signal, onProgress, goOn } = work
  try {
    return await runExperiment(experiment, {
      params,
      seed,
      execute: pool.execute,
      concurrency: threads,
      rows: log?.rows ?? [],
      signal,
      onRow: (row) => log?.append(row),
      onProgress,
      clock: host.clock,
    })
  } catch (error) {
    if (error instanceof CellError && !(error.cause instanceof InputError))
      throw unfinished(`${error.message}\n${goOn}`, { cause: error })
    throw error
  }
}
