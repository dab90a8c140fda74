import { reluFailureProbability, type CoordinateTally } from '@nonconvex/overparam/relu'
import { power } from '@nonconvex/tensor'
import { groupsBy, type Group } from '../../averages.js'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { curve, dots, label, line, panelOf, type Layer } from '../../figure/layers.js'
import { intervalOf } from '../coordinates.js'
import type { reluPositive } from './experiment.js'

export type PointMeasured = {
  readonly kind: 'point'
  readonly d: number
  readonly k: number
  readonly starts: number
  /** initializations with a dead coordinate */
  readonly failed: number
  /** of the initializations that were trained */
  readonly tally: CoordinateTally
}

export type LeakMeasured = {
  readonly kind: 'leak'
  readonly d: number
  readonly runs: number
  readonly failed: number
  readonly cut: number
  /** initializations on which ReLU fails */
  readonly doomed: number
}

const symbols = ['circle', 'square', 'triangle', 'diamond', 'star'] as const

/** Failures against the width: a curve for each dimension, and all of them on one. */
export function reluPositiveFigures(
  points: readonly PointMeasured[],
  leaks: readonly LeakMeasured[],
  p: ParamsOf<typeof reluPositive>,
): readonly Figure[] {
  const dimensions = groupsBy(points, ({ d }) => d)
  if (dimensions.length === 0) return []
  return [
    {
      id: 'transition',
      title: 'Failures vanish in a sharp transition at k = log₂ d',
      caption: `Fraction of ${p.starts} random initializations on which SGD with ReLU must fail; bars are 99 % Clopper–Pearson intervals, curves the exact probability (left) and its limit $1-\\exp(-2^{-\\kappa})$ (right, dimensions of equal $\\kappa$ side by side). At the bottom left, leaky ReLU networks with one unit of each sign and $\\alpha = ${p.leak}$: ${leaks.reduce((sum, leak) => sum + leak.failed, 0)} of ${leaks.reduce((sum, leak) => sum + leak.runs, 0)} runs fail.`,
      panels: [widthPanel(dimensions, leaks), collapsePanel(dimensions)],
    },
  ]
}

/** The points of each dimension with its symbol and bars, at the places that `at` gives. */
const pointLayers = (
  dimensions: readonly Group<PointMeasured>[],
  at: (point: PointMeasured) => number,
): readonly Layer[] =>
  dimensions.map(({ at: d, rows }, i) => {
    const symbol = symbols[i % symbols.length]
    return dots(
      `d = ${d}`,
      rows,
      {
        x: at,
        y: ({ failed, starts }) => failed / starts,
        low: (point) => intervalOf(point.failed, point.starts).low,
        high: (point) => intervalOf(point.failed, point.starts).high,
      },
      { tone: 'measured', symbol, radius: symbol === 'circle' ? 3.5 : 4.5, key: `d = ${d}` },
    )
  })

const fraction = { label: 'fraction that must fail', domain: [0, 1.05] } as const

const widthPanel = (
  dimensions: readonly Group<PointMeasured>[],
  leaks: readonly LeakMeasured[],
): Panel =>
  panelOf(
    { title: 'Each dimension', x: { label: 'width k (hidden units of each sign)' }, y: fraction },
    [
      ...dimensions.map(({ at: d, rows }) =>
        line(
          `curve ${d}`,
          rows,
          { x: ({ k }) => k, y: ({ k }) => reluFailureProbability(d, k) },
          { tone: 'bound', width: 1.5, key: 'exact probability' },
        ),
      ),
      ...pointLayers(dimensions, ({ k }) => k),
      dots(
        'leak',
        leaks,
        { x: () => 1, y: ({ failed, runs }) => failed / runs },
        { tone: 'holds', radius: 4 },
      ),
      label('control', 'leaky ReLU', leaks.length > 0 ? [1, 0] : undefined, {
        tone: 'holds',
        anchor: 'start',
        dx: 6,
        dy: -9,
      }),
    ],
  )

/** Between the symbols of two dimensions, in units of κ. */
const APART = 0.2

function collapsePanel(dimensions: readonly Group<PointMeasured>[]): Panel {
  const kappa = ({ k, d }: PointMeasured): number => k - Math.log2(d)
  const places = dimensions.map(({ at }) => at)
  // on one place the symbols would hide each other
  const beside = (point: PointMeasured): number =>
    kappa(point) + APART * (places.indexOf(point.d) - (places.length - 1) / 2)
  const all = dimensions.flatMap(({ rows }) => rows.map(kappa))
  return panelOf(
    { title: 'All dimensions on one curve', x: { label: 'κ = k − log₂ d' }, y: fraction },
    [
      curve(
        'limit',
        (value) => -Math.expm1(-power(2, -value)),
        [Math.min(...all), Math.max(...all), 81],
        { tone: 'bound', width: 1.5, key: 'limit for d → ∞' },
      ),
      ...pointLayers(dimensions, beside),
    ],
  )
}
