import { setMaxListeners } from 'node:events'
import { didYouMean, type Experiment, type Result } from '@nonconvex/experiments'
import { join } from 'node:path'
import { badInput, interrupted } from '../exit.js'
import { openFolder, type OutFolder } from '../files/out-folder.js'
import { resultFiles } from '../files/result-files.js'
import { openRows } from '../files/rows-log.js'
import type { Host } from '../host.js'
import { makeReport, type ReportEntry } from '../report/report.js'
import { openProgress } from '../terminal/progress.js'
import type { Terminal } from '../terminal/terminal.js'
import { countsLine, verdictLines } from '../terminal/verdicts.js'
import { glob } from '../text/glob.js'
import { count, formatSeconds } from '../text/numbers.js'
import { runWork } from '../work/cells.js'
import { chosenParams, commandOf, shellWord, type PresetName } from './settings.js'
import { statusOf } from './status.js'

export interface ReproduceFlags {
  readonly quick?: boolean
  readonly full?: boolean
  readonly only?: readonly string[]
  readonly out: string
  readonly seed: number
  readonly workers: number
  readonly force?: boolean
  readonly strict?: boolean
}

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
  const folder = openFolder({
    path: out,
    kind: 'report',
    holds: 'report',
    resume: false,
    force: flags.force ?? false,
  })
  try {
    const results = await runAll(host, terminal, chosen, preset, folder, flags)
    const entries = chosen.map((experiment, i): ReportEntry => {
      const result = results[i]
      const command = commandOf(experiment, result.params, seed)
      return {
        experiment,
        result,
        command,
        folder: `results/${experiment.id}`,
        files: resultFiles(result),
      }
    })
    const seconds = host.clock() - started
    const page = makeReport(entries, { seed, preset, seconds, version: host.version })
    folder.install(
      new Map([
        ...entries.flatMap(({ folder, files }) =>
          [...files].map(([name, data]) => [`${folder}/${name}`, data] as const),
        ),
        ['index.html', page] as const,
      ]),
    )
    const verdicts = results.flatMap((result) => result.verdicts)
    for (const { experiment, result } of entries) {
      const striking = result.verdicts.filter(
        ({ status }) => status === 'violated' || status === 'inconclusive',
      )
      if (striking.length > 0) terminal.print(experiment.id)
      for (const verdict of striking)
        for (const line of verdictLines(verdict, terminal)) terminal.print(line)
    }
    terminal.print(
      `${countsLine(verdicts)}; seed ${seed}, ${preset} preset, ${formatSeconds(seconds)}`,
    )
    terminal.print(join(out, 'index.html'))
    return statusOf(verdicts, flags.strict ?? false)
  } finally {
    folder.release()
  }
}

/** The experiments whose ids match one of the patterns; all of them where there is none. */
function select(all: readonly Experiment[], patterns: readonly string[]): readonly Experiment[] {
  const ids = all.map(({ id }) => id)
  const groups = new Set(ids.map((id) => id.replace(/[^/]+$/, '*')))
  for (const pattern of patterns)
    if (!ids.some(glob(pattern)))
      throw badInput(
        `--only ${pattern}: no experiment matches${didYouMean(pattern, [...ids, ...groups]) || `; known: ${ids.join(', ')}`}`,
      )
  const tests = patterns.map(glob)
  return tests.length === 0 ? all : all.filter(({ id }) => tests.some((test) => test(id)))
}

/** Runs all experiments through one pool: their cells interleave. The first failure stops the others. */
async function runAll(
  host: Host,
  terminal: Terminal,
  chosen: readonly Experiment[],
  preset: PresetName,
  folder: OutFolder,
  flags: ReproduceFlags,
): Promise<readonly Result[]> {
  const { seed, workers: threads } = flags
  const code = host.codeStamp()
  const works = chosen.map((experiment) => {
    const params = chosenParams(experiment, preset, {})
    const header = { experiment: experiment.id, params, seed, code }
    const log = openRows(folder.rowsPath(experiment.id), header, 'drop')
    return { experiment, params, log, cells: experiment.cells(params).length }
  })
  const total = works.reduce((sum, { cells }) => sum + cells, 0)
  const kept = works.reduce((sum, { log }) => sum + log.rows.length, 0)
  terminal.hint(
    `${count(chosen.length, 'experiment')}, ${preset} preset, seed ${seed}: ${count(total, 'cell')}` +
      `${kept > 0 ? `, ${kept} of them done before` : ''}, ${count(threads, 'worker')}`,
  )
  const goOn =
    `finished cells are kept; go on with\n  ${host.program} reproduce --${preset}` +
    `${(flags.only ?? []).map((pattern) => ` --only ${shellWord(pattern)}`).join('')}` +
    ` --seed ${seed} --out ${shellWord(flags.out)} --resume`
  const progress = openProgress(terminal, host.stderr, host.clock)
  const failed = new AbortController()
  const signal = AbortSignal.any([host.signal, failed.signal])
  // one listener for each experiment; Node warns above ten
  setMaxListeners(0, signal)
  const pool = host.openPool(Math.min(threads, Math.max(1, total - kept)))
  try {
    const runs = works.map(async ({ experiment, params, log }) => {
      const onProgress = ({ done, total }: { done: number; total: number }) =>
        progress.update(experiment.id, done, total)
      const work = { experiment, params, seed, threads, log, signal, onProgress, goOn }
      try {
        return await runWork(host, pool, work)
      } catch (error) {
        failed.abort()
        throw error
      }
    })
    const outcomes = await Promise.allSettled(runs)
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
    const results = outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []))
    if (host.signal.aborted) {
      const done = results.reduce((sum, { rows }) => sum + rows.length, 0)
      throw interrupted(`interrupted after ${done} of ${count(total, 'cell')}; ${goOn}`)
    }
    return results
  } finally {
    progress.end()
    for (const { log } of works) log.close()
    await pool.close()
  }
}
