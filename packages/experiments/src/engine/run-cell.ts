import type { Cell, Experiment, ParamValues, Row } from '../define/experiment.js'
import { InputError } from '../define/input-error.js'
import { readersOf } from '../define/readers.js'
import { didYouMean } from '../define/nearest.js'
import { experiments, findExperiment } from '../registry.js'
import { canonicalJson } from '../result/canonical.js'
import { cellsOf, checkSeed, measureCell, type CellJob, type CellOptions } from './cell.js'

interface Listing {
  readonly of: string
  readonly params: ParamValues
  readonly cells: ReadonlyMap<string, Cell>
}

// a worker gets the cells of one run one after the other: listing them anew each time would be
// quadratic
let last: Listing | undefined

/**
 * Runs the job of one cell, looked up in the registry. Its row depends on the job alone.
 *
 * @param options - a signal to stop it, a receiver of its trajectory, a reader of files; all
 *   optional
 * @param among - where to look the experiment up; default all experiments
 * @throws InputError if the experiment, a parameter, the seed or the key is unknown or out of range
 *
 * @example
 * import { runCell } from '@nonconvex/experiments'
 * const job = { experiment: 'gaussian/no-overlap', params: { samples: 100 }, seed: 1 }
 * console.log((await runCell({ ...job, key: 'point=2' })).key) // → point=2
 */
export async function runCell(
  job: CellJob,
  options: Partial<CellOptions> = {},
  among: readonly Experiment[] = experiments,
): Promise<Row> {
  const experiment = findExperiment(job.experiment, among)
  const { params, cells } = listing(experiment, job.params)
  const cell = cells.get(job.key)
  if (!cell)
    throw new InputError(
      `${experiment.id}: no cell "${job.key}" for these parameters${didYouMean(job.key, [...cells.keys()].slice(0, 1000))}`,
    )
  return measureCell(experiment, cell, params, checkSeed(job.seed), {
    signal: options.signal ?? new AbortController().signal,
    watch: options.watch ?? (() => undefined),
    ...readersOf(options),
  })
}

function listing(experiment: Experiment, given: ParamValues): Listing {
  const of = `${experiment.id} ${canonicalJson(given)}`
  if (last?.of !== of) {
    const params = experiment.params.parse(given)
    const cells = new Map(cellsOf(experiment, params).map((cell) => [cell.key, cell]))
    last = { of, params, cells }
  }
  return last
}
