import type { Cell, Experiment, Row } from '../define/experiment.js'
import type { Failure } from '../define/failure.js'
import { InputError } from '../define/input-error.js'
import { readersOf, type Readers } from '../define/readers.js'
import { sameJson } from '../result/canonical.js'
import type { Result } from '../result/result.js'
import { cellsOf, checkRow, checkSeed, measureCell, type Execute, type WatchPoint } from './cell.js'
import { makeResult } from './conclude.js'
import { runCells } from './lanes.js'
import { hereVersions } from './versions.js'

/** How far a run is; `total` counts the cells of this shard. */
export interface Progress {
  readonly done: number
  readonly total: number
  /** of those done, how many were there before the run */
  readonly kept: number
}

export interface RunOptions extends Readers {
  /** partial, or as text; missing ones get their defaults */
  readonly params?: { readonly [name: string]: unknown }
  readonly seed: number
  /**
   * where a cell is run; default here, one after the other, yielding to the event loop in between
   */
  readonly execute?: Execute
  /** cells given to `execute` at a time; default 1 */
  readonly concurrency?: number
  /**
   * rows of an earlier run with the same parameters and seed; those of unknown cells are ignored
   */
  readonly rows?: readonly Row[]
  readonly signal?: AbortSignal
  /** after each new row; `soFar` gives all rows in the order of the cells, for `conclude` */
  readonly onRow?: (row: Row, soFar: () => readonly Row[]) => void
  /** after each cell that failed; the others go on */
  readonly onFailure?: (failure: Failure) => void
  /** once at the start and after each new row */
  readonly onProgress?: (progress: Progress) => void
  /** points of a running cell's trajectory */
  readonly onWatch?: (point: WatchPoint, key: string) => void
  /** run only the cells i with i mod of = index; 0 ≤ index < of */
  readonly shard?: { readonly index: number; readonly of: number }
  /** monotonic seconds; default `performance.now()` */
  readonly clock?: () => number
  /** the environment to record; default: as the runtime reports it */
  readonly versions?: Partial<Result['versions']>
}

/**
 * Runs an experiment: cells in order, rows in the order of the cells whenever they come.
 *
 * Everything in the result but `timings` and `versions` depends on (experiment, params, seed)
 * alone, not on where, in which order, or in how many pieces the cells were run. If `signal`
 * aborts, the promise resolves at once to a 'partial' result with the rows so far; pass these as
 * `rows` to resume.
 *
 * A cell that fails leaves no row: it is listed in `failures`, the claims that need it are
 * inconclusive, and the other cells go on. Run again with `rows` to try it once more.
 *
 * @returns status 'complete' if every cell has its row, else 'partial' (stopped, failed, or one of
 *   several shards)
 * @throws InputError if a parameter, the seed or the shard is wrong, or two given rows contradict
 * @throws CellError if a cell rejects its input (its cause is an InputError); it holds the rows so
 *   far, and running cells are aborted
 *
 * @example
 * import { findExperiment, runExperiment } from '@nonconvex/experiments'
 * const params = { samples: 10_000, points: 2 }
 * const result = await runExperiment(findExperiment('gaussian/no-overlap'), { params, seed: 1 })
 * console.log(result.status, result.rows.length, result.verdicts[0].status) // → complete 2 holds
 */
export async function runExperiment(experiment: Experiment, options: RunOptions): Promise<Result> {
  const clock = options.clock ?? (() => performance.now() / 1000)
  const started = clock()
  const params = experiment.params.parse(options.params ?? {})
  const seed = checkSeed(options.seed)
  const cells = cellsOf(experiment, params)
  const mine = shardOf(cells, options.shard)
  const rows = keptRows(options.rows ?? [], cells)
  // now, though the end needs it: the rows are concluded by the code that was there when the run
  // began
  await experiment.work()
  const pending = mine.filter((cell) => !rows.has(cell.key))
  const seconds: { [key: string]: number } = {}
  const failures: Failure[] = []

  const soFar = (): readonly Row[] => cells.flatMap(({ key }) => rows.get(key) ?? [])
  const kept = mine.length - pending.length
  const progress = (done: number): void => options.onProgress?.({ done, total: mine.length, kept })
  progress(kept)

  const byKey = new Map(pending.map((cell) => [cell.key, cell]))
  const here: Execute = (job, o) =>
    measureCell(experiment, byKey.get(job.key) as Cell, params, seed, {
      ...o,
      ...readersOf(options),
    })
  await runCells({
    jobs: pending.map(({ key }) => ({ experiment: experiment.id, params, seed, key })),
    execute: options.execute ?? here,
    lanes: laneCount(options.concurrency),
    signal: options.signal,
    clock,
    onWatch: options.onWatch,
    soFar,
    onFailure: (failure) => {
      failures.push(failure)
      options.onFailure?.(failure)
    },
    onRow: (row, took) => {
      rows.set(row.key, row)
      seconds[row.key] = took
      options.onRow?.(row, soFar)
      progress(kept + Object.keys(seconds).length)
    },
  })
  return makeResult(experiment, {
    params,
    seed,
    rows: soFar(),
    failures: cells.flatMap(({ key }) => failures.filter((failure) => failure.key === key)),
    timings: { total: clock() - started, cells: seconds },
    versions: { ...hereVersions(), ...options.versions },
  })
}

function shardOf(cells: readonly Cell[], shard: RunOptions['shard']): readonly Cell[] {
  if (!shard) return cells
  const { index, of } = shard
  const fine = Number.isSafeInteger(index) && Number.isSafeInteger(of) && 0 <= index && index < of
  if (!fine) throw new InputError(`shard: expected 0 ≤ index < of, got ${index} of ${of}`)
  return cells.filter((_, i) => i % of === index)
}

function laneCount(concurrency = 1): number {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1)
    throw new RangeError(`runExperiment: concurrency must be at least 1, got ${concurrency}`)
  return concurrency
}

function keptRows(given: readonly Row[], cells: readonly Cell[]): Map<string, Row> {
  const known = new Set(cells.map((cell) => cell.key))
  const rows = new Map<string, Row>()
  for (const candidate of given) {
    if (!known.has(candidate.key)) continue
    const row = checkRow(candidate, candidate.key)
    const twin = rows.get(row.key)
    if (twin && !(sameJson(twin.measured, row.measured) && sameJson(twin.witness, row.witness)))
      throw new InputError(
        `rows: expected one row for cell "${row.key}", got two that differ; pass rows of one run only`,
      )
    rows.set(row.key, row)
  }
  return rows
}
