import {
  baumLearns,
  baumFails,
  baumRate,
  baumSampleSizes,
  guaranteedError,
  isSymmetric,
} from '@nonconvex/gaussian-theory'
import { readable, type Verdict, verdictOn } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { ascending } from '../ascending.js'
import { soFar } from '../partial.js'
import { mean } from '../../averages.js'
import { DELTA } from './curve-figure.js'
import type { CurveMeasured } from './curve.js'
import { baumFigures } from './figures.js'
import type { BaumRow, RunMeasured, RunsMeasured } from './measure.js'
import { baumCells, followed, kinds, type BaumParams } from './params.js'
import type { PictureMeasured } from './picture.js'

/** Errors in one dimension, on each run that learnt, over sizes of the second sample. */
export interface Curve {
  readonly n: number
  readonly sizes: readonly number[]
  /** shares of the fresh points */
  readonly errors: readonly (readonly number[])[]
  /** runs without a hypothesis, over all sizes */
  readonly failed: number
}

/** The runs so far, by distribution, and what else there is to draw. */
export type Found = { readonly [kind in (typeof kinds)[number]]: readonly RunMeasured[] } & {
  readonly curves: readonly Curve[]
  readonly pictures: { readonly [kind in 'gaussian' | 'lifted']: PictureMeasured | undefined }
}

export function concludeBaum(rows: readonly BaumRow[], params: BaumParams): Conclusion {
  const of = (kind: string): RunMeasured[] =>
    rows
      .filter(({ key }) => key.startsWith(`${kind}/`))
      .flatMap(({ measured }) => (measured as RunsMeasured).runs)
  const picture = (kind: string): PictureMeasured | undefined =>
    rows.find(({ key }) => key === `picture/${kind}`)?.measured as PictureMeasured | undefined
  const found: Found = {
    gaussian: of('gaussian'),
    laplace: of('laplace'),
    'lifted-symmetrised': of('lifted-symmetrised'),
    exponential: of('exponential'),
    shift: of('shift'),
    lifted: of('lifted'),
    curves: curvesOf(rows, params),
    pictures: { gaussian: picture('gaussian'), lifted: picture('lifted') },
  }
  return {
    verdicts: verdicts(rows, found, params),
    tables: [runTable(found, params), curveTable(found), sizeTable(params)],
    figures: baumFigures(found, params),
  }
}

function curvesOf(rows: readonly BaumRow[], params: BaumParams): Curve[] {
  const sizes = ascending(params.sizes)
  return ascending(params.dims).flatMap((n) => {
    const runs = rows
      .filter(({ key }) => key.startsWith(`curve/n=${n}/`))
      .flatMap(({ measured }) => (measured as CurveMeasured).errors)
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

function verdicts(rows: readonly BaumRow[], found: Found, params: BaumParams): Verdict[] {
  const { inputs, first, second, test, eps } = params
  const progress = (kind: string): { done: number; total: number } => {
    const own = ({ key }: { key: string }): boolean => key.startsWith(`${kind}/`)
    return { done: rows.filter(own).length, total: baumCells(params).filter(own).length }
  }
  return [
    soFar(baumLearns, progress(inputs), () => {
      const runs = found[inputs]
      const tested = runs.flatMap((run) =>
        run.errors === null ? [] : [{ points: test, errors: run.errors, bad: run.bad }],
      )
      const worst = tested.reduce<(typeof tested)[0] | undefined>(
        (a, b) => (a && a.errors >= b.errors ? a : b),
        undefined,
      )
      const statuses = runs.map(({ status }) => status)
      // lifted inputs have three coordinates whatever n is
      const n = inputs.startsWith('lifted') ? 3 : params.n
      const symmetric = isSymmetric(inputs)
      return verdictOn(baumLearns, { symmetric, n, first, second, statuses, worst, eps })
    }),
    soFar(baumFails, progress('lifted'), () =>
      verdictOn(baumFails, {
        oneSided: true,
        baumDraws: params,
        statuses: found.lifted.map(({ status }) => status),
        residuals: found.lifted.flatMap(({ residual }) => (residual === null ? [] : [residual])),
      }),
    ),
    soFar(baumRate, progress('curve'), () =>
      verdictOn(baumRate, {
        symmetric: isSymmetric(followed(params)),
        curves: found.curves.map(({ n, sizes, errors, failed }) => ({
          n,
          first,
          sizes,
          failed,
          runs: params.curveRuns,
          points: test,
          errors: errors.map(mean),
          guaranteed: sizes.map((size) =>
            guaranteedError({ n, kept: Math.ceil(size / 2), delta: DELTA }),
          ),
        })),
      }),
    ),
  ]
}

function runTable(found: Found, { test }: BaumParams): Table {
  const most = (list: readonly number[]): number | null =>
    list.length === 0 ? null : Math.max(...list) / test
  return {
    id: 'runs',
    title: 'Runs on each distribution',
    columns: [
      { name: 'inputs', title: 'inputs' },
      { name: 'symmetric', title: 'symmetric' },
      { name: 'learnt', title: 'runs that learnt' },
      { name: 'infeasible', title: 'step 2 without solution' },
      { name: 'error', title: 'largest error', digits: 3 },
      { name: 'bad', title: 'largest mass of the bad region', digits: 3 },
      { name: 'residual', title: 'largest residual of a witness', digits: 2 },
    ],
    rows: kinds.map((kind) => {
      const runs = found[kind]
      const residuals = runs.flatMap(({ residual }) => (residual === null ? [] : [residual]))
      const learnt = runs.filter(({ status }) => status === 'learnt').length
      return [
        kind,
        isSymmetric(kind) ? 'yes' : 'no',
        `${learnt} of ${runs.length}`,
        runs.filter(({ status }) => status === 'step2-infeasible').length,
        most(runs.flatMap(({ errors }) => (errors === null ? [] : [errors]))),
        most(runs.map(({ bad }) => bad)),
        residuals.length === 0 ? null : Math.max(...residuals),
      ]
    }),
  }
}

function curveTable({ curves }: Found): Table {
  return {
    id: 'samples',
    title: 'Error with more and more examples of step 2',
    columns: [
      { name: 'n', title: 'inputs $n$' },
      { name: 'size', title: 'examples $m_2$' },
      { name: 'learnt', title: 'runs that learnt' },
      { name: 'mean', title: 'mean error', digits: 3 },
      { name: 'most', title: 'largest error', digits: 3 },
      { name: 'guaranteed', title: 'guaranteed error', digits: 3 },
    ],
    rows: curves.flatMap(({ n, sizes, errors }) =>
      sizes.map((size, i) => [
        n,
        size,
        errors[i].length,
        errors[i].length > 0 ? mean(errors[i]) : null,
        errors[i].length > 0 ? Math.max(...errors[i]) : null,
        guaranteedError({ n, kept: Math.ceil(size / 2), delta: DELTA }),
      ]),
    ),
  }
}

/** What a guarantee would need. */
function sizeTable({ n, eps, first, second }: BaumParams): Table {
  const { m1, m2 } = baumSampleSizes({ n, eps, delta: eps })
  return {
    id: 'sizes',
    title: 'Examples that guarantee this error, and those used',
    columns: [
      { name: 'step', title: 'step' },
      { name: 'guarantee', title: 'guaranteed with probability $1 - \\varepsilon$' },
      { name: 'used', title: 'used here' },
    ],
    rows: [
      ['half-space', readable(m1), readable(first)],
      ['quadratic form, points kept', readable(m2), `half of ${readable(second)}`],
    ],
  }
}
