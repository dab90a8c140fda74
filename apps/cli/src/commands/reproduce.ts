import { counted } from '@nonconvex/optim/claims'
import { reproduceCommand, type ReproduceFlags } from '../command-line/experiment-commands.js'
import { commandText } from '../command-line/declaration.js'
import { setMaxListeners } from 'node:events'
import { didYouMean, findExperiment, type Experiment, type Result } from '@nonconvex/experiments'
import { join } from 'node:path'
import { badInput, exit, interrupted, statusOf } from '../exit.js'
import type { FailureRecord } from '../files/failure-file.js'
import { openFolder, type OutFolder } from '../files/out-folder.js'
import { openRows } from '../files/rows-log.js'
import type { Host } from '../host.js'
import { pageName, reportFiles } from '../report/report-files.js'
import { viewerFiles } from '../report/viewer.js'
import { builtViewer } from '../work/page-server.js'
import { openProgress } from '../terminal/progress.js'
import type { Terminal } from '../terminal/terminal.js'
import { printed } from '../text/printed.js'
import { countsLine, verdictLines } from '../terminal/verdicts.js'
import { formatNumber, formatSeconds } from '../text/numbers.js'
import { failureOf, failuresOf, failureText, runWork, type Failure } from '../work/cells.js'
import { chosenParams, commandOf, type PresetName } from '../command-line/settings.js'

/** `nonconvex reproduce`: all experiments side by side, and one report. */
export async function reproduce(
  host: Host,
  terminal: Terminal,
  flags: ReproduceFlags,
): Promise<number> {
  const started = host.clock()
  const chosen = select(host.experiments, flags.only ?? [])
  const preset = flags.full ? 'full' : 'quick'
  const { out, seed } = flags
  const viewer = flags.viewer === true ? viewerFiles(builtViewer(host)) : undefined
  const folder = openFolder({
    path: out,
    kind: 'report',
    holds: 'report',
    resume: false,
    force: flags.force ?? false,
    writes: [pageName],
  })
  try {
    const { outcomes, earlier } = await runAll(host, terminal, chosen, preset, folder, flags)
    const seconds = earlier + host.clock() - started
    const facts = { seed, preset, seconds, version: host.version, viewer: viewer !== undefined }
    const results = outcomes.flatMap(({ result }) => result ?? [])
    const lost = outcomes.flatMap(({ lost }) => lost ?? [])
    const failures = outcomes.flatMap(({ failures }) => failures)
    const failed = [...new Set(failures.map(({ experiment }) => experiment))]
    const files = await reportFiles(host.experiments, { results, failures: lost }, facts)
    folder.install(new Map([...(viewer ?? []), ...files]), failed)
    for (const failure of failures) printFailure(host, failure, terminal)
    for (const result of results) printStriking(result, terminal)
    const verdicts = results.flatMap((result) => result.verdicts)
    const unfinished =
      failed.length === 0
        ? ''
        : `${counted(failed.length, 'experiment')} failed (${failed.join(', ')}); `
    terminal.print(
      `${unfinished}${countsLine(verdicts)}; seed ${seed}, ${preset} preset, ${formatSeconds(seconds)}`,
    )
    terminal.print(join(out, pageName))
    return failures.length > 0 ? exit.unfinished : statusOf(verdicts, flags.strict ?? false)
  } finally {
    folder.release()
  }
}

/** What failed of an experiment, why, and the command that runs it again. */
function printFailure(host: Host, failed: FailureRecord, terminal: Terminal): void {
  const { print, style } = terminal
  const experiment = findExperiment(failed.experiment, host.experiments)
  const again = commandOf(experiment, failed.params, failed.seed)
  print(failed.experiment)
  print(printed`  ${style.status('violated', '▲ failed')}  ${failureText(failed)}`)
  print(`    again: ${again.replace(/^nonconvex/, host.program)}`)
}

/** The verdicts of a result that are violated or undecided. */
function printStriking({ experiment, verdicts }: Result, terminal: Terminal): void {
  const striking = verdicts.filter(
    ({ status }) => status === 'violated' || status === 'inconclusive',
  )
  if (striking.length > 0) terminal.print(experiment)
  for (const verdict of striking)
    for (const line of verdictLines(verdict, terminal)) terminal.print(line)
}

