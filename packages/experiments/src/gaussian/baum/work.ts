import {
  baum as baumAlgorithm,
  baumFails,
  baumLearns,
  baumRate,
  baumSampleSizes,
  baumSizes,
  baumSizeSides,
  gordanResidual,
  isSymmetric,
  quadraticFeatures,
  testBaum,
  type BaumResult,
  type LabeledPoints,
} from '@nonconvex/gaussian-theory/baum'
import { readable } from '@nonconvex/optim/claims'
import { norm2 } from '@nonconvex/tensor'
import { ascending, finite, largest, mean } from '../../averages.js'
import { tableOf } from '../../define/table.js'
import { witnessed, workOf } from '../../define/work.js'
import { baum, followed, kinds, type Kind, type Params } from './experiment.js'
import {
  baumFigures,
  guaranteedFor,
  type Curve,
  type RunMeasured,
  type RunsByKind,
} from './figures.js'
import { pictureOf } from './picture.js'
import { pairsOf, sampler, type Context, type HalfSpaces, type Runs } from './samples.js'

/** What is measured on the half-spaces of a cell, with these as its witness. */
function onPairs<M>(
  cell: Runs,
  context: Context,
  of: (cell: Runs, pairs: readonly HalfSpaces[], context: Context) => M,
) {
  const pairs = pairsOf(cell, context)
  return witnessed(of(cell, pairs, context), { pairs })
}

export const work = workOf(baum, {
  parts: {
    runs: { measure: (cell, context) => onPairs(cell, context, runsOf) },
    curve: { measure: (cell, context) => onPairs(cell, context, curveOf) },
    sizes: {
      measure: (_, { params: { n, dims, eps } }) => ({
        sizes: ascending([...new Set([n, ...dims])]).flatMap((inputs) =>
          baumSizeSides({ n: inputs, eps, delta: eps }),
        ),
      }),
    },
    picture: { measure: (cell, context) => onPairs(cell, context, pictureOf) },
  },
  conclude: ({ runs, curve, sizes, picture }, params, verdict) => {
    const { inputs, first, second, test, eps } = params
    const of = (kind: Kind): readonly RunMeasured[] =>
      runs.flatMap(({ cell, measured }) => (cell.kind === kind ? measured.runs : []))
    const byKind = Object.fromEntries(kinds.map((kind) => [kind, of(kind)])) as RunsByKind
    const curves = curvesOf(curve, params)
    const drawn = (kind: Kind) => picture.find(({ cell }) => cell.kind === kind)?.measured
    return {
      verdicts: [
        verdict(baumLearns, [{ part: 'runs', where: ({ kind }) => kind === inputs }], () => {
          const own = of(inputs)
          const tested = own.flatMap((run) =>
            run.errors === null ? [] : [{ points: test, errors: run.errors, bad: run.bad }],
          )
          const [worst] = tested.sort((a, b) => b.errors - a.errors)
          return {
            symmetric: isSymmetric(inputs),
            // lifted inputs have three coordinates whatever n is
            n: inputs.startsWith('lifted') ? 3 : params.n,
            first,
            second,
            statuses: own.map(({ status }) => status),
            worst,
            eps,
          }
        }),
        verdict(baumSizes, ['sizes'], () => sizes[0].measured.sizes),
        verdict(baumFails, [{ part: 'runs', where: ({ kind }) => kind === 'lifted' }], () => ({
          oneSided: true,
          draws: params,
          statuses: of('lifted').map(({ status }) => status),
          residuals: of('lifted').flatMap(({ residual }) => (residual === null ? [] : [residual])),
        })),
        verdict(baumRate, ['curve'], () => ({
          symmetric: isSymmetric(followed(params)),
          curves: curves.map(({ n, sizes, errors, failed }) => ({
            n,
            first,
            sizes,
            failed,
            runs: params.curveRuns,
            points: test,
            errors: errors.map(mean),
            guaranteed: sizes.map((size) => guaranteedFor(n, size)),
          })),
        })),
      ],
      tables: [runTable(byKind, params), curveTable(curves), sizeTable(params)],
      figures: baumFigures(
        { runs: byKind, curves, gaussian: drawn('gaussian'), lifted: drawn('lifted') },
        params,
      ),
    }
  },
})

function runsOf(cell: Runs, pairs: readonly HalfSpaces[], context: Context) {
  const { first, second, test } = context.params
  const measured = pairs.map((pair, i): RunMeasured => {
    const { u, v } = pair
    const sample = sampler(cell, i, pair, context)
    const fitted = sample('second', second)
    const result = baumAlgorithm(sample('first', first), fitted)
    const found = testBaum(result, sample('test', test), u, v)
    const { status, kept, predict, witness } = result
    const counter = status === 'step2-infeasible'
    return {
      status,
      kept,
      errors: predict ? found.errors : null,
      bad: found.bad,
      residual: counter ? residualOf(result, fitted) : null,
      support: counter && witness ? witness.rows.length : null,
    }
  })
  return { runs: measured }
}

