import { verdictOn } from '@nonconvex/optim/claims'
import {
  fewRestarts,
  neverStuck,
  overlapDescent,
  restartShares,
  stuckAtMinima,
  stuckCertified,
  summariseRestarts,
  type RestartReport,
} from '@nonconvex/gaussian-theory'
import type { Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import { soFar } from '../partial.js'
import { directionFigures } from './direction-figure.js'
import { restartFigures } from './figures.js'
import { foundOf, type ShapeFound } from './found.js'
import { etaOf, type RestartsRow } from './measure.js'
import { restartsCells, shapesOf, type RestartsParams } from './params.js'
import { restartTables } from './tables.js'
import { windowFigures } from './window-figure.js'

export function concludeRestarts(rows: readonly RestartsRow[], params: RestartsParams): Conclusion {
  const found = shapesOf(params).map((shape) => foundOf(shape, rows))
  return {
    verdicts: verdicts(rows, found, params),
    tables: restartTables(found, params),
    figures: [
      ...restartFigures(found, params),
      ...windowFigures(found),
      ...directionFigures(found, params),
    ],
  }
}

/** Reports of several networks as one, for claims about each start. */
function together(reports: readonly RestartReport[]): RestartReport {
  return summariseRestarts(reports.flatMap(({ teachers }) => teachers))
}

const unfinished = (reports: readonly RestartReport[]): number =>
  reports
    .flatMap(({ teachers }) => teachers)
    .reduce((sum, { counts }) => sum + counts.unfinished + counts.origin, 0)

const reportsOf = ({ random, alternating, directions }: ShapeFound): RestartReport[] =>
  [random, alternating, directions].filter((report) => report !== undefined)

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
    soFar(fewRestarts, progress, () => {
      const all = withOverlap.flatMap((f) =>
        reportsOf(f).map((report) => ({ shape: f.shape, report })),
      )
      const low = ({ report }: (typeof all)[number]): number => report.interval.low
      const worst = all.reduce((a, b) => (low(b) < low(a) ? b : a))
      return verdictOn(fewRestarts, { shape: worst.shape, found: worst.report })
    }),
    soFar(neverStuck, progress, () =>
      verdictOn(neverStuck, {
        shape: without[0].shape,
        found: together(without.flatMap(reportsOf)),
      }),
    ),
    soFar(stuckAtMinima, progress, () =>
      verdictOn(stuckAtMinima, {
        shape: withOverlap[0].shape,
        found: together(withOverlap.flatMap(reportsOf)),
      }),
    ),
    soFar(stuckCertified, progress, () =>
      verdictOn(stuckCertified, {
        shape: withOverlap[0].shape,
        places: withOverlap.flatMap(({ places }) => places),
        unfinished: unfinished(withOverlap.flatMap(reportsOf)),
      }),
    ),
    soFar(overlapDescent, progress, () => {
      const { checks, breaches } = together(some.flatMap(reportsOf))
      const [{ shape }] = some
      return verdictOn(overlapDescent, { shape, eta: etaOf(shape, params), checks, breaches })
    }),
    soFar(restartShares, progress, () =>
      verdictOn(restartShares, {
        compared: found.flatMap(({ compared }) => compared),
        sharesSetting: params,
      }),
    ),
  ]
}
