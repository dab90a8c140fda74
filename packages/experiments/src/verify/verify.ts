import { counted, type Json } from '@nonconvex/optim/claims'
import type { Conclusion, Experiment, ParamValues, Row } from '../define/experiment.js'
import type { Failure } from '../define/failure.js'
import { InputError } from '../define/input-error.js'
import { readersOf, type Readers } from '../define/readers.js'
import { FileError } from '../define/scene-data.js'
import { cellStreams, cellsOf, checkSeed } from '../engine/cell.js'
import { concludeBy, resultDigest } from '../engine/conclude.js'
import { hereVersions } from '../engine/versions.js'
import { experiments, findExperiment } from '../registry.js'
import { plain } from '../result/canonical.js'
import type { Result } from '../result/result.js'
import { compare } from './compare.js'
import { ownWords } from './own-words.js'
import { Report, type Verification } from './report.js'

export interface VerifyOptions extends Readers {
  readonly signal?: AbortSignal
  /** where to look the experiment up; default all experiments */
  readonly among?: readonly Experiment[]
  /** this machine's type, as in `versions.machine`; default: as the runtime reports it */
  readonly machine?: string
  /** after each row that was checked */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void
}

/**
 * Checks a result without trusting the run that made it.
 *
 * The digest is computed again; experiment, parameters and seed are parsed; the rows must be those
 * of the experiment's cells, in order and complete if the status says so; each row's `measured` is
 * recomputed from its witness by the experiment's `check`; verdicts, tables and figures are
 * concluded again. All must be equal. Only if the result comes from another machine type, by its own
 * words, may numbers differ, by 1e-9 relative. Notes say so, how many do, and how many cells of a
 * partial result have a row.
 *
 * Not verified: whatever `check` does not compare, timings and versions.
 *
 * @throws the signal's reason if aborted; FileError if a file that the result names is missing or
 *   has changed, as nothing can be recomputed; no other error, for any result
 *
 * Cost: that of the experiment's checks: for SGD about that of the run, for the others usually far
 * below.
 *
 * @example
 * import { findExperiment, runExperiment, verifyResult } from '@nonconvex/experiments'
 * const params = { samples: 100, points: 2 }
 * const result = await runExperiment(findExperiment('gaussian/no-overlap'), { params, seed: 1 })
 * console.log((await verifyResult(result)).accepted) // → true
 * const [finding] = (await verifyResult({ ...result, seed: 2 })).findings
 * console.log(finding.path, finding.message) // → digest the document was changed after it was written
 */
export async function verifyResult(
  result: Result,
  options: VerifyOptions = {},
): Promise<Verification> {
  const here = options.machine ?? hereVersions().machine
  const report = new Report(result.versions.machine, here)
  const digest = attempt(report, 'digest', () => resultDigest(result))
  if (digest !== undefined && digest !== result.digest)
    report.add(
      { path: 'digest', recorded: result.digest, recomputed: digest },
      'the document was changed after it was written',
    )
  const subject = attempt(report, 'experiment', () => {
    const experiment = findExperiment(result.experiment, options.among ?? experiments)
    return { experiment, seed: checkSeed(result.seed) }
  })
  if (!subject) return report.close()
  const { experiment, seed } = subject
  const params = attempt(report, 'params', () => plain(experiment.params.parse(result.params)))
  if (!params) return report.close()
  const changed = compare(result.params, params, 'params')
  report.differences(changed, 'the parameters of a run are complete and as their schema gives them')
  if (changed.length > 0) return report.close()

  const keys = attempt(report, 'params', () => cellsOf(experiment, params).map(({ key }) => key))
  if (!keys) return report.close()
  checkCells(report, result, keys)
  if (result.versions.machine !== here) report.elsewhere()
  if (result.status === 'partial')
    report.note(
      `partial: ${result.rows.length} of ${counted(keys.length, 'cell')}; claims on the others are not decided`,
    )
  await checkRows(report, result, { experiment, params, seed }, options)
  const failed = failedCells(result, keys)
  if (failed.length > 0)
    report.note(
      `${counted(failed.length, 'cell')} failed, which cannot be checked: ` +
        failed.map(({ key }) => key).join(', '),
    )
  await checkConclusion(report, result, { experiment, params, seed }, failed)
  return report.close()
}

