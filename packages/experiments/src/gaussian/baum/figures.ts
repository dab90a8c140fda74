import { guaranteedError, type BaumStatus } from '@nonconvex/gaussian-theory/baum'
import { mean } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import {
  beside,
  dots,
  label,
  labels,
  line,
  panelOf,
  ruleX,
  ruleY,
  xy,
  type Layer,
} from '../../figure/layers.js'
import type { PictureMeasured } from './picture.js'
import { kinds, type Kind, type Params } from './experiment.js'
import { pictureFigure } from './picture-figure.js'

export interface RunMeasured {
  readonly status: BaumStatus
  /** points of the second sample that were used */
  readonly kept: number
  /** null without a hypothesis */
  readonly errors: number | null
  /** test points in the region where step 2 fails */
  readonly bad: number
  /** of the witness against step 2, recomputed, in units of its largest feature vector */
  readonly residual: number | null
  /** examples in the witness */
  readonly support: number | null
}

/** Errors in one dimension, on each run that learned, over sizes of the second sample. */
export interface Curve {
  readonly n: number
  readonly sizes: readonly number[]
  /** fractions of the test points */
  readonly errors: readonly (readonly number[])[]
  /** runs without a hypothesis, over all sizes */
  readonly failed: number
}

/** Probability with which the guarantee may fail. */
const DELTA = 0.05

/** The error that the theory guarantees with this many examples of step 2, half of them kept. */
export const guaranteedFor = (n: number, size: number): number =>
  guaranteedError({ n, kept: Math.ceil(size / 2), delta: DELTA })

export type RunsByKind = { readonly [kind in Kind]: readonly RunMeasured[] }

interface Shown {
  readonly runs: RunsByKind
  readonly curves: readonly Curve[]
  readonly gaussian: PictureMeasured | undefined
  readonly lifted: PictureMeasured | undefined
}

/** The name of each distribution in figures. */
const names: { readonly [kind in Kind]: string } = {
  gaussian: 'Gaussian',
  laplace: 'Laplace',
  'lifted-symmetrised': 'lifted, random sign',
  exponential: 'exponential',
  shift: 'shifted Gaussian',
  lifted: 'lifted',
}

/** The result of each distribution, the learning curves, and one run on the sphere. */
export function baumFigures(found: Shown, params: Params): Figure[] {
  return [
    {
      id: 'baum',
      title: 'Baum’s algorithm learns on symmetric inputs and fails on one-sided ones',
      caption: `Each dot is a run with its own pair of half-spaces. Left: error on ${params.test} test points, where step 2 has a solution. Right: fraction of points in the region $u\\cdot x < 0$, $v\\cdot x < 0$, $w\\cdot x > 0$, whose labels no quadratic form fits.`,
      panels: [errorPanel(found.runs, params), badPanel(found.runs, params)],
    },
    curveFigure(found.curves, params),
    pictureFigure(found),
  ]
}

/** The first distribution is at the top. */
const rowOf = (i: number): number => kinds.length - i

const axis = {
  label: '',
  domain: [0.4, kinds.length + 0.6],
  names: kinds.map((kind) => names[kind]).reverse(),
} as const

/** The line between the distributions that are symmetric, the first three, and the others. */
const divide = rowOf(3) + 0.5

/** One dot for each run, those of a distribution one below the other. */
const runDots = (found: RunsByKind, value: (run: RunMeasured) => number | null): Layer => {
  const points = kinds.flatMap((kind, i) =>
    found[kind].map((run, j, { length }) => {
      return { x: value(run), y: rowOf(i) - 0.5 * ((j + 0.5) / length - 0.5) }
    }),
  )
  return dots('runs', points, xy, { tone: 'measured' })
}

function errorPanel(found: RunsByKind, { test, eps }: Params): Panel {
  const error = ({ errors }: RunMeasured): number | null => (errors === null ? null : errors / test)
  const none = kinds.flatMap((kind, i) =>
    found[kind].length > 0 && found[kind].every(({ errors }) => errors === null) ? [rowOf(i)] : [],
  )
  const values = kinds.flatMap((kind) => found[kind].map(error)).map((e) => e ?? 0)
  const top = 1.25 * Math.max(eps, ...values)
  return panelOf({ title: 'Error', x: { label: 'test error', domain: [0, top] }, y: axis }, [
    ruleY('divide', [divide], { tone: 'soft', dash: true }),
    ruleX('bound', [eps], { tone: 'bound', dash: true, width: 1.5 }),
    runDots(found, error),
    label('target', 'target error ε', [eps, kinds.length + 0.3], beside('bound', -6)),
    labels(
      'none',
      none.map((y) => ({ x: top / 2, y })),
      { ...xy, text: () => 'step 2 has no solution' },
      { tone: 'violated' },
    ),
  ])
}

