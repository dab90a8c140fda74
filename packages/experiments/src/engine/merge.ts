import { InputError } from '../define/input-error.js'
import { experiments, findExperiment } from '../registry.js'
import { canonicalJson } from '../result/canonical.js'
import type { Experiment } from '../define/experiment.js'
import type { Result } from '../result/result.js'
import { runExperiment } from './run.js'

/**
 * Joins results of one experiment with equal parameters and seed (shards, interrupted runs) and
 * concludes on all their rows; nothing is run. The result is 'complete' if together they have every
 * cell, and then equal in bytes to a run in one piece (timings and versions aside).
 *
 * @param results - at least one
 * @throws InputError if they are of different experiments, parameters or seeds, or contradict each
 *   other
 *
 * @example
 * import { findExperiment, mergeResults, runExperiment } from '@nonconvex/experiments'
 * const experiment = findExperiment('gaussian/no-overlap')
 * const part = (index) =>
 *   runExperiment(experiment, { params: { samples: 100 }, seed: 1, shard: { index, of: 2 } })
 * const halves = [await part(0), await part(1)]
 * console.log(halves[0].status, (await mergeResults(halves)).status) // → partial complete
 */
export async function mergeResults(
  results: readonly Result[],
  among: readonly Experiment[] = experiments,
): Promise<Result> {
  const [first, ...others] = results
  if (results.length === 0) throw new InputError('merge: expected at least one result, got none')
  for (const other of others) {
    for (const name of ['experiment', 'params', 'seed'] as const) {
      const [a, b] = [canonicalJson(first[name]), canonicalJson(other[name])]
      if (a !== b)
        throw new InputError(`merge: expected the same ${name} in all results, got ${a} and ${b}`)
    }
  }
  const stopped = new AbortController()
  stopped.abort()
  const merged = await runExperiment(findExperiment(first.experiment, among), {
    params: first.params,
    seed: first.seed,
    rows: results.flatMap((result) => result.rows),
    signal: stopped.signal,
    versions: first.versions,
  })
  return {
    ...merged,
    timings: {
      total: results.reduce((sum, result) => sum + result.timings.total, 0),
      cells: Object.assign({}, ...results.map((result) => result.timings.cells)) as {
        [key: string]: number
      },
    },
  }
}
