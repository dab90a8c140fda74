import type { BoundName } from '@nonconvex/overparam'
import { groupsBy, meanKnown } from '../../averages.js'
import type { Panel } from '../../figure/figure.js'
import { dots, line, panelOf, type Layer } from '../../figure/layers.js'
import type { NamedRun } from './facts.js'

/** A bound to draw, with its name in the figure. */
export interface Drawn {
  readonly bound: BoundName
  readonly label: string
}

/** The two bounds that are drawn: as published, and with slopes counted. */
export const drawn: readonly Drawn[] = [
  { bound: 'paper', label: 'published bound' },
  { bound: 'slope', label: 'bound with slopes' },
]

/** Runs by their width, ascending. */
export const byWidth = (runs: readonly NamedRun[]) => groupsBy(runs, (run) => run.measured.k)

/** The axis of widths. */
export const widthAxis = { label: 'width k (hidden units of each sign)', scale: 'log' } as const

/** A number of each run against the width: dots, means with bars over their range, a label. */
export function measuredLayers(
  runs: readonly NamedRun[],
  of: (run: NamedRun) => number | null,
  text: string,
): readonly Layer[] {
  const known = runs.flatMap((run) => {
    const value = of(run)
    return value === null ? [] : [{ k: run.measured.k, value }]
  })
  const widths = groupsBy(known, ({ k }) => k).map(({ at, rows }) => ({
    k: at,
    values: rows.map(({ value }) => value),
  }))
  return [
    line(
      'means',
      widths,
      {
        x: ({ k }) => k,
        y: ({ values }) => meanKnown(values),
        // one run has no range
        low: ({ values }) => (values.length > 1 ? Math.min(...values) : null),
        high: ({ values }) => (values.length > 1 ? Math.max(...values) : null),
      },
      { tone: 'measured', width: 2, end: { text, anchor: 'start', dx: 8, bold: true } },
    ),
    dots('runs', known, { x: ({ k }) => k, y: ({ value }) => value }, { tone: 'measured' }),
  ]
}

/** Updates against width, both logarithmic, beside the bounds (means over the runs of a width). */
export function widthPanel(runs: readonly NamedRun[]): Panel {
  const bounded = runs.some((run) => run.measured.bounds)
  return panelOf({ title: 'Updates', x: widthAxis, y: { label: 'updates', scale: 'log' } }, [
    ...(bounded ? drawn : []).map(({ bound, label }) =>
      line(
        bound,
        byWidth(runs),
        {
          x: ({ at }) => at,
          y: ({ rows }) => meanKnown(rows.map((run) => run.measured.bounds?.[bound] ?? null)),
        },
        { tone: 'bound', width: 1.5, end: { text: label, anchor: 'start', dx: 8 } },
      ),
    ),
    ...measuredLayers(
      runs.filter((run) => run.measured.updates > 0),
      (run) => run.measured.updates,
      'updates made',
    ),
  ])
}
