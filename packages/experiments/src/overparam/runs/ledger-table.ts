import type { Column, Table } from '../../define/table.js'
import type { NamedRun } from './verdicts.js'

const columns: readonly Column[] = [
  { name: 'run', title: 'run' },
  { name: 'updates', title: 'updates $U$' },
  { name: 'total', title: '$M_k/U$', digits: 3 },
  { name: 'roots', title: 'roots split: $M_k/B_{quad}$', digits: 3 },
  { name: 'slopes', title: 'slopes apart: $B_{quad}/B_{slope}$', digits: 3 },
  { name: 'mean_slope', title: 'mean slope $\\bar a$', digits: 3 },
  { name: 'worst_slope', title: 'worst slope for $\\bar a$', digits: 3 },
  { name: 'mean_output', title: 'mean $yN$', digits: 3 },
  { name: 'output', title: '1 for $yN$', digits: 3 },
  { name: 'mean_norm2', title: 'mean $\\|x\\|^2$', digits: 3 },
  { name: 'norms', title: '$R^2$ for $\\|x\\|^2$', digits: 3 },
  { name: 'mean_separation', title: 'mean $y\\,w^*\\!\\cdot x$', digits: 3 },
  { name: 'margins', title: '$\\gamma$ for $y\\,w^*\\!\\cdot x$', digits: 3 },
  { name: 'cosine', title: 'cosine of $W$ and $W^*$', digits: 3 },
  { name: 'cauchy_schwarz', title: 'Cauchy–Schwarz and the start', digits: 3 },
]

/**
 * What each step of the proof gives away on each run: the factor by which the bound falls when the
 * number that the proof assumes is replaced by the one that happened. The factors multiply to
 * M_k/U; from a start of zero the last is 1/cosine².
 */
export function ledgerTable(runs: readonly NamedRun[]): Table {
  return {
    id: 'ledger',
    title:
      'What each step of the proof gives away: factors of the published bound, which multiply to M/U',
    columns,
    rows: runs.flatMap(({ name, measured: { ledger: l } }) =>
      l
        ? [
            [
              name,
              l.updates,
              l.paper / l.updates,
              l.paper / l.quad,
              l.quad / l.slope,
              l.meanSlope,
              l.slope / l.slopesBound,
              l.meanMargin,
              l.slopesBound / l.marginsBound,
              l.meanNorm2,
              l.marginsBound / l.normsBound,
              l.meanSeparation,
              l.normsBound / l.separationsBound,
              l.cosine,
              l.separationsBound / l.updates,
            ],
          ]
        : [],
    ),
  }
}
