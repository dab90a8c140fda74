import { shellWord } from '../command-line/declaration.js'
import type { VerifyFlags } from '../command-line/experiment-commands.js'
import { InputError, parseResult, type Verification } from '@nonconvex/experiments'
import { type Json, counted } from '@nonconvex/optim/claims'
import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { badInput, exit, interrupted, Stop } from '../exit.js'
import { documentText, namedDocumentText } from '../files/document-text.js'
import { codeOf, fileFault } from '../files/faults.js'
import { markerName, readMarker } from '../files/marker.js'
import { isFolder } from '../files/regular-file.js'
import { resultName } from '../files/result-files.js'
import type { Host } from '../host.js'
import { isNamedData } from '../input/format.js'
import { statsOf } from '../input/pipes.js'
import { modelName } from '@nonconvex/experiments/model'
import { verifyModel } from '../models/verify-model.js'
import { pageName } from '../report/report-files.js'
import { viewerName } from '../report/viewer.js'
import { openProgress } from '../terminal/progress.js'
import { formatSeconds } from '../text/numbers.js'
import { printed } from '../text/printed.js'
import type { Terminal } from '../terminal/terminal.js'
import { checkFiles, documentOnly, withMore, type ReadDocument } from './verify-files.js'
import { checkPage, isPart, reportFolders, type ReportFolder } from './verify-report.js'

interface Checked {
  readonly path: string
  /** the experiment, or the kind of a model; null for the page of a report */
  readonly experiment: string | null
  readonly verification: Verification
  /** what is never checked of its kind */
  readonly scope?: readonly string[]
}

const findingsShown = 10

/**
 * `nonconvex verify <path>`: recomputes results from their witnesses. In a folder the files that
 * belong to a result are remade and compared, too, and the page of a report. Model folders that
 * `fit` has written are checked against themselves.
 */
export async function verify(
  host: Host,
  terminal: Terminal,
  path: string,
  flags: VerifyFlags,
): Promise<number> {
  const found = foundAt(path, terminal)
  const several = found.results.length + found.models.length > 1
  const results: ReadDocument[] = []
  const unread: Checked[] = []
  for (const each of found.results) {
    try {
      results.push(await readDocument(each, found.folder ? undefined : host.signal))
    } catch (error) {
      unread.push(rejectedOf(several, each, 'result', error))
    }
  }
  const models = found.models.map((each) => checkedModel(each, host, several))
  const reports = found.folder ? reportFolders(path, results) : []
  const others = found.folder ? strays(found, reports) : []
  const workers = Math.max(1, Math.min(flags.workers ?? host.cores, results.length))
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
      `${counted(results.length, 'result')} on ${counted(workers, 'worker')}: about ${formatSeconds(seconds)}, as long as the runs took; one alone: ${host.program} verify ${shellWord(dirname(results[0].path))}`,
    )
  }
  try {
    for (const { path: each } of results) progress.update(each, 0, 1)
    const documents = await Promise.all(
      results.map(async (read): Promise<Checked> => {
        const document = await pool.verify(read.result, host.signal)
        const part = reports.some((one) => isPart(one, read.path))
        const verification = found.folder
          ? checkFiles(read, document, host, part)
          : withMore(document, { notes: [documentOnly] })
        progress.update(read.path, 1, 1)
        return { path: read.path, experiment: read.result.experiment, verification }
      }),
    )
    const pages: Checked[] = []
    for (const one of reports) {
      const fine = documents.every((each) => each.verification.accepted || !isPart(one, each.path))
      pages.push({
        path: join(one.root, pageName),
        experiment: null,
        verification: fine ? await checkPage(one, host) : notCompared,
        scope: [
          'not compared: the running time on the page',
          ...(isFolder(join(one.root, viewerName))
            ? ['not compared: the files of the viewer']
            : []),
        ],
      })
    }
    progress.end()
    return report([...documents, ...unread, ...models, ...pages, ...others], terminal, flags)
  } catch (error) {
    if (host.signal.aborted) throw interrupted('interrupted before verification finished')
    throw error
  } finally {
    progress.end()
    await pool.close()
  }
}

/** One model; what is unreadable of several is rejected, so that the others are checked. */
function checkedModel(path: string, host: Host, several: boolean): Checked {
  try {
    const { kind, ...checked } = verifyModel(path, host.version)
    return { path, experiment: `${kind} model`, ...checked }
  } catch (error) {
    return rejectedOf(several, path, 'model', error)
  }
}

/** What cannot be read: it ends the command where it is alone, and is rejected among others. */
function rejectedOf(several: boolean, path: string, experiment: string, error: unknown): Checked {
  if (!several || !(error instanceof Stop) || error.status !== exit.input) throw error
  const [message] = error.message.split('\n')
  const findings = [{ path: basename(path), message }]
  return { path, experiment, verification: { accepted: false, findings, notes: [] } }
}

