import {
  decideBadMinimum,
  decideReluFailure,
  decideReluSuccess,
  reluBadMinima,
  reluFailureProbability,
} from '@nonconvex/overparam'
import { clopperPearson } from '@nonconvex/optim/statistics'
import { decide, type Verdict } from '@nonconvex/optim/claims'
import type { Conclusion } from '../../define/experiment.js'
import type { Table } from '../../define/table.js'
import { coordinateHypotheses, startHypotheses } from '../coordinates/hypotheses.js'
import { reluFailureFigures } from './figures.js'
import type { ReluFailureRow, WidthMeasured } from './measure.js'
import type { MinimumMeasured } from './minimum.js'
import { reluFailureCells, type ReluFailureParams } from './params.js'

/** Verdicts, tables and figures of the widths so far. */
export function concludeReluFailure(
  rows: readonly ReluFailureRow[],
  p: ReluFailureParams,
): Conclusion {
  const widths = rows.flatMap(({ measured }) => (measured.kind === 'width' ? [measured] : []))
  const minima = rows.flatMap(({ measured }) => (measured.kind === 'minimum' ? [measured] : []))
  const cells = reluFailureCells(p).filter(({ kind }) => kind === 'width').length
  const missing = (cells - widths.length) * p.runs
  return {
    verdicts: [
      decideReluFailure({ d: p.d, widths, missing, hypotheses: coordinateHypotheses(p) }),
      decideReluSuccess({
        tallies: widths.map(({ tally }) => tally),
        missing,
        // the count of updates is exact for any start
        hypotheses: startHypotheses(p),
      }),
      minimumVerdict(minima),
    ],
    tables: [widthTable(widths, p), minimumTable(minima)],
    figures: reluFailureFigures(widths, minima, p),
  }
}

/** Both classes: the first that does not hold, if any. */
function minimumVerdict(minima: readonly MinimumMeasured[]): Verdict {
  if (minima.length < 2)
    return decide(reluBadMinima, {
      statement: `${minima.length} of 2 points so far`,
      undecided: 'one for each class is to come',
    })
  const verdicts = minima.map(({ facts }) => decideBadMinimum(facts))
  return verdicts.find(({ status }) => status !== 'holds') ?? verdicts[0]
}

/** Two-sided, 99 %. */
const SIDE = 0.005

/** The interval of Clopper and Pearson for the probability of failure. */
export const intervalOf = ({
  tally: { runs, failed },
}: WidthMeasured): {
  readonly low: number
  readonly high: number
} => ({
  low: 1 - clopperPearson(runs - failed, runs, SIDE),
  high: clopperPearson(failed, runs, SIDE),
})

function widthTable(widths: readonly WidthMeasured[], p: ReluFailureParams): Table {
  return {
    id: 'widths',
    title: 'Runs that fail at each width, and the probability',
    columns: [
      { name: 'k', title: '$k$' },
      { name: 'runs', title: 'runs' },
      { name: 'failed', title: 'failed' },
      { name: 'observed', title: 'observed', digits: 4 },
      { name: 'low', title: '99 % from', digits: 3 },
      { name: 'high', title: 'to', digits: 3 },
      { name: 'predicted', title: '$1-(1-2^{-k})^d$', digits: 4 },
      { name: 'inside', title: 'inside' },
      { name: 'error', title: 'mean error', digits: 3 },
      { name: 'expected', title: '$2^{-k}$', digits: 3 },
      { name: 'elsewhere', title: 'wrong elsewhere' },
      { name: 'cut', title: 'ended by the budget' },
    ],
    rows: widths.map((width) => {
      const { k, tally, wrong } = width
      const predicted = reluFailureProbability(p.d, k)
      const { low, high } = intervalOf(width)
      return [
        k,
        tally.runs,
        tally.failed,
        tally.failed / tally.runs,
        low,
        high,
        predicted,
        low <= predicted && predicted <= high ? 'yes' : 'no',
        wrong / (tally.runs * p.d),
        2 ** -k,
        tally.elsewhere,
        tally.cut,
      ]
    }),
  }
}

function minimumTable(minima: readonly MinimumMeasured[]): Table {
  return {
    id: 'minima',
    title: 'A bad local minimum on a separable set: with a leak SGD leaves the same point',
    columns: [
      { name: 'dead', title: 'class on which every unit is dead' },
      { name: 'loss', title: 'loss', digits: 4 },
      { name: 'expected', title: 'its share of the examples', digits: 4 },
      { name: 'radius', title: 'constant within', digits: 3 },
      { name: 'moved', title: 'weights that SGD changes' },
      { name: 'leak', title: 'with a leak of 0.1' },
      { name: 'updates', title: 'after updates' },
      { name: 'leak_loss', title: 'loss at the end', digits: 3 },
    ],
    rows: minima.map(({ facts, radius, leak }) => [
      facts.dead === 1 ? '+1' : '−1',
      facts.loss,
      (facts.dead === 1 ? facts.positive : facts.negative) / (facts.positive + facts.negative),
      radius,
      facts.moved,
      leak.status,
      leak.updates,
      leak.loss,
    ]),
  }
}