function badPanel(found: RunsByKind, { test }: Params): Panel {
  const most = Math.max(0, ...kinds.flatMap((kind) => found[kind].map(({ bad }) => bad / test)))
  const edge = Math.max(0.01, 1.15 * most)
  return panelOf(
    {
      title: 'Region where step 2 fails',
      x: { label: 'fraction of test points', domain: [0, edge] },
      y: axis,
    },
    [
      ruleY('divide', [divide], { tone: 'soft', dash: true }),
      runDots(found, ({ bad }) => bad / test),
      label('above', 'above: symmetric', [edge / 2, divide + 0.25], { tone: 'soft' }),
      label('below', 'below: not symmetric', [edge / 2, divide - 0.25], { tone: 'soft' }),
    ],
  )
}

/** The error against the examples of step 2: as measured, and as guaranteed. */
function curveFigure(curves: readonly Curve[], params: Params): Figure {
  const { first, curveRuns } = params
  return {
    id: 'samples',
    title: 'The error falls like 1/m₂; the guarantee needs hundreds of times more examples',
    caption: `Test error against the number of examples $m_2$ of step 2 for $n$ inputs: mean of ${curveRuns} pairs of half-spaces with 95 % interval; thin dashed lines are proportional to $1/m_2$. Dashed: the error that the theory guarantees with probability ${1 - DELTA}, provided step 1 has the sample it needs; here it has ${first}.`,
    panels: [curvePanel(curves)],
  }
}

/** The least error that is drawn. */
const FLOOR = 1e-5

function curvePanel(curves: readonly Curve[]): Panel {
  const lines = curves.map(({ n, sizes, errors }) => ({
    n,
    points: sizes.map((x, i) => ({ x, n, ...interval(errors[i]) })),
  }))
  const points = lines.flatMap((one) => one.points)
  const guaranteed = curves.flatMap(({ n, sizes }) =>
    sizes.map((x) => ({ x, n, y: guaranteedFor(n, x) })).filter(({ y }) => y < 1),
  )
  // like 1/m through the last point of each curve
  const trends = lines.flatMap((one) => {
    const { x: size, y: error } = one.points[one.points.length - 1]
    return one.points.map(({ x, n }) => ({ x, n, y: positive(((error ?? NaN) * size) / x) }))
  })
  const sizes = curves.flatMap((curve) => curve.sizes)
  const least = Math.min(1e-2, ...points.map(({ y }) => y ?? 1))
  const byInputs = { ...xy, group: ({ n }: { readonly n: number }) => `n = ${n}` }
  const beside = { anchor: 'start', dx: 8 } as const
  return panelOf(
    {
      x: {
        label: 'm₂, examples of step 2',
        scale: 'log',
        domain: [0.9 * Math.min(...sizes, 1000), 1.1 * Math.max(...sizes, 2000)],
      },
      y: { label: 'test error', scale: 'log', domain: [least / 3, 1.2] },
    },
    [
      line('guaranteed', guaranteed, byInputs, {
        tone: 'bound',
        dash: true,
        end: { text: ({ n }) => `guaranteed, n = ${n}`, ...beside },
      }),
      line('trends', trends, byInputs, { tone: 'soft', dash: true, width: 1 }),
      line(
        'errors',
        points,
        { ...byInputs, low: ({ low }) => low, high: ({ high }) => high },
        { tone: 'measured', dots: { radius: 3 }, end: { text: ({ n }) => `n = ${n}`, ...beside } },
      ),
      label('trend', '∝ 1/m₂', trends.at(0), { tone: 'soft', ...beside, dy: 26 }),
    ],
  )
}

const positive = (value: number): number | null => (value > 0 ? Math.max(FLOOR, value) : null)

/** Mean of the errors with 1.96 standard errors on both sides; 0 is not shown. */
function interval(errors: readonly number[]): {
  readonly y: number | null
  readonly low: number | null
  readonly high: number | null
} {
  const y = mean(errors)
  if (!(y > 0)) return { y: null, low: null, high: null }
  if (errors.length < 2) return { y, low: null, high: null }
  const variance = mean(errors.map((error) => (error - y) ** 2))
  const half = 1.96 * Math.sqrt(variance / (errors.length - 1))
  return { y, low: positive(y - half) ?? FLOOR, high: y + half }
}
