import { shellWord } from '../command-line/declaration.js'
import type { VerifyFlags } from '../command-line/experiment-commands.js'
import { InputError, parseResult, type Verification } from '@nonconvex/experiments'
import { type Json, counted } from '@nonconvex/optim/claims'
import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { badInput, exit, interrupted } from '../exit.js'
import { documentText } from '../files/document-text.js'
import { codeOf, fileFault } from '../files/faults.js'
import { inside, readMarker } from '../files/marker.js'
import { isFolder, readRegular } from '../files/regular-file.js'
import { resultName } from '../files/result-files.js'
import type { Host } from '../host.js'
import { isNamedData } from '../input/format.js'
import { refuseDevice } from '../input/pipes.js'
import { modelName } from '@nonconvex/experiments/model'
import { verifyModel } from '../models/verify-model.js'
import { pageName } from '../report/report-files.js'
import { openProgress } from '../terminal/progress.js'
import { formatSeconds } from '../text/numbers.js'
import { printed } from '../text/printed.js'
import type { Terminal } from '../terminal/terminal.js'
import { checkFiles, type ReadDocument } from './verify-files.js'
import { checkPage, reportFolders } from './verify-report.js'

interface Checked {
  readonly path: string
  /** null for the page of a report */
  readonly experiment: string | null
  readonly verification: Verification
  /** what is never checked of its kind */
  readonly scope?: readonly string[]
}

const findingsShown = 10

/**
 * `nonconvex verify <path>`: recomputes results from their witnesses. In a folder the files that
 * belong to a result are remade and compared, too, and the page of a report. A model folder that
 * `fit` has written is checked against itself.
 */
export async function verify(
  host: Host,
  terminal: Terminal,
  path: string,
  flags: VerifyFlags,
): Promise<number> {
  const model = modelAt(path)
  if (model !== undefined) {
    const { kind, ...checked } = verifyModel(model, host.version)
    return report([{ path: model, experiment: `${kind} model`, ...checked }], terminal, flags)
  }
  const paths = resultPaths(path, terminal)
  const whole = paths[0] !== path
  const results = paths.map((each) => readDocument(each, whole ? readRegular : readNamed))
  const workers = Math.min(flags.workers ?? host.cores, results.length)
  const pool = host.openPool(workers)
  const expected = new Map(results.map((read) => [read.path, secondsOf(read)]))
  const progress = openProgress(
    terminal,
    host.stderr,
    host.clock,
    (result) => expected.get(result) ?? 0,
    'results',
  )
  if (results.length > 1) {
    const seconds = [...expected.values()].reduce((sum, one) => sum + one, 0) / workers
    terminal.hint(
      `${counted(results.length, 'result')} on ${counted(workers, 'worker')}: about ${formatSeconds(seconds)}, as long as the runs took; one alone: ${host.program} verify ${shellWord(dirname(paths[0]))}`,
    )
  }
  try {
    for (const { path: each } of results) progress.update(each, 0, 1)
    const documents = await Promise.all(
      results.map(async (read): Promise<Checked> => {
        const document = await pool.verify(read.result, host.signal)
        const verification = whole ? checkFiles(read, document, host) : document
        progress.update(read.path, 1, 1)
        return { path: read.path, experiment: read.result.experiment, verification }
      }),
    )
    const fine = documents.every(({ verification }) => verification.accepted)
    const pages: Checked[] = []
    for (const report of whole ? reportFolders(path, results) : [])
      pages.push({
        path: join(report.root, pageName),
        experiment: null,
        verification: fine ? await checkPage(report, host) : notCompared,
        scope: ['not compared: the running time on the page'],
      })
    progress.end()
    const checked = [...documents, ...pages]
    const status = report(checked, terminal, flags)
    if (!whole)
      terminal.hint(
        'only the document was checked; verify its folder to compare figures and tables, too',
      )
    return status
  } catch (error) {
    if (host.signal.aborted) throw interrupted('interrupted before verification finished')
    throw error
  } finally {
    progress.end()
    await pool.close()
  }
}

/** Processor time of the run that wrote a result, by its own words; verifying takes about as long. */
const secondsOf = ({ result: { timings } }: ReadDocument): number =>
  Object.values(timings.cells).reduce((sum, seconds) => sum + seconds, 0)

