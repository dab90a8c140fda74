import { boundIndependentOfWidth, sparseRows, type Dataset } from '@nonconvex/overparam'
import { digitsTask, loadDigits, type Digits } from '@nonconvex/overparam/digits'
import {
  certificateConfirmed,
  noOverfitting,
  sampleHypotheses,
  type Tested,
  type WidthErrors,
} from '@nonconvex/overparam/generalization'
import { mean } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { MeasureContext } from '../../define/experiment.js'
import { InputError } from '../../define/input-error.js'
import {
  cannotRead,
  unchangedFiles,
  unlessMissing,
  type DigitsData,
  type DigitsFiles,
} from '../../define/readers.js'
import { tableOf } from '../../define/table.js'
import { workOf, type PartContext, type PartRow } from '../../define/work.js'
import { lastMade } from '../../last-made.js'
import { factsOf, theorem, type Measured, type NamedRun } from '../runs/facts.js'
import { potentialFigure } from '../runs/potential-figure.js'
import { scaledRun } from '../runs/run-options.js'
import { measureRun, replayRun, type RunTask } from '../runs/run-cell.js'
import { guaranteeTable, ledgerTable, runTable } from '../runs/tables.js'
import { byWidth } from '../runs/width-panel.js'
import { mnist } from './experiment.js'
import {
  guaranteeFigure,
  widthFigure,
  guaranteesOf,
  parametersPerExample,
  PIXELS,
  guaranteed,
} from './figures.js'

type Params = ParamsOf<typeof mnist>
type Context = Pick<MeasureContext<Params>, 'params' | 'stream' | 'shared' | 'signal' | 'digits'>

export const work = workOf(mnist, {
  parts: {
    files: { measure: (_, context) => filesOf(context), sources: sameFiles },
    run: {
      measure: async (cell, context) => measureRun(await taskOf(cell, context), context),
      replay: async ({ cell, witness }, context) => replayRun(witness, await taskOf(cell, context)),
    },
  },
  conclude: ({ run, files }, p, verdict) => {
    const runs = run.map(({ cell: { k, seed }, measured }) => ({
      name: `k = ${k}, seed ${seed}`,
      group: 'digits',
      measured,
    }))
    const facts = factsOf(runs, p.alpha)
    const widest = runs.reduce<NamedRun | undefined>(
      (best, one) => (best && best.measured.k >= one.measured.k ? best : one),
      undefined,
    )
    return {
      verdicts: [
        ...[...theorem, boundIndependentOfWidth].map((claim) =>
          verdict(claim, ['run'], () => facts),
        ),
        verdict(noOverfitting, ['run'], () => ({
          widths: errorsOf(runs),
          examples: Math.max(...runs.map(({ measured }) => measured.tested)),
        })),
        verdict(certificateConfirmed, ['run'], () => ({
          runs: testedOf(runs, p),
          // the digits were found, not drawn; their order was shuffled before they were divided
          hypotheses: sampleHypotheses({
            independent: 'unknown',
            fixedBefore: p.data === undefined || 'assumed',
          }),
        })),
      ],
      tables: [
        ...files.map(({ measured }) => filesTable(measured)),
        widthTable(runs, p),
        bestTable(widest, p),
        runTable(runs),
        ledgerTable(runs),
      ],
      figures: [...widthFigure(runs, p), ...guaranteeFigure(runs, p), ...potentialFigure(widest)],
    }
  },
})

/** The errors of each width on the test digits, if there are some. */
const errorsOf = (runs: readonly NamedRun[]): WidthErrors[] =>
  byWidth(runs).flatMap(({ at: k, rows }) => {
    const tested = rows.flatMap(({ measured: { testError, tested } }) =>
      testError === null ? [] : [{ error: testError, errors: Math.round(testError * tested) }],
    )
    if (tested.length === 0) return []
    const error = mean(tested.map((m) => m.error))
    return [{ k, errors: tested.map(({ errors }) => errors), error }]
  })

/**
 * The runs whose guarantee new digits can contradict, with the better of the two codes that allow
 * for errors or not.
 */
