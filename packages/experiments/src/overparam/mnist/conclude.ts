import { decideConfirmed, decideIndependence, sampleHypotheses } from '@nonconvex/overparam'
import type { Conclusion } from '../../define/experiment.js'
import type { Figure } from '../../figure/figure.js'
import { ledgerTable } from '../runs/ledger-table.js'
import { potentialFigure } from '../runs/potential-figure.js'
import type { RunRow } from '../runs/run-cell.js'
import { runTable } from '../runs/run-table.js'
import { evidenceFrom, theoremVerdicts, type NamedRun } from '../runs/verdicts.js'
import { widthPanel } from '../runs/width-panel.js'
import { errorPanel } from './error-panel.js'
import { guaranteeFigure } from './guarantee-figure.js'
import { testedOf } from './guarantees.js'
import { decideNoOverfitting } from './no-overfitting.js'
import { mnistCells, type MnistParams } from './params.js'
import { bestTable, widthTable } from './tables.js'

/** Verdicts, table and figures of the rows so far. */
export function concludeMnist(rows: readonly RunRow[], p: MnistParams): Conclusion {
  const cells = mnistCells(p)
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const runs = cells.flatMap(({ key, k, seed }): NamedRun[] => {
    const row = byKey.get(key)
    return row ? [{ name: `k = ${k}, seed ${seed}`, group: 'digits', measured: row.measured }] : []
  })
  const missing = cells.length - runs.length
  const evidence = evidenceFrom(runs, missing, p.alpha)
  const widest = runs.reduce<NamedRun | undefined>(
    (best, run) => (best && best.measured.k >= run.measured.k ? best : run),
    undefined,
  )
  return {
    verdicts: [
      ...theoremVerdicts(evidence),
      decideIndependence(evidence),
      decideNoOverfitting(runs, missing),
      decideConfirmed({
        runs: testedOf(runs, p),
        missing,
        // the digits were found, not drawn; their order was shuffled before they were divided
        hypotheses: sampleHypotheses({ independent: 'unknown', fixedBefore: true }),
      }),
    ],
    tables: [widthTable(runs, p), bestTable(widest, p), runTable(runs), ledgerTable(runs)],
    figures: [...widthFigure(runs, p), ...guaranteeFigure(runs, p), ...potentialFigure(widest)],
  }
}

function widthFigure(runs: readonly NamedRun[], p: MnistParams): readonly Figure[] {
  if (!runs.some((run) => run.measured.updates > 0)) return []
  const tested = runs.some((run) => run.measured.testError !== null)
  return [
    {
      id: 'updates-and-error',
      title: 'More units: fewer updates, no over-fitting',
      caption: `Digits ${p.positive.join(', ')} against ${p.negative.join(', ')}, ${p.n} to train on. Left: updates until the training loss is exactly 0, beside the bounds, which have no $k$ in them. Right: errors on the digits that were not trained on; right of the upright line there are more parameters $2kd$ than digits to train on, how many for each digit stands above. Dots are runs, lines their means, bars reach from the least to the most.`,
      panels: [widthPanel(runs), ...(tested ? [errorPanel(runs, p)] : [])],
    },
  ]
}
