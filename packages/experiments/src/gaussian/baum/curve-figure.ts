import { guaranteedError } from '@nonconvex/gaussian-theory/baum'
import { mean } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { ParamsOf } from '../../define/definition.js'
import type { baum } from './experiment.js'

/** Errors in one dimension, on each run that learnt, over sizes of the second sample. */
export interface Curve {
  readonly n: number
  readonly sizes: readonly number[]
  /** shares of the fresh points */
  readonly errors: readonly (readonly number[])[]
  /** runs without a hypothesis, over all sizes */
  readonly failed: number
}

/** Probability with which the guarantee may fail. */
export const DELTA = 0.05

/** The error against the examples of step 2: as measured, and as guaranteed. */
export function curveFigure(curves: readonly Curve[], params: ParamsOf<typeof baum>): Figure {
  const { first, curveRuns } = params
  return {
    id: 'samples',
    title: 'Twice the examples, half the error; the guarantee asks for hundreds of times more',
    caption: `Error of the rule that was found against the number of examples $m_2$ of step 2, half of which are kept, for $n$ inputs: mean of ${curveRuns} pairs of half-spaces with its 95 % interval, with thin dashed lines like $1/m_2$. Dashed: the error that the theory guarantees with probability ${1 - DELTA} from the examples kept, if step 1 had the sample it asks for; here it has ${first}.`,
    panels: [panel(curves)],
  }
}

/** The least error that is drawn. */
const FLOOR = 1e-5

function panel(curves: readonly Curve[]): Panel {
  const points = curves.flatMap((curve) =>
    curve.sizes.map((size, i) => ({ size, ...interval(curve.errors[i]) })),
  )
  const lines = curves.map(({ n, sizes, errors }) => ({
    n,
    x: sizes,
    y: errors.map((each) => interval(each).mean),
  }))
  const guaranteed = curves.map(({ n, sizes }) => {
    const at = sizes.flatMap((size) => {
      const error = guaranteedError({ n, kept: Math.ceil(size / 2), delta: DELTA })
      return error < 1 ? [{ size, error }] : []
    })
    return { n, x: at.map(({ size }) => size), y: at.map(({ error }) => error) }
  })
  // like 1/m through the last point of each curve
  const laws = lines.map(({ n, x, y }) => {
    const [size, error] = [x[x.length - 1], y[y.length - 1] ?? NaN]
    return { n, x, y: x.map((each) => positive((error * size) / each)) }
  })
  const sizes = curves.flatMap((curve) => curve.sizes)
  const least = Math.min(1e-2, ...points.map(({ mean: value }) => value ?? 1))
  const end = (list: readonly Line[], name: (n: number) => string) => {
    const shown = list.filter(({ y }) => typeof y.at(-1) === 'number')
    return {
      x: shown.map(({ x }) => x[x.length - 1]),
      y: shown.map(({ y }) => y[y.length - 1]),
      text: shown.map(({ n }) => name(n)),
    }
  }
  return {
    x: {
      label: 'm₂, examples of step 2',
      scale: 'log',
      domain: [0.9 * Math.min(...sizes, 1000), 1.1 * Math.max(...sizes, 2000)],
    },
    y: { label: 'error, share of fresh points', scale: 'log', domain: [least / 3, 1.2] },
    frames: {
      points: {
        x: points.map(({ size }) => size),
        y: points.map((point) => point.mean),
        low: points.map(({ low }) => low),
        high: points.map(({ high }) => high),
      },
      lines: grouped(lines),
      laws: grouped(laws),
      guaranteed: grouped(guaranteed),
      law: {
        x: laws.slice(0, 1).map(({ x }) => x[0]),
        y: laws.slice(0, 1).map(({ y }) => y[0]),
        text: laws.slice(0, 1).map(() => 'like 1/m₂'),
      },
      names: end(lines, (n) => `n = ${n}`),
      promises: end(guaranteed, (n) => `guaranteed, n = ${n}`),
    },
    marks: [
      {
        mark: 'line',
        frame: 'guaranteed',
        x: 'x',
        y: 'y',
        group: 'group',
        tone: 'bound',
        dash: true,
      },
      {
        mark: 'line',
        frame: 'laws',
        x: 'x',
        y: 'y',
        group: 'group',
        tone: 'soft',
        dash: true,
        width: 1,
      },
      { mark: 'interval', frame: 'points', x: 'x', y1: 'low', y2: 'high', tone: 'measured' },
      { mark: 'line', frame: 'lines', x: 'x', y: 'y', group: 'group', tone: 'measured' },
      { mark: 'dot', frame: 'points', x: 'x', y: 'y', tone: 'measured', radius: 3 },
      nameMark('law', { tone: 'soft', anchor: 'start', dx: 8, dy: 26 }),
      nameMark('names', { tone: 'measured', anchor: 'start', dx: 8 }),
      nameMark('promises', { tone: 'bound', anchor: 'start', dx: 8 }),
    ],
  }
}

interface Line {
  readonly n: number
  readonly x: readonly number[]
  readonly y: readonly (number | null)[]
}

const grouped = (lines: readonly Line[]) => ({
  x: lines.flatMap(({ x }) => [...x]),
  y: lines.flatMap(({ y }) => [...y]),
  group: lines.flatMap(({ n, x }) => x.map(() => `n = ${n}`)),
})

const positive = (value: number): number | null => (value > 0 ? Math.max(FLOOR, value) : null)

/**
 * Mean of the errors of the runs that learnt, with 1.96 standard errors on both sides; what is 0 is
 * not shown.
 */
function interval(errors: readonly number[]): {
  readonly mean: number | null
  readonly low: number | null
  readonly high: number | null
} {
  const middle = mean(errors)
  if (!(middle > 0)) return { mean: null, low: null, high: null }
  if (errors.length < 2) return { mean: middle, low: null, high: null }
  const variance = mean(errors.map((error) => (error - middle) ** 2))
  const half = 1.96 * Math.sqrt(variance / (errors.length - 1))
  return { mean: middle, low: positive(middle - half) ?? FLOOR, high: middle + half }
}