const testedOf = (runs: readonly NamedRun[], p: Params): readonly Tested[] =>
  runs.flatMap(({ name, measured: m }) => {
    if (m.testHinge === null) return []
    const found = guaranteesOf(m, p)
    return [
      {
        name,
        bound: Math.min(1, guaranteed(found, m.shortUnused > 0 ? 'agnostic' : 'blocks')),
        short: Math.round(m.testHinge * m.tested),
        examples: m.tested,
      },
    ]
  })

/**
 * Every width: updates, errors, and bounds of the runs; means over its runs. c/(n + 1) estimates
 * a bound of the mean error; with the theorem's bound B on the updates in place of c it is a bound
 * of what is estimated, and vacuous.
 */
function widthTable(runs: readonly NamedRun[], p: Params) {
  const widths = byWidth(runs).map(({ at: k, rows }) => {
    const some = rows.map(({ measured }) => measured)
    return {
      k,
      some,
      found: some.map((m) => guaranteesOf(m, p)),
      updates: some.map((m) => m.updates),
      errors: some.flatMap((m) => (m.testError === null ? [] : [m.testError])),
      short: some.flatMap((m) => (m.testHinge === null ? [] : [m.testHinge])),
    }
  })
  type Width = (typeof widths)[number]
  const of = ({ some }: Width, get: (m: Measured) => number): number => mean(some.map(get))
  const boundOf = ({ found }: Width, id: Parameters<typeof guaranteed>[1]): number =>
    mean(found.map((one) => guaranteed(one, id)))
  const known = (
    numbers: readonly number[],
    get: (numbers: readonly number[]) => number,
  ): number | null => (numbers.length > 0 ? get(numbers) : null)
  const least = (numbers: readonly number[]): number => Math.min(...numbers)
  const most = (numbers: readonly number[]): number => Math.max(...numbers)
  return tableOf(
    'widths',
    `Widths compared: updates, test errors, and bounds with δ = ${p.delta}`,
    widths,
    {
      k: ['$k$', ({ k }) => k],
      parameters: ['parameters $2kd$', ({ k }) => 2 * k * PIXELS],
      per_example: ['parameters per example', ({ k }) => parametersPerExample(k, p), 3],
      runs: ['runs', ({ some }) => some.length],
      updates: ['updates $U$: mean', ({ updates }) => mean(updates), 4],
      updates_least: ['least', ({ updates }) => least(updates)],
      updates_most: ['most', ({ updates }) => most(updates)],
      distinct: ['distinct examples $c$', (width) => of(width, (m) => m.distinct), 4],
      epochs: ['steps / $n$', (width) => of(width, (m) => m.steps / p.n), 3],
      error: ['test error: mean', ({ errors }) => known(errors, mean), 3],
      error_least: ['least', ({ errors }) => known(errors, least), 3],
      error_most: ['most', ({ errors }) => known(errors, most), 3],
      short: ['test $yN<1$', ({ short }) => known(short, mean), 3],
      subset: ['by the subset', (width) => boundOf(width, 'subset'), 3],
      blocks: ['by blocks', (width) => boundOf(width, 'blocks'), 3],
      leave_one_out: ['$c/(n+1)$', (width) => boundOf(width, 'leave-one-out'), 3],
      theorem: [
        '$B/(n+1)$',
        (width) =>
          width.some.some((m) => m.bounds)
            ? of(width, (m) => (m.bounds?.best ?? NaN) / (p.n + 1))
            : null,
        3,
      ],
      held_out: [
        'Clopper–Pearson',
        (width) => known(width.errors, () => boundOf(width, 'held-out')),
        3,
      ],
    },
  )
}

/** All guarantees of the widest run: which is the best, which are vacuous, and why. */
const bestTable = (widest: NamedRun | undefined, p: Params) =>
  guaranteeTable(
    widest && {
      name: `the run with ${widest.name}`,
      found: guaranteesOf(widest.measured, p),
      truth: { margin: widest.measured.testHinge, error: widest.measured.testError },
    },
    'fraction of the test set',
  )

type Split = Required<Pick<RunTask, 'data' | 'test'>>

