import { hypothesis } from '@nonconvex/optim/claims'
import { decideIndependence } from '@nonconvex/overparam'
import type { Conclusion } from '../../define/experiment.js'
import type { Figure } from '../../figure/figure.js'
import { ledgerTable } from '../runs/ledger-table.js'
import { potentialFigure } from '../runs/potential-figure.js'
import type { RunRow } from '../runs/run-cell.js'
import { runTable } from '../runs/run-table.js'
import { evidenceFrom, theoremVerdicts, type NamedRun } from '../runs/verdicts.js'
import { widthPanel } from '../runs/width-panel.js'
import { leakPanel } from './leak-panel.js'
import { updatesCells, type UpdatesCell, type UpdatesParams } from './params.js'

interface CellRun extends NamedRun {
  readonly cell: UpdatesCell
}

/** Verdicts, table and figures of the rows so far. */
export function concludeUpdates(rows: readonly RunRow[], p: UpdatesParams): Conclusion {
  const cells = updatesCells(p)
  const byKey = new Map(rows.map((row) => [row.key, row]))
  const runs = cells.flatMap((cell): CellRun[] => {
    const row = byKey.get(cell.key)
    return row
      ? [{ cell, name: nameOf(cell), group: `data ${cell.seed}`, measured: row.measured }]
      : []
  })
  const missing = (of: (cell: UpdatesCell) => boolean): number =>
    cells.filter((cell) => of(cell) && !byKey.has(cell.key)).length
  const all = evidenceFrom(
    runs,
    missing(() => true),
    p.alpha,
  )
  const wide = runs.filter((run) => run.cell.varies === 'width')
  const width = evidenceFrom(
    wide,
    missing((cell) => cell.varies === 'width'),
    p.alpha,
  )
  const start = [
    hypothesis('v and the rows of the start shrink like 1/√(2k)', p.start !== 'gauss'),
    // a random start of size r: F_0 and S_0 differ between draws by some r/√d and r²/√(kd),
    // whatever k is
    ...(p.start === 'scaled'
      ? [hypothesis('the start is small, r ≤ 1, so that its draws are alike', p.row <= 1, p.row)]
      : []),
  ]
  return {
    verdicts: [
      ...theoremVerdicts(all),
      decideIndependence({ ...width, hypotheses: [...width.hypotheses, ...start] }),
    ],
    tables: [runTable(runs), ledgerTable(runs)],
    figures: [
      ...potentialFigure(wide.findLast((run) => run.cell.seed === 0)),
      ...widthFigure(runs, p),
    ],
  }
}

const nameOf = (cell: UpdatesCell): string => {
  const seed = `data ${cell.seed}`
  switch (cell.varies) {
    case 'width':
      return `k = ${cell.k}, ${seed}`
    case 'leak':
      return `α = ${cell.alpha}, ${seed}`
    case 'start':
      return `${cell.start} start, ${seed}`
  }
}

function widthFigure(runs: readonly CellRun[], p: UpdatesParams): readonly Figure[] {
  const wide = runs.filter((run) => run.cell.varies === 'width')
  const leaks = runs.filter((run) => run.cell.varies === 'leak')
  if (!wide.some((run) => run.measured.updates > 0)) return []
  const zero =
    p.start === 'zero'
      ? ' From a start of zero all units of a sign stay identical, so every width here is a network of two units.'
      : ''
  return [
    {
      id: 'width-and-leak',
      title:
        'The bound does not depend on the width; counting slopes makes it far smaller for small leaks',
      caption: `Left: updates until the loss is exactly 0 (dots: runs; line: mean) and the bounds, against the number of hidden units.${zero} Right: by how much the bounds exceed the updates made, at $k = 10$: the published one carries $1/\\alpha^2$, the one with slopes $(1+\\alpha)^2/(4\\alpha)$.`,
      panels: [
        widthPanel(wide),
        ...(leaks.some((run) => run.measured.bounds && run.measured.updates > 0)
          ? [leakPanel(leaks)]
          : []),
      ],
    },
  ]
}
