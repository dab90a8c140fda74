import { shellWord } from '../command-line/declaration.js'
import type { RunFlags } from '../command-line/experiment-commands.js'
import {
  findExperiment,
  resultText,
  type Experiment,
  type ParamValues,
  type Result,
} from '@nonconvex/experiments'
import { interrupted, statusOf, unfinished } from '../exit.js'
import { openFolder } from '../files/out-folder.js'
import { openRows } from '../files/rows-log.js'
import type { Host } from '../host.js'
import { openProgress } from '../terminal/progress.js'
import { printTables } from '../terminal/print-tables.js'
import type { Terminal } from '../terminal/terminal.js'
import { countsLine, verdictLines, verdictTable } from '../terminal/verdicts.js'
import { formatNumber, formatSeconds } from '../text/numbers.js'
import { counted } from '@nonconvex/optim/claims'
import { printed } from '../text/printed.js'
import { inlineTexToText } from '../text/tex.js'
import { failuresOf, failureText, runWork, type Finished } from '../work/cells.js'
import { readParams } from '../command-line/params-file.js'
import { chosenParams, commandOf, settings, type PresetName } from '../command-line/settings.js'

/** `nonconvex run <id>`: one experiment, its verdicts, and its files where `--out` says. */
export async function run(
  host: Host,
  terminal: Terminal,
  id: string,
  flags: RunFlags,
): Promise<number> {
  const experiment = findExperiment(id, host.experiments)
  const preset = flags.quick ? 'quick' : flags.full ? 'full' : flags.preset
  const params = await paramsOf(host, experiment, preset, flags)
  const { seed, out, resume = false, force = false } = flags
  const command = commandOf(experiment, params, seed)
  const saved = out === undefined ? '' : ` --out ${shellWord(out)}`
  const here = command.replace(/^nonconvex/, host.program) + saved
  const again =
    out === undefined
      ? 'nothing is saved without --out DIR'
      : `finished cells are saved; continue with\n  ${here} --resume`
  // renderers are imported only for --out, and before the run: during a long one the program's files
  // may change
  const files = out === undefined ? undefined : await import('../files/result-files.js')
  const folder =
    out === undefined || files === undefined
      ? undefined
      : openFolder({ path: out, kind: 'run', holds: id, resume, force, writes: [files.resultName] })
  try {
    const { result, cause } = await work()
    const failures = failuresOf(result)
    // with a failed cell the folder stays unfinished, so that --resume tries it again
    const installed = folder !== undefined && result.status === 'complete'
    if (installed && files) folder.install(files.resultFiles(result))
    if (flags.json || flags.format === 'json') terminal.json(resultText(result))
    else if (flags.format === 'table')
      printResult(experiment, result, folder ? `${here} --force` : here, terminal)
    else printTables([verdictTable(result.verdicts), ...result.tables], terminal, flags.format)
    if (failures.length > 0) {
      const list = failures.map((failed) => `${id}: ${failureText(failed)}`).join('\n')
      throw unfinished('cell-failed', installed ? list : `${list}\n${again}`, { cause })
    }
    if (out !== undefined || !(flags.json || flags.format === 'json'))
      terminal.hint(
        out === undefined
          ? 'nothing was written; --out DIR saves the result, its figures and its tables'
          : `written to ${out}; verify it with\n  ${host.program} verify ${shellWord(out)}`,
      )
    return statusOf(result.verdicts, flags.strict ?? false)
  } finally {
    folder?.release()
  }

  async function work(): Promise<Finished> {
    const header = { experiment: id, params, seed, code: host.codeStamp() }
    const log =
      folder && openRows(folder.rowsPath(id), header, resume ? 'refuse' : 'drop', host.clock)
    if (log?.damage) terminal.warn(log.damage)
    const cells = experiment.cells(params).length
    const threads = Math.max(1, Math.min(flags.workers ?? host.cores, cells))
    const progress = openProgress(terminal, host.stderr, host.clock)
    const kept =
      log && log.rows.length > 0 ? `, ${formatNumber(log.rows.length)} of them already done` : ''
    terminal.hint(
      `${id}: seed ${seed}, ${counted(cells, 'cell')}${kept}, ${counted(threads, 'worker')}`,
    )
    const pool = host.openPool(threads)
    try {
      const finished = await runWork(host, pool, {
        experiment,
        params,
        seed,
        threads,
        log,
        signal: host.signal,
        onProgress: ({ done, total }) => progress.update(id, done, total),
      })
      if (host.signal.aborted)
        throw interrupted(
          `interrupted after ${formatNumber(finished.result.rows.length)} of ${counted(cells, 'cell')}; ${again}`,
        )
      return finished
    } finally {
      progress.end()
      log?.close()
      await pool.close()
    }
  }
}

/** The values of a run: its preset or the defaults, then the file of `--params`, then `--set`. */
async function paramsOf(
  { signal }: Host,
  experiment: Experiment,
  preset: PresetName | undefined,
  { params: path, set = [] }: RunFlags,
): Promise<ParamValues> {
  const given = path === undefined ? undefined : await readParams(path, signal)
  const changes = settings(set)
  try {
    return chosenParams(experiment, preset, { ...given?.values, ...changes })
  } catch (error) {
    throw given?.placed(error, changes) ?? error
  }
}

function printResult(
  experiment: Experiment,
  result: Result,
  command: string,
  terminal: Terminal,
): void {
  const { print, style } = terminal
  print(printed`${style.strong(experiment.id)}  ${inlineTexToText(experiment.title)}`)
  print(
    style.soft(
      `seed ${result.seed}, ${counted(result.rows.length, 'cell')}, ${formatSeconds(result.timings.total)}`,
    ),
  )
  print()
  for (const verdict of result.verdicts)
    for (const line of verdictLines(verdict, terminal)) print(line)
  if (result.tables.length > 0) print()
  printTables(result.tables, terminal)
  print()
  print(`${countsLine(result.verdicts)}; seed ${result.seed}`)
  print(`again: ${command}`)
}
