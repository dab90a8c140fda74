import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { fitSize, tableRows, type FitProgress, type SeparableFit } from '@nonconvex/overparam/fit'
import {
  againstRest,
  classNames,
  KnownRows,
  shown,
  type Classes,
  type SharedRows,
  type Table,
  type DataFormat,
} from '@nonconvex/overparam/tabular'
import { defined } from '../defined.js'
import { badInput, interrupted, statusOf } from '../exit.js'
import { openFolder } from '../files/out-folder.js'
import type { Given } from '../fit/document.js'
import { oneVsRest, twoSided } from '../fit/fitted-model.js'
import { composed, numbered, type Composition } from '../fit/one-vs-rest.js'
import { printFit } from '../fit/print-fit.js'
import { inTurn, plansOf, repeatOf } from '../fit/repeats.js'
import type { Host } from '../host.js'
import { dataFault } from '../input/data-faults.js'
import { formatOf } from '../input/format.js'
import { readTable, type ReadTable, type TableSource } from '../input/read-table.js'
import { modelFiles, modelNames } from '../models/model-folder.js'
import { hintSaved } from '../models/model-notes.js'
import { separableKind } from '../models/separable-document.js'
import type { Repeat } from '../models/training-record.js'
import { preprocessingOf } from '../models/verify-guarantees.js'
import type { Terminal } from '../terminal/terminal.js'
import { formatNumber, leftText } from '../text/numbers.js'
import { counted } from '@nonconvex/optim/claims'
import type { Pool } from '../work/pool.js'
import type { FitSeparableFlags } from '../command-line/data-commands.js'

/**
 * Pixels are known to lie in 0 … 255 before any image is seen: an image with a quarter of its area
 * in full ink comes to norm 1, which is about what digits have.
 */
const pixelScale = (d: number): number => 2 / (255 * Math.sqrt(d))

/**
 * `nonconvex fit separable DATA`: a network on a user's own examples, with all that can be
 * certified about it.
 */
