import {
  decideFewRestarts,
  decideNeverStuck,
  decideOverlapDescent,
  decideStuckAtMinima,
  decideStuckCertified,
  fewRestartsClaim,
  neverStuckClaim,
  overlapDescentClaim,
  overlapSmoothness,
  stuckAtMinimaClaim,
  stuckCertifiedClaim,
  summariseRestarts,
  tallyStuck,
} from '@nonconvex/gaussian-theory'
import type {
  OverlapShape,
  RestartReport,
  StuckPlace,
  TeacherReport,
} from '@nonconvex/gaussian-theory'
import type { Verdict } from '@nonconvex/optim'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { soFar } from '../partial.js'
import { restartFigures } from './figures.js'
import type { RestartsRow } from './measure.js'
import { nameOf, restartsCells, shapesOf } from './params.js'
import type { RestartsParams } from './params.js'

/** All that is known of one network so far. */
export interface ShapeFound {
  readonly shape: OverlapShape
  readonly random: RestartReport | undefined
  readonly alternating: RestartReport | undefined
  /** where starts failed, of all teachers */
  readonly places: readonly StuckPlace[]
}

export function concludeRestarts(rows: readonly RestartsRow[], params: RestartsParams): Conclusion {
  const found = shapesOf(params).map((shape) => foundOf(shape, rows))
  return {
    verdicts: verdicts(rows, found, params),
    tables: [restartTable(found)],
    figures: restartFigures(found, params),
  }
}

function foundOf(shape: OverlapShape, rows: readonly RestartsRow[]): ShapeFound {
  const own = rows.filter(({ key }) => key.startsWith(`${nameOf(shape)}/`))
  const of = (part: string): RestartReport | undefined => {
    const reports = own.filter(({ key }) => key.includes(`/${part}`)).flatMap(teachersOf)
    return reports.length === 0 ? undefined : summariseRestarts(reports)
  }
  const places = own.flatMap(({ measured, witness }) =>
    measured.teachers.flatMap(({ clusters }, i) =>
      clusters.map(({ w, count, certificate }) => {
        return { shape, wStar: witness.teachers[i], w, count, certificate }
      }),
    ),
  )
  return { shape, random: of('teachers'), alternating: of('alternating'), places }
}

function teachersOf({ measured, witness }: RestartsRow): TeacherReport[] {
  return measured.teachers.map((t, i) => ({
    ...t,
    wStar: Float64Array.from(witness.teachers[i]),
    starts: t.steps.length,
    clusters: t.clusters.map((c) => ({ ...c, w: Float64Array.from(c.w) })),
  }))
}

/** Reports of several networks as one, for claims about each start. */
function together(reports: readonly RestartReport[]): RestartReport {
  return summariseRestarts(reports.flatMap(({ teachers }) => teachers))
}

const unfinished = (reports: readonly RestartReport[]): number =>
  reports
    .flatMap(({ teachers }) => teachers)
    .reduce((sum, { counts }) => sum + counts.unfinished + counts.origin, 0)

const reportsOf = ({ random, alternating }: ShapeFound): RestartReport[] =>
  [random, alternating].filter((report) => report !== undefined)

function verdicts(
  rows: readonly RestartsRow[],
  found: readonly ShapeFound[],
  params: RestartsParams,
): Verdict[] {
  const progress = { done: rows.length, total: restartsCells(params).length }
  const some = found.filter((f) => reportsOf(f).length > 0)
  const overlapping = some.filter(({ shape }) => shape.m > shape.stride && shape.k > 1)
  const apart = some.filter(({ shape }) => shape.m === shape.stride && shape.m > 1)
  // where there is none of a kind, one of the other says which hypothesis fails
  const withOverlap = overlapping.length > 0 ? overlapping : some
  const without = apart.length > 0 ? apart : some
  return [
    soFar(fewRestartsClaim, progress, () => {
      const all = withOverlap.flatMap((f) =>
        reportsOf(f).map((report) => ({ shape: f.shape, report })),
      )
      const worst = all.reduce((a, b) => (b.report.restartsFor99 > a.report.restartsFor99 ? b : a))
      return decideFewRestarts(worst.shape, worst.report)
    }),
    soFar(neverStuckClaim, progress, () =>
      decideNeverStuck(without[0].shape, together(without.flatMap(reportsOf))),
    ),
    soFar(stuckAtMinimaClaim, progress, () =>
      decideStuckAtMinima(withOverlap[0].shape, together(withOverlap.flatMap(reportsOf))),
    ),
    soFar(stuckCertifiedClaim, progress, () =>
      decideStuckCertified(
        withOverlap[0].shape,
        withOverlap.flatMap(({ places }) => places),
        unfinished(withOverlap.flatMap(reportsOf)),
      ),
    ),
    soFar(overlapDescentClaim, progress, () => {
      const { checks, breaches } = together(some.flatMap(reportsOf))
      const [{ shape }] = some
      return decideOverlapDescent({ shape, eta: 1 / overlapSmoothness(shape), checks, breaches })
    }),
  ]
}

function restartTable(found: readonly ShapeFound[]): Table {
  return {
    id: 'restarts',
    title: 'How often a random start reaches the global optimum',
    columns: [
      { name: 'm', title: '$m$' },
      { name: 'stride', title: 'stride' },
      { name: 'k', title: '$k$' },
      { name: 'share', title: 'share', digits: 3 },
      { name: 'low', title: '95 % from', digits: 3 },
      { name: 'high', title: 'to', digits: 3 },
      { name: 'without', title: 'teachers without failure' },
      { name: 'worst', title: 'worst teacher', digits: 3 },
      { name: 'stuck', title: 'median loss of stuck starts', digits: 3 },
      { name: 'places', title: 'places where starts are stuck' },
      { name: 'certified', title: 'of them certified' },
      { name: 'median', title: 'median steps' },
      { name: 'most', title: 'most steps' },
      { name: 'restarts', title: 'restarts for 99 %' },
      { name: 'alternating', title: 'share, alternating teacher', digits: 3 },
    ],
    rows: found.map(({ shape: { m, stride, k }, random, alternating, places }) => [
      m,
      stride,
      k,
      random?.share ?? null,
      random?.interval.low ?? null,
      random?.interval.high ?? null,
      random ? `${random.withoutFailure} of ${random.teachers.length}` : null,
      random?.worst ?? null,
      random?.medianStuckLoss ?? null,
      places.length,
      tallyStuck(places).certified?.places ?? 0,
      random?.medianSteps ?? null,
      random?.maxSteps ?? null,
      random && Number.isFinite(random.restartsFor99) ? random.restartsFor99 : null,
      alternating?.share ?? null,
    ]),
  }
}
