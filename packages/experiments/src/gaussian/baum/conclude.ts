import {
  baumClaim,
  baumFailsClaim,
  baumSampleSizes,
  decideBaum,
  decideBaumFails,
  isSymmetric,
} from '@nonconvex/gaussian-theory'
import { readable } from '@nonconvex/optim'
import type { Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { baumFigures } from './figures.js'
import type { BaumRow, RunMeasured } from './measure.js'
import { baumCells, kinds } from './params.js'
import type { BaumParams } from './params.js'

/** The runs so far, by distribution. */
export type Found = { readonly [kind in (typeof kinds)[number]]: readonly RunMeasured[] }

export function concludeBaum(rows: readonly BaumRow[], params: BaumParams): Conclusion {
  const of = (kind: string): RunMeasured[] =>
    rows.filter(({ key }) => key.startsWith(`${kind}/`)).flatMap(({ measured }) => measured.runs)
  const found: Found = {
    gaussian: of('gaussian'),
    laplace: of('laplace'),
    'lifted-symmetrised': of('lifted-symmetrised'),
    exponential: of('exponential'),
    shift: of('shift'),
    lifted: of('lifted'),
  }
  return {
    verdicts: verdicts(rows, found, params),
    tables: [runTable(found, params), sizeTable(params)],
    figures: baumFigures(found, params),
  }
}

function verdicts(rows: readonly BaumRow[], found: Found, params: BaumParams): Verdict[] {
  const { inputs, test, eps } = params
  const progress = (kind: string): { done: number; total: number } => {
    const own = ({ key }: { key: string }): boolean => key.startsWith(`${kind}/`)
    return { done: rows.filter(own).length, total: baumCells(params).filter(own).length }
  }
  return [
    soFar(baumClaim, progress(inputs), () => {
      const runs = found[inputs]
      const tested = runs.flatMap((run) =>
        run.errors === null ? [] : [{ points: test, errors: run.errors, bad: run.bad }],
      )
      const worst = tested.reduce<(typeof tested)[0] | undefined>(
        (a, b) => (a && a.errors >= b.errors ? a : b),
        undefined,
      )
      const statuses = runs.map(({ status }) => status)
      return decideBaum({ symmetric: isSymmetric(inputs), statuses, worst, eps })
    }),
    soFar(baumFailsClaim, progress('lifted'), () =>
      decideBaumFails(
        true,
        found.lifted.map(({ status }) => status),
        found.lifted.flatMap(({ residual }) => (residual === null ? [] : [residual])),
      ),
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