export async function fitSeparable(
  host: Host,
  terminal: Terminal,
  data: string,
  flags: FitSeparableFlags,
): Promise<number> {
  const { seed, delta, out, force = false } = flags
  const folder =
    out === undefined
      ? undefined
      : openFolder({
          path: out,
          kind: 'model',
          holds: separableKind,
          resume: false,
          force,
          writes: modelNames,
        })
  const { cv, seeds } = flags
  let pool: Pool | undefined
  try {
    const format = flags.format ?? (await formatOf(data, host.signal))
    const read = await readTable({ ...sourceOf(data, format, flags), ...watched(host, terminal) })
    const test = flags.test === undefined ? undefined : await readTest(flags.test, read)
    if (read.labelColumn !== undefined && flags.label === undefined)
      terminal.hint(
        `labels are read from column ${JSON.stringify(read.labelColumn)}; --label NAME selects another column`,
      )
    const { table } = read
    const { names } = table.several ?? {}
    const scale = flags.scale ?? (format === 'idx' ? pixelScale(table.x.cols) : undefined)
    announce(table)
    // taken before the matrix moves to another thread
    const rows = KnownRows.of(numbered(table)).toText()
    const pieces = (cv ?? 0) + (seeds ?? 0) + (names?.length ?? 0)
    const workers = Math.max(1, Math.min(host.cores, pieces))
    pool = host.openPool(workers)
    const settings = { pool, workers, scale }
    const repeats = await repeated(settings, table, test?.table)
    const made = await fitted(settings, { table, test: test?.table, seed })
    const { shared } = made.counts ?? made.fits[0]
    if (shared && flags.test !== undefined)
      terminal.warn({ code: 'examples-shared', text: sharedText(flags.test, data, shared) })
    const given: Given = {
      file: basename(data),
      format,
      rows,
      scaleGiven: scale !== undefined,
      flags,
      repeats,
      version: host.version,
    }
    const { model, page, summary, tables } = made.counts
      ? oneVsRest(made.counts, read, given)
      : twoSided(made.fits[0], read, given)
    folder?.install(modelFiles(model, page()))
    const verdicts = made.fits.flatMap((fit) => fit.verdicts)
    if (flags.json) terminal.json(JSON.stringify(model.document, null, 2))
    else {
      const classOf = names?.flatMap((name, c) => made.fits[c].verdicts.map(() => name))
      printFit({ data, seed, verdicts, summary, tables, classOf }, flags.tables, terminal)
    }
    hintSaved(host, terminal, flags, 'the network and a report')
    return statusOf(verdicts, flags.strict ?? false)
  } finally {
    terminal.redraw('')
    folder?.release()
    await pool?.close()
  }

  /** Refuses a width for which these features are too many; says what takes much memory. */
  function announce({ x, several }: Table): void {
    try {
      const { names = [''], of } = several ?? {}
      const { weights, largest, bytes } = fitSize(x, flags.k, flags.bias, names.length)
      const alone = names.filter((_, c) => of?.filter((one) => one === c + 1).length === 1)
      if (alone.length > 0)
        terminal.warn({
          code: 'labels-rare',
          text: `${data}: only one example each has ${quotedSome(alone)}; correct them if they are misspelled`,
        })
      if (bytes > LARGE)
        terminal.hint(
          `${formatNumber(x.rows)} examples with ${formatNumber(x.cols)} features and ${formatNumber(weights)} weights: the largest array takes ${gigabytes(largest)}, all together about ${gigabytes(bytes)}; a smaller --k N reduces this`,
        )
    } catch (error) {
      throw dataFault(data, 'fit', error)
    }
  }

  /** Test examples, with the labels and the features of the training examples. */
  async function readTest(path: string, trained: ReadTable): Promise<ReadTable> {
    const { classes, features, several } = trained.table
    const format = flags.format ?? (await formatOf(path, host.signal))
    const read = await readTable({
      path,
      format,
      signal: host.signal,
      features,
      wantedBy: basename(data),
      ...(flags.header !== undefined && { header: flags.header }),
      ...(trained.labelColumn !== undefined && { label: trained.labelColumn }),
      ...(flags.testLabels !== undefined && { labels: flags.testLabels }),
      ...(several ? { classes: several.names } : choiceOf(classes, flags)),
    })
    if (read.table.x.cols !== features.length)
      throw badInput(
        'features-differ',
        `${path}: expected ${features.length} features as in ${data}, got ${read.table.x.cols}`,
      )
    const { negative, rest } = classes
    const unseen = rest ? read.table.classes.negative.filter((one) => !negative.includes(one)) : []
    if (unseen.length > 0)
      terminal.warn({
        code: 'labels-unknown',
        text: `${path}: labels that no example of ${data} has (${quotedSome(unseen)}) count as ${several ? 'errors' : classNames(classes).negative}; correct them if they are misspelled`,
      })
    if (read.beyond > 0)
      terminal.warn({
        code: 'features-unknown',
        text: `${path}: ${counted(read.beyond, 'value')} of features that are not in ${data} were ignored`,
      })
    return read
  }

  /** The fits of --cv and --seeds, as many at a time as there are threads. */
  function repeated(
    settings: Settings,
    table: Table,
    test: Table | undefined,
  ): Promise<readonly Repeat[]> {
    const plans = plansOf(table, test, { ...defined({ cv, seeds }), seed })
    let done = 0
    return inTurn(plans, settings.workers, async (plan) => {
      const job = { table: plan.train(), test: plan.test?.(), seed: plan.seed }
      const fit = await fitted({ ...settings, workers: 1 }, job, true)
      terminal.redraw(`folds and seeds: ${++done} of ${plans.length}`)
      return repeatOf(plan, fit)
    })
  }

  /** One network for two sides; for several classes one each, and what is counted of all. */
  async function fitted(
    settings: Settings,
    { table, test, seed: drawn }: Job,
    besides = false,
  ): Promise<{ readonly fits: readonly SeparableFit[]; readonly counts?: Composition }> {
    const { scale } = settings
    const common = { test, seed: drawn, delta, scale, besides }
    if (!table.several) return { fits: [await certified(settings.pool, { ...common, table })] }
    const { names } = table.several
    const all = Array.from(table.y.keys())
    const tables = names.map((_, c) => againstRest(table, c + 1))
    let done = 0
    const fits = await inTurn(tables, settings.workers, async (one, c) => {
      const fit = await certified(settings.pool, {
        ...common,
        // a fit overwrites its numbers
        table: tableRows(one, all),
        test: test && againstRest(test, c + 1),
        delta: delta / names.length,
        name: names[c],
      })
      if (!besides) terminal.redraw(`classes: ${++done} of ${names.length}`)
      return fit
    })
    const { standardise = false } = flags
    const preprocessing = preprocessingOf({ standardise, scaleGiven: scale !== undefined })
    return { fits, counts: composed(fits, tables, { table, test }, { delta, preprocessing }) }
  }

  async function certified(
    pool: Pool,
    job: Job & {
      readonly delta: number
      readonly scale: number | undefined
      readonly besides: boolean
      /** of the class, where there are several */
      readonly name?: string
    },
  ): Promise<SeparableFit> {
    const { k, bias = 0, maxSteps, standardise = false } = flags
    const { table, test, scale, besides, name } = job
    const examples = table.y.length
    const before = name === undefined ? '' : `${name}: `
    let limit = maxSteps
    let timed = { k: 0, since: 0 }
    /** the rest of a run, where its steps are limited; it may converge before */
    const left = (progress: FitProgress): string => {
      if (progress.stage !== 'training') return ''
      if (timed.k !== progress.k) timed = { k: progress.k, since: host.clock() }
      return limit === undefined
        ? ''
        : leftText(progress.sgd.step / limit, host.clock() - timed.since)
    }
    try {
      return await pool.fit(
        {
          table,
          seed: job.seed,
          ...(test && { test }),
          options: {
            k,
            bias,
            delta: job.delta,
            standardise,
            threads: !besides && name === undefined && availableParallelism() > 1 ? 2 : 1,
            ...(scale !== undefined && { scale }),
            ...(maxSteps !== undefined && { maxSteps }),
          },
        },
        {
          signal: host.signal,
          watch: (progress) => {
            if (besides) return
            if (progress.stage === 'out-of-reach') {
              limit = progress.maxSteps
              terminal.hint(before + progressText(progress, 0))
            } else terminal.redraw(before + progressText(progress, examples) + left(progress))
          },
        },
      )
    } catch (error) {
      if (host.signal.aborted) throw interrupted('interrupted; nothing was written')
      // from a thread a DataError comes as an input error; all arguments are the user's
      if (error instanceof Error && inputNames.includes(error.name)) {
        const text = error.message.replace(/^\w+: (?=expected )/, '')
        const separator = text.startsWith('line ') ? ', ' : ': '
        throw badInput('data-invalid', `${data}${separator}${text}`, { cause: error })
      }
      throw error
    }
  }
}