/** The rows are those of the cells: each once, in order, and all of them if the run is complete. */
function checkCells(report: Report, result: Result, keys: readonly string[]): void {
  const place = new Map(keys.map((key, i) => [key, i]))
  const seen = new Set<string>()
  let last = -1
  result.rows.forEach(({ key }, i) => {
    const path = `rows[${i}].key`
    const at = place.get(key)
    if (at === undefined)
      report.add({ path, recorded: key }, 'no cell of this experiment has this key')
    else if (seen.has(key)) report.add({ path, recorded: key }, 'this cell has a row already')
    else if (at < last) report.add({ path, recorded: key }, 'rows stand in the order of the cells')
    last = Math.max(last, at ?? last)
    seen.add(key)
  })
  const missing = keys.filter((key) => !seen.has(key))
  const status = missing.length === 0 ? 'complete' : 'partial'
  if (status === result.status) return
  const what =
    missing.length === 0
      ? 'every cell has its row'
      : `${missing.length} of ${keys.length} cells have no row, the first is "${missing[0]}"`
  report.add({ path: 'status', recorded: result.status, recomputed: status }, what)
}

interface Subject {
  readonly experiment: Experiment
  readonly params: ParamValues
  readonly seed: number
}

async function checkRows(
  report: Report,
  result: Result,
  { experiment, params, seed }: Subject,
  options: VerifyOptions,
): Promise<void> {
  const { signal = new AbortController().signal, onProgress } = options
  const cells = new Map(experiment.cells(params).map((cell) => [cell.key, cell]))
  const work = await experiment.work()
  for (const [i, row] of result.rows.entries()) {
    signal.throwIfAborted()
    const cell = cells.get(row.key)
    const path = `rows[${i}].measured`
    if (cell) {
      try {
        const streams = cellStreams(experiment, seed, row.key)
        const measured: unknown = await work.check(plain(row), {
          params,
          cell,
          ...streams,
          signal,
          ...readersOf(options),
        })
        report.differences(
          compare(row.measured, plain(measured as Json), path),
          `cell "${row.key}": this does not follow from the witness`,
        )
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof FileError) throw error
        const why = ownWords(error) ?? `${experiment.id} writes no row of this form`
        report.add({ path: `rows[${i}]` }, `cell "${row.key}": the check failed: ${why}`)
      }
    }
    onProgress?.({ done: i + 1, total: result.rows.length })
  }
}

/** Verdicts, tables and figures are what the experiment concludes from these rows. */
async function checkConclusion(
  report: Report,
  result: Result,
  { experiment, params }: Subject,
  failed: readonly Failure[],
): Promise<void> {
  const rows: readonly Row[] = result.rows
  const wrong = report.firstIn('rows')
  const formless = wrong
    ? `${experiment.id} concludes nothing from rows of this form; see ${wrong}`
    : `${experiment.id} concludes nothing from these rows, and each is right by itself: a defect of the program`
  const work = await experiment.work()
  const conclude = (): Conclusion => concludeBy(work, experiment, rows, params, failed)
  const again = attempt(report, 'verdicts', conclude, formless)
  if (!again) return
  const failures = [...failed, ...(again.failures ?? [])]
  const recorded = { ...result, failures: result.failures ?? [] }
  const recomputed = { ...again, failures }
  for (const name of ['failures', 'verdicts', 'tables', 'figures'] as const)
    report.differences(
      compare(recorded[name] as unknown as Json, recomputed[name] as unknown as Json, name),
      'this does not follow from the rows',
    )
}

/** The failures of cells without a row; that a cell has failed cannot be checked, only recorded. */
function failedCells(result: Result, keys: readonly string[]): readonly Failure[] {
  const done = new Set(result.rows.map(({ key }) => key))
  const open = new Set(keys.filter((key) => !done.has(key)))
  return (result.failures ?? []).filter(({ key }) => open.has(key))
}

/**
 * The value, or nothing and a finding; `formless` is what to say where the computation has no words
 * for it.
 */
function attempt<T>(
  report: Report,
  path: string,
  compute: () => T,
  formless = 'not of the form that results have',
): T | undefined {
  try {
    return compute()
  } catch (error) {
    const where = error instanceof InputError && error.issues[0].where
    report.add({ path: where ? `${path}.${where}` : path }, ownWords(error) ?? formless)
    return undefined
  }
}