/** The experiments whose ids match one of the patterns; all of them where there is none. */
function select(all: readonly Experiment[], patterns: readonly string[]): readonly Experiment[] {
  const ids = all.map(({ id }) => id)
  const groups = new Set(ids.map((id) => id.replace(/[^/]+$/, '*')))
  for (const pattern of patterns)
    if (!ids.some(glob(pattern)))
      throw badInput(
        'experiment-unknown',
        `--only ${pattern}: no experiment matches${didYouMean(pattern, [...ids, ...groups]) || `; known: ${ids.join(', ')}`}`,
      )
  const tests = patterns.map(glob)
  return tests.length === 0 ? all : all.filter(({ id }) => tests.some((test) => test(id)))
}

/** An experiment that was run. */
interface Outcome {
  readonly result?: Result
  /** why there is no result */
  readonly lost?: FailureRecord
  /** all that failed, `lost` included */
  readonly failures: readonly FailureRecord[]
}

/**
 * Runs all experiments through one pool: their cells interleave. One that fails does not stop the
 * others; bad input or a disk that is full does.
 */
async function runAll(
  host: Host,
  terminal: Terminal,
  chosen: readonly Experiment[],
  preset: PresetName,
  folder: OutFolder,
  flags: ReproduceFlags,
): Promise<{ readonly outcomes: readonly Outcome[]; readonly earlier: number }> {
  const { seed, workers: threads = host.cores } = flags
  const code = host.codeStamp()
  const works = chosen.map((experiment) => {
    const params = chosenParams(experiment, preset, {})
    const header = { experiment: experiment.id, params, seed, code }
    const log = openRows(folder.rowsPath(experiment.id), header, 'drop', host.clock)
    if (log.damage) terminal.warn(log.damage)
    return { experiment, params, log, cells: experiment.cells(params).length }
  })
  const total = works.reduce((sum, { cells }) => sum + cells, 0)
  const kept = works.reduce((sum, { log }) => sum + log.rows.length, 0)
  terminal.hint(
    `${counted(chosen.length, 'experiment')}, ${preset} preset, seed ${seed}: ${counted(total, 'cell')}` +
      `${kept > 0 ? `, ${formatNumber(kept)} of them already done` : ''}, ${counted(threads, 'worker')}`,
  )
  const goOn =
    'finished cells are saved; continue with\n  ' +
    commandText(reproduceCommand, [], { ...flags, [preset]: true, resume: true }, host.program)
  const expected = new Map(chosen.map(({ id, expectedSeconds }) => [id, expectedSeconds[preset]]))
  const progress = openProgress(terminal, host.stderr, host.clock, (id) => expected.get(id) ?? 0)
  const fatal = new AbortController()
  const signal = AbortSignal.any([host.signal, fatal.signal])
  // one listener for each experiment; Node warns above ten
  setMaxListeners(0, signal)
  const pool = host.openPool(Math.min(threads, Math.max(1, total - kept)))
  try {
    const runs = works.map(async ({ experiment, params, log }): Promise<Outcome> => {
      const onProgress = ({ done, total }: { done: number; total: number }) =>
        progress.update(experiment.id, done, total)
      const record = (failure: Failure): FailureRecord => ({
        schema: 'nonconvex/failure@1',
        experiment: experiment.id,
        params,
        seed,
        ...failure,
      })
      const work = { experiment, params, seed, threads, log, signal, onProgress }
      try {
        const { result } = await runWork(host, pool, work)
        return { result, failures: failuresOf(result).map(record) }
      } catch (error) {
        const failure = failureOf(error)
        if (failure) return { lost: record(failure), failures: [record(failure)] }
        fatal.abort()
        throw error
      }
    })
    const settled = await Promise.allSettled(runs)
    for (const one of settled) if (one.status === 'rejected') throw one.reason
    const outcomes = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    if (host.signal.aborted) {
      const done = outcomes.reduce((sum, { result }) => sum + (result?.rows.length ?? 0), 0)
      throw interrupted(
        `interrupted after ${formatNumber(done)} of ${counted(total, 'cell')}; ${goOn}`,
      )
    }
    // side by side: the run that is continued has taken as long as its last row
    return { outcomes, earlier: Math.max(0, ...works.map(({ log }) => log.seconds)) }
  } finally {
    progress.end()
    for (const { log } of works) log.close()
    await pool.close()
  }
}
/**
 * A predicate from a pattern with `*` (any characters) and `?` (one); everything else is literal.
 */
export function glob(pattern: string): (text: string) => boolean {
  const source = pattern
    .split(/([*?])/)
    .map((piece) =>
      piece === '*' ? '.*' : piece === '?' ? '.' : piece.replace(/[\\^$.|+()[\]{}/]/g, '\\$&'),
    )
    .join('')
  const expression = new RegExp(`^${source}$`, 'u')
  return (text) => expression.test(text)
}