/** The witness against step 2, checked on the sample itself. */
function residualOf({ w, witness }: BaumResult, { x, y }: LabeledPoints): number | null {
  if (!w || !witness) return null
  const rows = Array.from(y.keys()).filter((i) => {
    let dot = 0
    for (let t = 0; t < x.cols; t++) dot += x.data[i * x.cols + t] * w[t]
    return dot > 0
  })
  const data = new Float64Array(rows.length * x.cols)
  rows.forEach((row, i) => data.set(x.data.subarray(row * x.cols, (row + 1) * x.cols), i * x.cols))
  const features = quadraticFeatures({ rows: rows.length, cols: x.cols, data })
  const sizes = witness.rows.map((row) =>
    norm2(features.data.subarray(row * features.cols, (row + 1) * features.cols)),
  )
  const labels = rows.map((i) => y[i])
  return gordanResidual(features, labels, witness) / Math.max(0, ...sizes)
}

/** Errors on the test sample with each size of the second sample; null without a hypothesis. */
export type CurveMeasured = { readonly errors: readonly (readonly (number | null)[])[] }

/** Each run has one second sample, of which step 2 gets longer and longer prefixes. */
function curveOf(cell: Runs, pairs: readonly HalfSpaces[], context: Context): CurveMeasured {
  const { first, test } = context.params
  const sizes = ascending(context.params.sizes)
  return {
    errors: pairs.map((pair, i) => {
      const sample = sampler(cell, i, pair, context)
      const half = sample('first', first)
      const form = sample('second', sizes[sizes.length - 1])
      const fresh = sample('test', test)
      return sizes.map((size) => {
        const result = baumAlgorithm(half, prefixOf(form, size))
        return result.predict ? testBaum(result, fresh, pair.u, pair.v).errors : null
      })
    }),
  }
}

function prefixOf({ x, y }: LabeledPoints, rows: number): LabeledPoints {
  const { cols, data } = x
  return { x: { rows, cols, data: data.subarray(0, rows * cols) }, y: y.subarray(0, rows) }
}

function curvesOf(
  rows: readonly { readonly cell: Runs; readonly measured: CurveMeasured }[],
  params: Params,
): Curve[] {
  const sizes = ascending(params.sizes)
  return ascending(params.dims).flatMap((n) => {
    const runs = rows.flatMap(({ cell, measured }) => (cell.n === n ? measured.errors : []))
    if (runs.length === 0) return []
    const errors = sizes.map((_, i) =>
      runs.flatMap((run) => {
        const found = run[i]
        return found === null ? [] : [found / params.test]
      }),
    )
    const failed = errors.reduce((sum, each) => sum + runs.length - each.length, 0)
    return [{ n, sizes, errors, failed }]
  })
}

function runTable(runs: RunsByKind, { test }: Params) {
  const some = (list: readonly (number | null)[]) => list.flatMap((x) => (x === null ? [] : [x]))
  const rate = (list: readonly number[]) => largest(list.map((count) => count / test))
  const count = (kind: Kind, status: RunMeasured['status']) =>
    runs[kind].filter((run) => run.status === status).length
  const residuals = (kind: Kind) => some(runs[kind].map(({ residual }) => residual))
  return tableOf('runs', 'Runs on each distribution', kinds, {
    inputs: ['inputs', (kind) => kind],
    symmetric: ['symmetric', (kind) => (isSymmetric(kind) ? 'yes' : 'no')],
    learnt: ['runs that learned', (kind) => `${count(kind, 'learnt')} of ${runs[kind].length}`],
    infeasible: ['step 2 infeasible', (kind) => count(kind, 'step2-infeasible')],
    error: ['largest error', (kind) => rate(some(runs[kind].map(({ errors }) => errors))), 3],
    bad: [
      'largest fraction where step 2 fails',
      (kind) => rate(runs[kind].map(({ bad }) => bad)),
      3,
    ],
    residual: ['largest residual of a witness', (kind) => largest(residuals(kind)), 2],
  })
}

function curveTable(curves: readonly Curve[]) {
  const lines = curves.flatMap(({ n, sizes, errors }) =>
    sizes.map((size, i) => ({ n, size, errors: errors[i] })),
  )
  return tableOf('samples', 'Test error by the number of examples of step 2', lines, {
    n: ['inputs $n$', (line) => line.n],
    size: ['examples $m_2$', (line) => line.size],
    learnt: ['runs that learned', (line) => line.errors.length],
    mean: ['mean error', ({ errors }) => finite(mean(errors)), 3],
    most: ['largest error', ({ errors }) => largest(errors), 3],
    guaranteed: ['guaranteed error', ({ n, size }) => guaranteedFor(n, size), 3],
  })
}

function sizeTable({ n, eps, first, second }: Params) {
  const { m1, m2 } = baumSampleSizes({ n, eps, delta: eps })
  const lines = [
    ['half-space', readable(m1), readable(first)],
    ['quadratic form, points kept', readable(m2), `half of ${readable(second)}`],
  ]
  return tableOf('sizes', 'Examples that guarantee the target error, and those used', lines, {
    step: ['step', ([step]) => step],
    guarantee: ['guaranteed with probability $1 - \\varepsilon$', ([, needed]) => needed],
    used: ['used here', ([, , used]) => used],
  })
}
