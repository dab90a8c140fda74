import {
  decideOneWeight,
  decideRandomStart,
  decideStartAngle,
  oneWeightClaim,
  randomStartClaim,
  startAngleClaim,
  totalSteps,
} from '@nonconvex/gaussian-theory'
import { wilsonInterval } from '@nonconvex/optim/statistics'
import { readable, type Verdict } from '@nonconvex/optim/claims'
import { median } from '../../averages.js'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { randomInitFigures } from './figures.js'
import { etaOf, type InitRow, type InitRun } from './measure.js'
import { lengths, randomInitCells, type RandomInitParams } from './params.js'

/** The runs so far with filters of one length. */
export interface Found {
  readonly m: number
  readonly runs: readonly InitRun[]
}

export function concludeInit(rows: readonly InitRow[], params: RandomInitParams): Conclusion {
  const found = lengths(params).map((m) => ({
    m,
    runs: rows.flatMap(({ measured }) => (measured.m === m ? measured.runs : [])),
  }))
  return {
    verdicts: verdicts(rows, found, params),
    tables: [endTable(found)],
    figures: randomInitFigures(found, params),
  }
}

const ended = (runs: readonly InitRun[], end: InitRun['end']): InitRun[] =>
  runs.filter((run) => run.end === end)

function verdicts(
  rows: readonly InitRow[],
  found: readonly Found[],
  params: RandomInitParams,
): Verdict[] {
  const { k } = params
  const eta = etaOf(params)
  const cells = randomInitCells(params)
  const part = (single: boolean): { done: number; total: number } => ({
    done: rows.filter(({ measured: { m } }) => (m === 1) === single).length,
    total: cells.filter(({ m }) => (m === 1) === single).length,
  })
  const several = found.filter(({ m }) => m >= 2)
  const runs = several.flatMap((one) => one.runs)
  const single = found.flatMap((one) => (one.m === 1 ? one.runs : []))
  return [
    always(randomStartClaim, part(false), () =>
      decideRandomStart({
        k,
        eta,
        m: several.at(0)?.m ?? 1,
        starts: runs.length,
        arrived: ended(runs, 'teacher').length,
        late: runs.filter((run) => run.end !== 'teacher' && run.steps >= allowed(run, params))
          .length,
      }),
    ),
    always(oneWeightClaim, part(true), () =>
      decideOneWeight({
        k,
        eta,
        starts: single.length,
        arrived: ended(single, 'teacher').length,
        trapped: ended(single, 'opposite').length,
      }),
    ),
    always(startAngleClaim, part(false), () =>
      decideStartAngle(
        found
          .filter((one) => one.runs.length > 0)
          .map((one) => ({ m: one.m, phi0: one.runs.map(({ phi0 }) => phi0) })),
      ),
    ),
  ]
}

/** As `soFar`; where no row is to come at all, the hypothesis that fails is named. */
const always: typeof soFar = (claim, progress, verdict) =>
  progress.total === 0 ? verdict() : soFar(claim, progress, verdict)

/** Steps that B4 allows from this start; Infinity on the ray of the saddle. */
export function allowed(
  { r0, phi0, loss0 }: Pick<InitRun, 'r0' | 'phi0' | 'loss0'>,
  params: RandomInitParams,
): number {
  const { k, eps } = params
  return totalSteps({ r0, phi0, loss0, R: 1, k, eta: etaOf(params), eps }).value
}

function endTable(found: readonly Found[]): Table {
  return {
    id: 'ends',
    title: 'Where random starts end',
    columns: [
      { name: 'm', title: '$m$' },
      { name: 'starts', title: 'starts' },
      { name: 'teacher', title: 'at the teacher' },
      { name: 'opposite', title: 'at $-\\alpha w^*$' },
      { name: 'share', title: 'share at the teacher, 95 %' },
      { name: 'closest', title: 'smallest $\\varphi_0$', digits: 3 },
      { name: 'median', title: 'median steps' },
      { name: 'most', title: 'most steps' },
    ],
    rows: found.map(({ m, runs }) => {
      const arrived = ended(runs, 'teacher')
      const steps = arrived.map((run) => run.steps)
      const n = runs.length
      const { low, high } = n > 0 ? wilsonInterval(arrived.length, n) : { low: 0, high: 1 }
      return [
        m,
        n,
        arrived.length,
        ended(runs, 'opposite').length,
        `${readable(low, 3)} to ${readable(high, 3)}`,
        n > 0 ? Math.min(...runs.map(({ phi0 }) => phi0)) : null,
        median(steps),
        steps.length > 0 ? Math.max(...steps) : null,
      ]
    }),
  }
}