/**
 * What a folder has beside its documents: folders whose marker names a kind of document that is not
 * in its place, so that their pages and figures are compared with nothing, and pages that no document
 * is beside.
 */
function strays(
  { results, models, pages, marked }: Found,
  reports: readonly ReportFolder[],
): readonly Checked[] {
  const roots = reports.map(({ root }) => resolve(root))
  const known = new Set([...roots, ...models.map((each) => resolve(each))])
  const missing = marked.flatMap((folder): Checked[] => {
    const kind = readMarker(folder)?.kind
    const own = kind === 'run' ? resultName : kind === 'model' ? modelName : 'results/'
    const there =
      kind === undefined ||
      (kind === 'run'
        ? results.some((each) => resolve(dirname(each)) === resolve(folder))
        : known.has(resolve(folder)))
    const message = `marked as the folder of a ${kind}, but its ${own} is not in its place, so that nothing else in it was compared`
    const findings = [{ path: own, message }]
    return there
      ? []
      : [
          {
            path: folder,
            experiment: `${kind} folder`,
            verification: { accepted: false, findings, notes: [] },
          },
        ]
  })
  const lonely = pages.flatMap((page): Checked[] => {
    const folder = resolve(dirname(page))
    const ofViewer = roots.some((root) => `${folder}${sep}`.startsWith(join(root, viewerName, sep)))
    if (known.has(folder) || ofViewer || marked.some((each) => resolve(each) === folder)) return []
    const notes = ['not compared: no document of a report or a model is beside this page']
    const verification = { accepted: true, findings: [], notes }
    return [{ path: page, experiment: 'page', verification }]
  })
  return [...missing, ...lonely]
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

/** A page is remade from its documents, and there is nothing to remake it from. */
const notCompared: Verification = {
  accepted: false,
  findings: [{ path: pageName, message: 'not compared: a result it is made from is rejected' }],
  notes: [],
}

/** What there is to verify at a path. */
interface Found {
  /** whether the path is of a folder, whose other files are checked, too */
  readonly folder: boolean
  /** files of results */
  readonly results: readonly string[]
  /** folders of models */
  readonly models: readonly string[]
  /** files named as the page of a report or a model */
  readonly pages: readonly string[]
  /** folders with a marker of ours */
  readonly marked: readonly string[]
}

const alone = { folder: false, results: [], models: [], pages: [], marked: [] }

/**
 * The document at a path, or every result.json and model.json below a folder. Links to folders are
 * not followed: they may lead in circles, or anywhere. A link to a document counts, as other files
 * lie beside it.
 */
function foundAt(path: string, terminal: Terminal): Found {
  if (basename(path) === modelName) return { ...alone, models: [dirname(path)] }
  try {
    if (!statsOf(path).isDirectory()) return { ...alone, results: [path] }
    const entries = readdirSync(path, { recursive: true, withFileTypes: true })
      .map((entry) => ({ name: relative(path, join(entry.parentPath, entry.name)), entry }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
    const links = entries.filter(
      ({ name, entry }) => entry.isSymbolicLink() && isFolder(join(path, name)),
    )
    if (links.length > 0)
      terminal.warn({
        code: 'links-skipped',
        text: `${path}: links to folders were not followed: ${links.map(({ name }) => name).join(', ')}`,
      })
    const named = (document: string): readonly string[] =>
      entries
        .filter(({ entry }) => entry.name === document && !entry.isDirectory())
        .map(({ name }) => join(path, name))
    const results = named(resultName)
    const models = named(modelName).map(dirname)
    const pages = named(pageName)
    const marked = named(basename(markerName))
      .filter((each) => each.endsWith(join(sep, markerName)) || each === markerName)
      .map((each) => dirname(dirname(each)))
    const all = { folder: true, results, models, pages, marked }
    if (results.length + models.length > 0) return all
    // one that is not finished has no document yet
    if (readMarker(path)?.kind === 'model') return { ...all, models: [path] }
    throw badInput(
      'result-missing',
      `${path} contains no ${resultName} and no ${modelName}; give a result file, a model folder, or a folder with some of them`,
    )
  } catch (error) {
    if (codeOf(error) !== undefined) throw fileFault('read', path, error)
    throw error
  }
}

const remedy = 'give a result.json written by run --out or reproduce, or a folder with some'

/**
 * Reads and parses a document.
 *
 * @param named - ends the reading where the user names the file, which then may be a pipe
 */
async function readDocument(path: string, named: AbortSignal | undefined): Promise<ReadDocument> {
  if (isNamedData(path) && statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    throw badInput(
      'result-invalid',
      `${path}: expected a result, a report or a model, got a file of data\n${remedy}, or a model folder of fit\n` +
        'nonconvex fit trains a model on data, nonconvex evaluate MODEL DATA measures its errors',
    )
  let text: string
  try {
    text = named === undefined ? documentText(path) : await namedDocumentText(path, named)
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
