import {
  CellError,
  InputError,
  runExperiment,
  type Experiment,
  type ParamValues,
  type Progress,
  type Result,
} from '@nonconvex/experiments'
import { Stop, unfinished } from '../exit.js'
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
  /** how to continue, for the message of a cell that failed */
  readonly goOn: string
}

/**
 * Runs the cells that are not in the log yet, and concludes. If `signal` aborts, the result is
 * partial.
 *
 * @throws Stop (3) if a cell fails for another reason than bad input
 */
export async function runWork(host: Host, pool: Pool, work: Work): Promise<Result> {
  const { experiment, params, seed, threads, log, signal, onProgress, goOn } = work
  try {
    const result = await runExperiment(experiment, {
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
    const failed = result.failures?.at(0)
    if (failed) throw new CellError(experiment.id, failed.key, failed.message, result.rows)
    return result
  } catch (error) {
    if (error instanceof CellError && !(error.cause instanceof InputError))
      throw unfinished('cell-failed', `${error.message}\n${goOn}`, { cause: error })
    throw error
  }
}

/** Why an experiment gave no result. */
export interface Failure {
  /** the cell that failed; absent if something else did, such as the conclusion */
  readonly cell?: string
  readonly message: string
}

/**
 * What of an experiment failed, or undefined where the fault is with the whole run: bad input, a
 * full disk.
 */
export function failureOf(error: unknown): Failure | undefined {
  const inner = error instanceof Stop && error.cause instanceof CellError ? error.cause : error
  if (inner instanceof CellError) return { cell: inner.key, message: words(inner.cause) }
  if (inner instanceof Stop || inner instanceof InputError) return undefined
  return { message: words(inner) }
}

/** 'cell "k=3": the cell broke'. */
export const failureText = ({ cell, message }: Failure): string =>
  cell === undefined ? message : `cell "${cell}": ${message}`

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))
