import type { Experiment, Result } from '@nonconvex/experiments'
import { commandOf } from '../command-line/settings.js'
import { failureDocument, failureName, type FailureRecord } from '../files/failure-file.js'
import { resultFiles } from '../files/result-files.js'
import type { ReportFacts } from './entry.js'
import { makeReport } from './report.js'

export const pageName = 'index.html'

/** What the experiments of a report came to. */
export interface ReportOutcomes {
  readonly results: readonly Result[]
  readonly failures: readonly FailureRecord[]
}

/** Where the files of an experiment lie, relative to the report. */
export const folderOf = (experiment: string): string => `results/${experiment}`

/**
 * The files of a report by name: those of each experiment, then the page. The same outcomes and
 * facts give the same bytes.
 *
 * @param experiments - where the experiments are looked up, in the order in which the page shows
 *   them
 */
export function reportFiles(
  experiments: readonly Experiment[],
  { results, failures }: ReportOutcomes,
  facts: ReportFacts,
): ReadonlyMap<string, string | Uint8Array> {
  const entries = experiments.flatMap((experiment) => {
    const result = results.find((one) => one.experiment === experiment.id)
    if (!result) return []
    const command = commandOf(experiment, result.params, result.seed)
    const folder = folderOf(experiment.id)
    return [{ experiment, result, command, folder, files: resultFiles(result) }]
  })
  const failed = experiments.flatMap((experiment) => {
    const record = failures.find((one) => one.experiment === experiment.id)
    if (!record) return []
    const command = commandOf(experiment, record.params, record.seed)
    return [{ experiment, record, command, folder: folderOf(experiment.id) }]
  })
  return new Map<string, string | Uint8Array>([
    ...entries.flatMap(({ folder, files }) =>
      [...files].map(([name, data]) => [`${folder}/${name}`, data] as const),
    ),
    ...failed.map(
      ({ folder, record }) => [`${folder}/${failureName}`, failureDocument(record)] as const,
    ),
    [pageName, makeReport(entries, facts, failed)] as const,
  ])
}
