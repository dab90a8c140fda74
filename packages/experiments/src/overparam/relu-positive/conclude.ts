import {
  decideLeakSucceeds,
  decideReluSuccess,
  decideTransition,
  reluFailureProbability,
} from '@nonconvex/overparam'
import { clopperPearson } from '@nonconvex/optim/statistics'
import { hypothesis } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { coordinateHypotheses, startHypotheses } from '../coordinates/hypotheses.js'
import { reluPositiveFigures } from './figures.js'
import type { LeakMeasured, PointMeasured, ReluPositiveRow } from './measure.js'
import { reluPositiveCells, type ReluPositiveParams } from './params.js'

/** Verdicts, tables and figures of the dimensions and widths so far. */
export function concludeReluPositive(
  rows: readonly ReluPositiveRow[],
  p: ReluPositiveParams,
): Conclusion {
  const points = rows.flatMap(({ measured }) => (measured.kind === 'point' ? [measured] : []))
  const leaks = rows.flatMap(({ measured }) => (measured.kind === 'leak' ? [measured] : []))
  const cells = reluPositiveCells(p)
  const count = (kind: string): number => cells.filter((cell) => cell.kind === kind).length
  const missing = count('point') - points.length
  const sum = (of: (leak: LeakMeasured) => number): number =>
    leaks.reduce((all, leak) => all + of(leak), 0)
  return {
    verdicts: [
      decideTransition({ points, missing, hypotheses: coordinateHypotheses(p) }),
      decideReluSuccess({
        tallies: points.map(({ tally }) => tally),
        missing: missing * p.runs,
        // the count of updates is exact for any start
        hypotheses: startHypotheses(p),
      }),
      decideLeakSucceeds({
        runs: sum((leak) => leak.runs),
        failed: sum((leak) => leak.failed),
        cut: sum((leak) => leak.cut),
        missing: (count('leak') - leaks.length) * p.runs,
        hypotheses: [hypothesis('there is a leak', p.leak > 0, p.leak)],
      }),
    ],
    tables: [pointTable(points), leakTable(leaks, p)],
    figures: reluPositiveFigures(points, leaks, p),
  }
}

/** Two-sided, 99 %. */
const SIDE = 0.005

/** The interval of Clopper and Pearson for the probability of a dead coordinate. */
export const intervalOf = ({
  starts,
  failed,
}: PointMeasured): { readonly low: number; readonly high: number } => ({
  low: 1 - clopperPearson(starts - failed, starts, SIDE),
  high: clopperPearson(failed, starts, SIDE),
})

function pointTable(points: readonly PointMeasured[]): Table {
  return {
    id: 'points',
    title: 'Starts with a dead coordinate, and runs from the others',
    columns: [
      { name: 'd', title: '$d$' },
      { name: 'k', title: '$k$' },
      { name: 'kappa', title: '$\\kappa = k - \\log_2 d$', digits: 3 },
      { name: 'starts', title: 'starts' },
      { name: 'failed', title: 'with a dead coordinate' },
      { name: 'observed', title: 'share', digits: 4 },
      { name: 'exact', title: '$1-(1-2^{-k})^d$', digits: 4 },
      { name: 'limit', title: '$1-\\exp(-2^{-\\kappa})$', digits: 4 },
      { name: 'runs', title: 'trained without one' },
      { name: 'failures', title: 'of them failed' },
      { name: 'updates', title: 'closest to the bound: updates' },
      { name: 'bound', title: 'allowed' },
    ],
    rows: points.map(({ d, k, starts, failed, tally }) => [
      d,
      k,
      k - Math.log2(d),
      starts,
      failed,
      failed / starts,
      reluFailureProbability(d, k),
      -Math.expm1(-d * 2 ** -k),
      tally.free.runs,
      tally.free.failed,
      tally.closest?.updates ?? null,
      tally.closest?.bound ?? null,
    ]),
  }
}

function leakTable(leaks: readonly LeakMeasured[], p: ReluPositiveParams): Table {
  return {
    id: 'leaks',
    title: `One unit of each sign and a leak of ${p.leak}: starts that are lost without it are learnt`,
    columns: [
      { name: 'd', title: '$d$' },
      { name: 'runs', title: 'runs' },
      { name: 'doomed', title: 'with a dead coordinate' },
      { name: 'failed', title: 'failed' },
      { name: 'cut', title: 'ended by the budget' },
    ],
    rows: leaks.map(({ d, runs, doomed, failed, cut }) => [d, runs, doomed, failed, cut]),
  }
}
