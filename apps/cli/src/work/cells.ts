import {
  CellError,
  InputError,
  runExperiment,
  type Experiment,
  type ParamValues,
  type Progress,
  type Result,
} from '@nonconvex/experiments'
import { Stop } from '../exit.js'
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
}

/** A result, and the error behind its first failure, for a stack trace. */
export interface Finished {
  readonly result: Result
  readonly cause: unknown
}

/**
 * Runs the cells that are not in the log yet, and concludes. A cell that fails is listed in the
 * failures of the result. If `signal` aborts, the result is partial.
 *
 * @throws CellError if a cell fails because of its input
 */
export async function runWork(host: Host, pool: Pool, work: Work): Promise<Finished> {
  const { experiment, params, seed, threads, log, signal, onProgress } = work
  const causes = new Map<string, unknown>()
  const result = await runExperiment(experiment, {
    params,
    seed,
    execute: async (job, options) => {
      try {
        return await pool.execute(job, options)
      } catch (error) {
        causes.set(job.key, error)
        throw error
      }
    },
    concurrency: threads,
    rows: log?.rows ?? [],
    signal,
    onRow: (row) => log?.append(row),
    onProgress,
    clock: host.clock,
  })
  const { timings } = result
  const total = timings.total + (log?.seconds ?? 0)
  return {
    result: { ...result, timings: { ...timings, total } },
    cause: causes.get(result.failures?.at(0)?.key ?? ''),
  }
}

/** What failed of a result: cells without a row, and claims that could not be decided. */
export function failuresOf({ failures = [], verdicts }: Result): readonly Failure[] {
  const claims = new Set(verdicts.map(({ claim }) => claim))
  return failures.map(({ key, message }) =>
    claims.has(key) ? { message: `claim ${key}: ${message}` } : { cell: key, message },
  )
}

/** What failed of an experiment, and why. */
export interface Failure {
  /** the cell that failed; absent if something else failed, such as the conclusion */
  readonly cell?: string
  readonly message: string
}

/**
 * Why an experiment has no result, or undefined where the fault is with the whole run: bad input, a
 * full disk.
 */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CellError) return { cell: error.key, message: words(error.cause) }
  if (error instanceof Stop || error instanceof InputError) return undefined
  return { message: words(error) }
}

/** 'cell "k=3": the cell broke'. */
export const failureText = ({ cell, message }: Failure): string =>
  cell === undefined ? message : `cell "${cell}": ${message}`

const words = (error: unknown): string => (error instanceof Error ? error.message : String(error))
