import {
  projectBudget,
  projectionGradients,
  projectionGradientsAtKinks,
  projectionsFeasible,
  projectionsNearest,
  softBudget,
} from '@nonconvex/structured/cardinality'
import { tableOf } from '../../define/table.js'
import { workOf } from '../../define/work.js'
import { beside, dots, label, line, panelOf, xy } from '../../figure/layers.js'
import { kindNames, projections } from './experiment.js'
import { accuracyOf, limitOf, measureKind, type KindMeasured } from './measure.js'

/** Scores of the labels whose paths are drawn. */
const shown = [1.6, 1.2, 0.7, 0.5, -0.2] as const

/** Labels for budgets from 0 to their number: an exact and a smooth projection. */
export type PathMeasured = {
  readonly budgets: readonly number[]
  /** one list for each label */
  readonly exact: readonly (readonly number[])[]
  readonly smooth: readonly (readonly number[])[]
}

const STEPS = 100

function path(): PathMeasured {
  const budgets = Array.from({ length: STEPS + 1 }, (_, i) => (shown.length * i) / STEPS)
  const exact = budgets.map((z) => projectBudget(shown, z).y)
  const smooth = budgets.map((z) => softBudget(shown, z, { eps: 0.2 }).y)
  const each = (all: readonly Float64Array[]) => shown.map((_, i) => all.map((y) => y[i]))
  return { budgets, exact: each(exact), smooth: each(smooth) }
}

/** Zero has no place on a logarithmic axis. */
const LEAST = 1e-18

export const work = workOf(projections, {
  parts: {
    kind: {
      measure: ({ kind }, { params, stream }): KindMeasured => measureKind(kind, params, stream),
    },
    path: { measure: (): PathMeasured => path() },
  },
  conclude: (rows, _, verdict) => {
    const all = rows.kind.map(({ cell: { kind }, measured }, i) => ({
      ...measured,
      kind: kindNames[kind],
      accuracy: accuracyOf(kind),
      limit: limitOf(kind),
      place: rows.kind.length - i,
    }))
    const compared = all.filter(({ points }) => points > 0)
    return {
      verdicts: [
        verdict(projectionsFeasible, ['kind'], () => all),
        verdict(projectionsNearest, ['kind'], () => compared),
        verdict(projectionGradients, ['kind'], () => all),
        verdict(projectionGradientsAtKinks, ['kind'], () => all),
      ],
      tables: [
        tableOf('kinds', 'Projections and their gradients by kind of constraint', all, {
          kind: ['constraint', ({ kind }) => kind],
          projections: ['projections', (one) => one.projections],
          violation: ['max violation', ({ violation }) => violation, 2],
          inequality: [
            'max $\\langle v - y, u - y\\rangle/L$',
            ({ points, inequality }) => (points > 0 ? inequality : null),
            2,
          ],
          cases: ['gradients', ({ cases }) => cases],
          error: ['max error', ({ error }) => error, 2],
          kinks: ['at ties and ends', ({ kinks }) => kinks],
          kinkError: ['max error there', (one) => (one.kinks > 0 ? one.kinkError : null), 2],
        }),
      ],
      figures: [
        {
          id: 'path',
          title: 'One label after another is filled as the budget grows',
          caption: `Labels with scores ${shown.join(', ').replace('-', '−')} against the budget z, their sum. The exact projection fills them along straight lines and gives labels 0 and 1; the smooth one (logistic, temperature 0.2) has a positive slope everywhere.`,
          panels: rows.path.flatMap(({ measured: { budgets, exact, smooth } }) =>
            (
              [
                ['exact', 'exact projection', exact],
                ['smooth', 'smooth projection', smooth],
              ] as const
            ).map(([name, title, labels]) =>
              panelOf(
                { title, x: { label: 'budget z' }, y: { label: 'label', domain: [0, 1.08] } },
                shown.flatMap((score, i) => [
                  line(
                    `${name} ${i}`,
                    budgets.map((z, t) => ({ x: z, y: labels[i][t] })),
                    xy,
                    { tone: 'measured', width: 2 },
                  ),
                  label(
                    `${name} score ${i}`,
                    `${score}`.replace('-', '−'),
                    halfway(budgets, labels[i]),
                    beside('ink', 5),
                  ),
                ]),
              ),
            ),
          ),
        },
        {
          id: 'errors',
          title: 'Violations and gradient errors are at the level of rounding',
          caption:
            'Largest violation of a constraint, and largest error of a gradient against finite differences, by kind of constraint; values below 1e-18 are drawn there. Gradients of the smooth kinds differ from the differences by the square of their step.',
          panels: [
            panelOf(
              {
                x: { label: 'largest error', scale: 'log', domain: [LEAST / 3, 1e-2] },
                y: {
                  label: '',
                  domain: [0.4, all.length + 0.6],
                  names: all.map(({ kind }) => kind).reverse(),
                },
              },
              [
                dots(
                  'violations',
                  all,
                  { x: ({ violation }) => Math.max(LEAST, violation), y: ({ place }) => place },
                  { tone: 'measured', radius: 4, key: 'violation' },
                ),
                dots(
                  'gradients',
                  all,
                  {
                    x: (one) => Math.max(LEAST, one.error, one.kinkError),
                    y: ({ place }) => place,
                  },
                  { tone: 'ink', symbol: 'square', filled: false, key: 'gradient' },
                ),
              ],
            ),
          ],
        },
      ],
    }
  },
})

/** Where a label passes 1/2. */
function halfway(budgets: readonly number[], labels: readonly number[]) {
  const t = labels.findIndex((y) => y >= 0.5)
  return { x: budgets[t], y: labels[t] }
}