const split = lastMade<Promise<Split>>()

/** Four of five pixels are 0: what reads the digits of all runs reads the others only. */
const sparse = ({ x, y }: Dataset): RunTask['data'] => ({ x: sparseRows(x), y })

/** The files of a run on digits of the user's. */
export type FilesMeasured = {
  readonly files: readonly {
    readonly use: 'training' | 'test'
    readonly file: string
    readonly images: number
    readonly sha256: string
  }[]
}

function read({ params: { data = '' }, digits, signal }: Context): Promise<DigitsData> {
  if (!digits) throw cannotRead('run overparam/mnist --set data=FOLDER')
  return digits(data, signal)
}

async function filesOf(context: Context): Promise<FilesMeasured> {
  const { train, test } = await read(context)
  const of = (use: 'training' | 'test', found: DigitsFiles | undefined) =>
    found
      ? [found.images, found.labels].map(({ file, sha256 }) => ({
          use,
          file,
          images: found.digits.labels.length,
          sha256,
        }))
      : []
  return { files: [...of('training', train), ...of('test', test)] }
}

/** @throws FileError unless the folder has the files that the row was measured from */
async function sameFiles(
  { measured }: PartRow<object, unknown, unknown>,
  context: PartContext<Params>,
): Promise<void> {
  const was = (measured as FilesMeasured).files
  const { files: now } = await unlessMissing(() => filesOf(context))
  unchangedFiles(context.params.data ?? '', was, now)
}

const filesTable = ({ files }: FilesMeasured) =>
  tableOf('files', 'Files of the digits', files, {
    use: ['split', ({ use }) => use],
    file: ['file', ({ file }) => file],
    images: ['images', ({ images }) => images],
    sha256: ['SHA-256', ({ sha256 }) => sha256],
  })

async function makeTask(
  { params: p, shared }: Context,
  files: DigitsData | undefined,
): Promise<Split> {
  const digits = files ? files.train.digits : await loadDigits()
  const test = files?.test
  const { positive, negative, n } = p
  const classes = new Set([...positive, ...negative])
  const most = digits.labels.reduce((sum, label) => sum + Number(classes.has(label)), 0)
  if (n > most)
    throw new InputError(
      `parameter n: expected at most ${most}, the number of images of these digits, got ${n}`,
    )
  const task = digitsTask({ digits, positive, negative, train: n, stream: shared.child('split') })
  return {
    data: sparse(task.train),
    test: sparse(test ? sidesOf(test.digits, p, task.scale) : task.test),
  }
}

/** The digits of both sides in their order, scaled as the training digits are. */
function sidesOf({ images, labels }: Digits, p: Params, scale: number): Dataset {
  const sides = Array.from(labels).flatMap((label, i) =>
    p.positive.includes(label) ? [{ i, y: 1 }] : p.negative.includes(label) ? [{ i, y: -1 }] : [],
  )
  const data = new Float64Array(sides.length * PIXELS)
  sides.forEach(({ i }, row) => {
    for (let f = 0; f < PIXELS; f++) data[row * PIXELS + f] = (images[i * PIXELS + f] / 255) * scale
  })
  return {
    x: { rows: sides.length, cols: PIXELS, data },
    y: Float64Array.from(sides, ({ y }) => y),
  }
}

/**
 * The run of a cell: digits from the stream that all cells share, initialization and order from its
 * own.
 */
async function taskOf({ k }: { readonly k: number }, context: Context): Promise<RunTask> {
  const { params: p, stream, shared } = context
  const { row, alpha, eta } = p
  const files = p.data === undefined ? undefined : await read(context)
  const hashes = [files?.train, files?.test].map((found) =>
    found ? `${found.images.sha256} ${found.labels.sha256}` : '',
  )
  const key = [shared.name, p.positive, p.negative, p.n, ...hashes]
  const { data, test } = await split(key, () => makeTask(context, files))
  const maxSteps = p.epochs * data.y.length
  const options = scaledRun(stream, { k, d: data.x.cols, row, alpha, eta, maxSteps })
  return { data, test, options }
}