/** Where and how the fits of a command are made. */
interface Settings {
  readonly pool: Pool
  readonly workers: number
  readonly scale: number | undefined
}

/** Examples and a seed. */
interface Job {
  readonly table: Table
  readonly test: Table | undefined
  readonly seed: number
}

/** Some labels. */
const quotedSome = (labels: readonly string[]): string =>
  `${labels.slice(0, 3).map(shown).join(', ')}${labels.length > 3 ? ', …' : ''}`

const inputNames = ['InputError', 'DataError', 'RangeError', 'ArgumentError', 'ShapeError']

/** Bytes, all together, from which they are announced. */
const LARGE = 2 ** 28

const gigabytes = (bytes: number): string => `${formatNumber(bytes / 1e9, 2)} GB`

const sourceOf = (
  path: string,
  format: DataFormat,
  { label, drop, header, labels, positive, negative }: FitSeparableFlags,
): Omit<TableSource, 'signal'> => ({
  path,
  format,
  classes: 'all',
  ...(label !== undefined && { label }),
  ...(drop && { drop }),
  ...(header !== undefined && { header }),
  ...(labels !== undefined && { labels }),
  ...(positive && { positive }),
  ...(negative && { negative }),
})

function watched(host: Host, terminal: Terminal): Pick<TableSource, 'signal' | 'watch'> {
  let announced = false
  const watch = (rows: number, bytes: number): void => {
    if (bytes > LARGE && !announced) {
      announced = true
      terminal.hint(
        `reading more than ${gigabytes(LARGE)} of numbers into memory; the limit is 2.1 GB`,
      )
    }
    terminal.redraw(`reading: ${formatNumber(rows)} rows`)
  }
  return { signal: host.signal, watch }
}

/**
 * The classes of the training data for other examples: labels of neither class are dropped only if
 * they were before.
 */
function choiceOf(
  classes: Classes,
  flags: FitSeparableFlags,
): Pick<TableSource, 'positive' | 'negative'> {
  const { positive, negative, rest } = classes
  return rest && flags.negative === undefined ? { positive } : { positive, negative }
}

const sharedText = (test: string, data: string, { count: found, lines }: SharedRows): string =>
  `${test}: ${counted(found, 'example')} of ${data} ${found === 1 ? 'is' : 'are'} also in it: its line ${lines[0]} equals line ${lines[1]} there; no held-out bound follows. Use examples that are not in the training data`

function progressText(progress: FitProgress, n: number): string {
  switch (progress.stage) {
    case 'separability':
      return 'searching for a separator'
    case 'training': {
      const { k, sgd } = progress
      return `k = ${k}: ${formatNumber(sgd.updates)} updates in ${formatNumber(sgd.step)} steps, ${formatNumber(sgd.clean)} of ${formatNumber(n)} examples without an update`
    }
    case 'out-of-reach': {
      const { k, bound, maxSteps } = progress
      return `k = ${k}: the theorem allows B = ${formatNumber(Math.floor(bound), 3)} updates, out of reach; stopping after ${counted(maxSteps, 'step')}, raise it with --max-steps`
    }
    case 'starting':
      return `k = ${progress.k}: initialization`
    case 'measuring':
      return `k = ${progress.k}: errors`
    case 'comparing':
      return 'comparing with linear rules'
    case 'replaying':
      return 'training on the updated examples alone'
  }
}
