import { coefficients, zBound, zScores, type SampleComparison } from '@nonconvex/gaussian-theory'
import { finite } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, label, line, panelOf, ruleY, xy, type Point } from '../../figure/layers.js'
import type { Params } from './experiment.js'
import type { PointMeasured } from './measure.js'

interface PointRow {
  readonly cell: { readonly point: number }
  readonly measured: PointMeasured
}

export const lossComparison = ({ loss, sampledLoss }: PointMeasured): SampleComparison => ({
  exact: [loss],
  mean: [sampledLoss.mean],
  error: [sampledLoss.error],
})

export const gradientComparison = ({
  gradient,
  sampledGradient,
}: PointMeasured): SampleComparison => ({
  exact: gradient,
  mean: sampledGradient.map((e) => e.mean),
  error: sampledGradient.map((e) => e.error),
})

/** Sample means against the closed form; their deviations; eigenvalues, none above c. */
export function agreementFigure(rows: readonly PointRow[], params: Params): Figure {
  return {
    id: 'agreement',
    title: 'Sample means agree with the closed form',
    caption: `Left: means over ${params.samples} samples against the closed form, for the loss (large dots) and every entry of the gradient (small). Middle: their differences in standard errors. Right: eigenvalues of the Hessian at the same points, none above $c$.`,
    panels: [means(rows), scores(rows, params), curvatures(rows, params)],
  }
}

const pointAxis = (params: Params) =>
  ({ label: 'point', domain: [0.5, params.points + 0.5] }) as const

/** The values of each point, above its number; points are counted from 1. */
const dotsOf = (
  rows: readonly PointRow[],
  values: (m: PointMeasured) => readonly number[],
): Point[] =>
  rows.flatMap(({ cell, measured }) =>
    values(measured).map((y) => ({ x: cell.point + 1, y: finite(y) })),
  )

/** Sample means over the closed form: on the diagonal where they agree. */
function means(rows: readonly PointRow[]): Panel {
  const pairs = (of: (m: PointMeasured) => SampleComparison): Point[] =>
    rows.flatMap(({ measured }) => {
      const { exact, mean } = of(measured)
      return mean.map((y, i) => ({ x: exact[i], y }))
    })
  const [loss, gradient] = [pairs(lossComparison), pairs(gradientComparison)]
  const values = [0, ...[...loss, ...gradient].flatMap(({ x, y }) => [x ?? 0, y ?? 0])]
  const ends = [Math.min(...values), Math.max(...values)]
  const tone = 'measured'
  return panelOf({ x: { label: 'closed form' }, y: { label: 'mean of samples' } }, [
    line('equal', ends, { x: (x) => x, y: (x) => x }, { tone: 'soft', width: 1 }),
    dots('gradient', gradient, xy, { tone, radius: 2, opacity: 0.6 }),
    dots('loss', loss, xy, { tone, radius: 3.5 }),
  ])
}

function scores(rows: readonly PointRow[], params: Params): Panel {
  const loss = dotsOf(rows, (m) => zScores(lossComparison(m)))
  const gradient = dotsOf(rows, (m) => zScores(gradientComparison(m)))
  const furthest = Math.max(0, ...[...loss, ...gradient].map(({ y }) => Math.abs(y ?? 0)))
  const limit = Math.max(5.5, 1.1 * furthest)
  const tone = 'measured'
  return panelOf(
    {
      x: pointAxis(params),
      y: { label: 'difference, in standard errors', domain: [-limit, limit] },
    },
    [
      ruleY('zero', [0], { tone: 'rule' }),
      ruleY('bound', [-zBound, zBound], { tone: 'bound', width: 1.5, dash: true }),
      dots('gradient', gradient, xy, { tone, radius: 2, opacity: 0.6 }),
      dots('loss', loss, xy, { tone, radius: 3.5 }),
      label('lossName', 'loss', loss.at(-1), { ...beside(tone, 8), bold: true }),
      label('gradientName', 'gradient', gradient.at(-1), beside(tone, 8)),
      label('label', 'limit', [params.points + 0.5, zBound], beside('bound', 0, -9)),
    ],
  )
}

function curvatures(rows: readonly PointRow[], params: Params): Panel {
  const { c } = coefficients(params.k)
  const values = dotsOf(rows, ({ eigenvalues }) => eigenvalues)
  const least = Math.min(0, ...values.map(({ y }) => y ?? 0))
  return panelOf(
    {
      x: pointAxis(params),
      y: { label: 'eigenvalues of the Hessian', domain: [1.1 * least, 1.15 * c] },
    },
    [
      ruleY('zero', [0], { tone: 'rule' }),
      ruleY('bound', [c], { tone: 'bound', width: 1.5, dash: true }),
      dots('points', values, xy, { tone: 'measured' }),
      label('label', 'bound c', [params.points + 0.5, c], beside('bound', 0, -9)),
    ],
  )
}