/** Prints what was found, and returns the exit status. */
function report(checked: readonly Checked[], terminal: Terminal, flags: VerifyFlags): number {
  if (flags.json)
    terminal.json(JSON.stringify({ schema: 'nonconvex/verification@1', checked }, null, 2))
  else for (const one of checked) printChecked(one, terminal)
  const fine = checked.every(
    ({ verification: { accepted, notes } }) => accepted && !(flags.strict && notes.length > 0),
  )
  return fine ? exit.done : exit.violated
}

/** The model folder at a path, given itself or by its document. */
function modelAt(path: string): string | undefined {
  if (basename(path) === modelName) return dirname(path)
  // one that is not finished has no document yet
  if (readMarker(path)?.kind === 'model') return path
  return existsSync(join(path, modelName)) && !existsSync(join(path, resultName)) ? path : undefined
}

/** A page is remade from its documents, and there is nothing to remake it from. */
const notCompared: Verification = {
  accepted: false,
  findings: [{ path: pageName, message: 'not compared: a result it is made from is rejected' }],
  notes: [],
}

/**
 * The result files at a path: the file itself, or every result.json below a folder, each real file
 * once. Links to folders are not followed: they may lead in circles, or anywhere.
 */
function resultPaths(path: string, terminal: Terminal): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path]
    const entries = readdirSync(path, { recursive: true, withFileTypes: true })
      .map((entry) => ({ name: relative(path, join(entry.parentPath, entry.name)), entry }))
      .filter(({ name }) => !name.startsWith(inside))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const links = entries.filter(
      ({ name, entry }) => entry.isSymbolicLink() && isFolder(join(path, name)),
    )
    if (links.length > 0)
      terminal.warn({
        code: 'links-skipped',
        text: `${path}: links to folders were not followed: ${links.map(({ name }) => name).join(', ')}`,
      })
    const seen = new Set<string>()
    const found = entries
      .filter(({ entry }) => entry.name === resultName && !entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) => {
        const real = realpathSync(join(path, name))
        return !seen.has(real) && seen.add(real)
      })
    if (found.length === 0)
      throw badInput(
        'result-missing',
        `${path} holds no ${resultName}; give a result file or a folder with one, or a model folder`,
      )
    return found.map((name) => join(path, name))
  } catch (error) {
    if (codeOf(error) !== undefined) throw fileFault('read', path, error)
    throw error
  }
}

/** The bytes of a file or a pipe that the user names. */
function readNamed(path: string): Buffer {
  refuseDevice(path)
  return readFileSync(path)
}

const remedy = 'give a result.json written by run --out or reproduce, or a folder with some'

function readDocument(path: string, read: (path: string) => Buffer): ReadDocument {
  if (isNamedData(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    throw badInput(
      'result-invalid',
      `${path}: expected a result, a report or a model, got a file of data\n${remedy}, or a model folder of fit\n` +
        'nonconvex fit trains a model on data, nonconvex evaluate MODEL DATA measures its errors',
    )
  let text: string
  try {
    text = documentText(path, read)
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    throw fileFault('read', path, error)
  }
  try {
    return { path, text, result: parseResult(text, path) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw badInput('result-invalid', `${error.message}\n${remedy}`, { cause: error })
  }
}

/** A value on one line, not too long to read. */
function shown(value: Json): string {
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 117)}…` : text
}

function printChecked(
  { path, experiment, verification, scope = [] }: Checked,
  terminal: Terminal,
): void {
  const { print, style } = terminal
  const { accepted, findings, notes } = verification
  const word = accepted
    ? style.status('holds', '✔ accepted')
    : style.status('violated', '✘ rejected')
  print(printed`${word}  ${experiment ?? 'report'}  ${path}`)
  for (const { path: place, message, recorded, recomputed } of findings.slice(0, findingsShown)) {
    print(`    ${place}: ${message}`)
    if (recorded !== undefined) print(`      recorded    ${shown(recorded)}`)
    if (recomputed !== undefined) print(`      recomputed  ${shown(recomputed)}`)
  }
  if (findings.length > findingsShown)
    print(`    and ${counted(findings.length - findingsShown, 'more finding')}`)
  for (const note of notes) print(`    note: ${note}`)
  for (const text of scope) print(`    scope: ${text}`)
}
