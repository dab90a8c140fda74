import { clopperPearson } from '@nonconvex/optim/statistics'
import { reluFailureProbability, type CoordinateTally } from '@nonconvex/overparam/relu'
import { power } from '@nonconvex/tensor'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { reluPositive } from './experiment.js'

export type PointMeasured = {
  readonly kind: 'point'
  readonly d: number
  readonly k: number
  readonly starts: number
  /** starts with a dead coordinate */
  readonly failed: number
  /** of the starts that were trained */
  readonly tally: CoordinateTally
}

export type LeakMeasured = {
  readonly kind: 'leak'
  readonly d: number
  readonly runs: number
  readonly failed: number
  readonly cut: number
  /** starts that without a leak would fail */
  readonly doomed: number
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

const symbols = ['circle', 'square', 'triangle', 'diamond', 'star'] as const

/** Failures against the width: a curve for each dimension, and all of them on one. */
export function reluPositiveFigures(
  points: readonly PointMeasured[],
  leaks: readonly LeakMeasured[],
  p: ParamsOf<typeof reluPositive>,
): readonly Figure[] {
  const dimensions = [...new Set(points.map(({ d }) => d))].sort((a, b) => a - b)
  if (dimensions.length === 0) return []
  return [
    {
      id: 'transition',
      title: 'Failures vanish in a sharp transition at k = log₂ d',
      caption: `Fraction of ${p.starts} random initializations on which SGD with ReLU must fail; bars are 99 % Clopper–Pearson intervals, curves the exact probability (left) and its limit $1-\\exp(-2^{-\\kappa})$ (right, dimensions of equal $\\kappa$ side by side). At the bottom left, leaky ReLU networks with one unit of each sign and $\\alpha = ${p.leak}$: ${leaks.reduce((sum, leak) => sum + leak.failed, 0)} of ${leaks.reduce((sum, leak) => sum + leak.runs, 0)} runs fail.`,
      panels: [widthPanel(points, leaks, dimensions), collapsePanel(points, dimensions)],
    },
  ]
}

/** The points of each dimension with its symbol, at the places that `at` gives. */
function dots(
  points: readonly PointMeasured[],
  dimensions: readonly number[],
  at: (point: PointMeasured) => number,
): Pick<Panel, 'frames' | 'marks'> {
  const bars = points.map((point) => ({ x: at(point), ...intervalOf(point) }))
  const of = (d: number): readonly PointMeasured[] => points.filter((point) => point.d === d)
  return {
    frames: {
      bars: {
        x: bars.map(({ x }) => x),
        low: bars.map(({ low }) => low),
        high: bars.map(({ high }) => high),
      },
      ...Object.fromEntries(
        dimensions.map((d) => [
          `dots ${d}`,
          { x: of(d).map(at), y: of(d).map(({ failed, starts }) => failed / starts) },
        ]),
      ),
    },
    marks: [
      { mark: 'interval', frame: 'bars', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
      ...dimensions.map((d, i): Mark => ({
        mark: 'dot',
        frame: `dots ${d}`,
        x: 'x',
        y: 'y',
        tone: 'measured',
        symbol: symbols[i % symbols.length],
        radius: i % symbols.length === 0 ? 3.5 : 4.5,
        key: `d = ${d}`,
      })),
    ],
  }
}

const share = { label: 'fraction that must fail', domain: [0, 1.05] } as const

function widthPanel(
  points: readonly PointMeasured[],
  leaks: readonly LeakMeasured[],
  dimensions: readonly number[],
): Panel {
  const { frames, marks } = dots(points, dimensions, ({ k }) => k)
  const curve = (d: number): { k: number[]; y: number[] } => {
    const k = points.flatMap((point) => (point.d === d ? [point.k] : []))
    return { k, y: k.map((width) => reluFailureProbability(d, width)) }
  }
  return {
    title: 'Each dimension',
    x: { label: 'width k (hidden units of each sign)' },
    y: share,
    frames: {
      ...frames,
      ...Object.fromEntries(dimensions.map((d) => [`curve ${d}`, curve(d)])),
      leak: { x: leaks.map(() => 1), y: leaks.map(({ failed, runs }) => failed / runs) },
      control: leaks.length > 0 ? { x: [1], y: [0], text: ['leaky ReLU'] } : none,
    },
    marks: [
      ...dimensions.map((d): Mark => ({
        mark: 'line',
        frame: `curve ${d}`,
        x: 'k',
        y: 'y',
        tone: 'bound',
        width: 1.5,
        key: 'exact probability',
      })),
      ...marks,
      { mark: 'dot', frame: 'leak', x: 'x', y: 'y', tone: 'holds', radius: 4 },
      nameMark('control', { tone: 'holds', anchor: 'start', dx: 6, dy: -9 }),
    ],
  }
}

/** Between the symbols of two dimensions, in units of κ. */
const APART = 0.2

const none = { x: [], y: [], text: [] }

function collapsePanel(points: readonly PointMeasured[], dimensions: readonly number[]): Panel {
  const kappa = ({ k, d }: PointMeasured): number => k - Math.log2(d)
  // on one place the symbols would hide each other
  const beside = (point: PointMeasured): number =>
    kappa(point) + APART * (dimensions.indexOf(point.d) - (dimensions.length - 1) / 2)
  const { frames, marks } = dots(points, dimensions, beside)
  const [from, to] = [Math.min(...points.map(kappa)), Math.max(...points.map(kappa))]
  const x = Array.from({ length: 81 }, (_, i) => from + ((to - from) * i) / 80)
  const y = x.map((value) => -Math.expm1(-power(2, -value)))
  return {
    title: 'All dimensions on one curve',
    x: { label: 'κ = k − log₂ d' },
    y: share,
    frames: {
      ...frames,
      curve: { x, y },
    },
    marks: [
      {
        mark: 'line',
        frame: 'curve',
        x: 'x',
        y: 'y',
        tone: 'bound',
        width: 1.5,
        key: 'limit for d → ∞',
      },
      ...marks,
    ],
  }
}
