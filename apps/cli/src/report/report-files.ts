import type { Experiment, Result } from '@nonconvex/experiments'
import { commandOf } from '../command-line/settings.js'
import { failureDocument, failureName, type FailureRecord } from '../files/failure-file.js'
import { resultFiles, resultName } from '../files/result-files.js'
import { verificationLines } from '../text/verification.js'
import { failuresOf } from '../work/cells.js'
import type { FailedEntry, ReportEntry, ReportFacts } from './entry.js'
import { makeReport } from './report.js'

export const pageName = 'index.html'

/** The outcomes of the experiments of a report. */
export interface ReportOutcomes {
  readonly results: readonly Result[]
  readonly failures: readonly FailureRecord[]
}

/** The folder of an experiment's files, relative to the report. */
export const folderOf = (experiment: string): string => `results/${experiment}`

/**
 * The files of a report by name: those of each experiment, then the page. The same outcomes and
 * facts give the same bytes.
 *
 * @param experiments - where the experiments are looked up, in the order in which the page shows
 *   them
 */
export async function reportFiles(
  experiments: readonly Experiment[],
  { results, failures }: ReportOutcomes,
  facts: ReportFacts,
): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const entries: ReportEntry[] = []
  for (const experiment of experiments) {
    const result = results.find((one) => one.experiment === experiment.id)
    if (!result) continue
    const command = commandOf(experiment, result.params, result.seed)
    const folder = folderOf(experiment.id)
    const verification = await verificationLines(experiment)
    entries.push({ experiment, result, command, folder, verification, files: resultFiles(result) })
  }
  const lost = experiments.flatMap((experiment): FailedEntry[] => {
    const record = failures.find((one) => one.experiment === experiment.id)
    if (!record) return []
    const command = commandOf(experiment, record.params, record.seed)
    return [{ experiment, record, command, link: `${folderOf(experiment.id)}/${failureName}` }]
  })
  const inPart = entries.flatMap(({ experiment, result, command, folder }) =>
    failuresOf(result).map((record): FailedEntry => ({
      experiment,
      record,
      command,
      link: `${folder}/${resultName}`,
    })),
  )
  return new Map<string, string | Uint8Array>([
    ...entries.flatMap(({ folder, files }) =>
      [...files].map(([name, data]) => [`${folder}/${name}`, data] as const),
    ),
    ...failures.map(
      (record) =>
        [`${folderOf(record.experiment)}/${failureName}`, failureDocument(record)] as const,
    ),
    [pageName, makeReport(entries, facts, [...lost, ...inPart])] as const,
  ])
}
