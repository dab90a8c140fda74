import { coefficients, plRatio } from '@nonconvex/gaussian-theory'
import { escapeSteps, linearFactor } from '@nonconvex/gaussian-theory/descent'
import { readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import type { Figure, Panel } from '../../figure/figure.js'
import {
  beside,
  curve,
  dots,
  label,
  line,
  panelOf,
  ruleX,
  ruleY,
  xy,
  type Layer,
} from '../../figure/layers.js'
import { criticalPointLayers, lossMap, mapAxes } from '../contours.js'
import { drawnInitializations, type Params } from './experiment.js'
import { etaOf, type Bounded, type RunMeasured } from './runs.js'

/** Grid resolution of the map. */
const MAP_GRID = 101
const CURVE = 200

interface PathRow {
  readonly cell: { readonly path: number }
  readonly measured: { readonly runs: readonly RunMeasured[] }
}

interface Drawn {
  readonly index: number
  readonly run: RunMeasured
}

/** Trajectories over the landscape, one run against its bounds; the steps of all runs. */
export function gdRateFigures(
  rows: readonly PathRow[],
  bounded: readonly Bounded[],
  params: Params,
): Figure[] {
  const drawn = rows
    .map(({ cell, measured }) => ({ index: cell.path, run: measured.runs[0] }))
    .filter(({ run }) => run.path !== null)
  const followed = drawn.find(({ index }) => index === 0)
  const { k, near, step } = params
  const size = step === 1 ? 'η = 1/c' : `η = ${readable(step)}/c`
  return [
    {
      id: 'gd-rate',
      title: 'Gradient descent converges to the global minimum at a linear rate',
      caption: `Left: five runs on the loss for $k = ${k}$. Right: the run from the angle ${readable(near)} to the saddle's ray, counted from its escape, below the linear rate of the theorem and, dashed, the $O(\\varepsilon^{-2})$ bound from smoothness alone; step size ${size}.`,
      panels: [pathPanel(drawn, params), ratePanel(followed?.run, params)],
    },
    {
      id: 'starts',
      title: 'Steps from every initialization',
      caption: `Left: steps to loss ${readable(params.eps)} by the angle of the initial weights to the saddle's ray, with their bound. Right: the escape, the angle to $w^*$ along the five runs, which never grows, with the bound on the steps to $\\pi/2$ of the slowest.`,
      panels: [stepsPanel(bounded), anglePanel(drawn, params)],
    },
  ]
}

function pathPanel(drawn: readonly Drawn[], { k, near }: Params): Panel {
  const sides = drawnInitializations(near).map(({ side }) => side)
  const runs = drawn.map(({ index, run }) =>
    (run.path?.r ?? []).map((r, i) => {
      const theta = run.path?.theta[i] ?? 0
      return { x: r * Math.cos(theta), y: sides[index] * r * Math.sin(theta), run: String(index) }
    }),
  )
  const at = { ...xy, group: ({ run }: { run: string }) => run }
  return panelOf(mapAxes, [
    lossMap(k, MAP_GRID),
    line('paths', runs.flat(), at, { tone: 'ink', width: 1.25 }),
    dots(
      'starts',
      runs.flatMap((run) => run.slice(0, 1)),
      xy,
      { tone: 'ink', radius: 3 },
    ),
    ...criticalPointLayers(k),
  ])
}

/** Steps that the theorem allows until the angle to w* is π/2. */
const allowedEscape = (run: RunMeasured, params: Params): number =>
  escapeSteps({ r0: run.r0, phi0: run.phi0, R: 1, k: params.k, eta: etaOf(params) }).value

/** The loss from the escape on, with what the theorems allow. */
function ratePanel(run: RunMeasured | undefined, params: Params): Panel {
  const axes = (end: number, top: number): Pick<Panel, 'x' | 'y'> => ({
    x: { label: 'steps after the escape', domain: [0, end] },
    y: { label: 'loss / ‖w*‖²', scale: 'log', domain: [params.eps / 3, 2 * top] },
  })
  if (!run?.path) return panelOf(axes(100, 1), [])
  const { step, loss, theta } = run.path
  const escaped = theta.findIndex((angle) => angle <= Math.PI / 2)
  const factor = linearFactor({ theta: afterEscape(run), k: params.k, eta: etaOf(params) }).value
  const down = Math.log(params.eps / 3 / run.loss0) / Math.log(factor)
  const end = Number.isFinite(down) && down > 0 ? Math.max(10, down) : Math.max(10, run.steps)
  const shown = step
    .map((x, i) => ({ x: x - step[escaped], y: loss[i] }))
    .filter(({ x, y }) => x >= 0 && y > 0)
  return panelOf(axes(end, run.loss0), [
    ...boundCurves(run, params, end),
    line('run', shown, xy, {
      tone: 'measured',
      width: 2,
      end: { text: 'this run', bold: true, anchor: 'start', dx: 8, dy: -6 },
    }),
  ])
}

const afterEscape = ({ phi0 }: RunMeasured): number => Math.min(Math.PI / 2, Math.PI - phi0)

/**
 * What the theorems allow after the escape: the linear rate from ℓ₀; and, dashed, the loss that the
 * smallest gradient so far forces when it is only known to be O(1/√t).
 */
function boundCurves(run: RunMeasured, params: Params, end: number): Layer[] {
  const { k } = params
  const eta = etaOf(params)
  const theta = afterEscape(run)
  const factor = linearFactor({ theta, k, eta }).value
  if (!Number.isFinite(allowedEscape(run, params)) || !Number.isFinite(factor)) return []
  const decrease = 2 * plRatio(theta, k) * eta * (1 - (eta * coefficients(k).c) / 2)
  const ours = (t: number): number => run.loss0 * power(factor, t)
  const slow = (t: number): number => run.loss0 * Math.min(1, 1 / (decrease * Math.max(1e-9, t)))
  const tone = 'bound'
  const at = { anchor: 'end', dx: -8 } as const
  return [
    curve('slow', slow, [0, end, CURVE], { tone, dash: true, width: 1.5 }),
    curve('ours', ours, [0, end, CURVE], { tone }),
    label('slowName', 'ε⁻² bound', [end, slow(end)], { tone, ...at, dy: -12 }),
    label('oursName', 'linear rate', [end / 2, ours(end / 2)], { tone, ...beside(tone, 8, -4) }),
  ]
}

function stepsPanel(bounded: readonly Bounded[]): Panel {
  const arrived = bounded.filter(({ run }) => (run.converged ?? 0) > 0)
  const taken = arrived.map(({ run }) => ({ x: run.phi0, y: run.converged }))
  const bound = arrived
    .map(({ run, bounds }) => ({ x: run.phi0, y: bounds.total.value }))
    .filter(({ y }) => Number.isFinite(y))
  return panelOf(
    {
      x: { label: 'φ₀, initial angle to −w* (rad)', scale: 'log' },
      y: { label: 'steps', scale: 'log' },
    },
    [
      dots('bound', bound, xy, { tone: 'bound', filled: false, radius: 2.5, key: 'bound' }),
      dots('taken', taken, xy, { tone: 'measured', key: 'measured' }),
      label('name', 'smallest initial angle', leftmost(taken), beside('measured', 8)),
    ],
  )
}

/** The point furthest to the left. */
const leftmost = <P extends { readonly x: number }>(points: readonly P[]): P | undefined =>
  [...points].sort((a, b) => a.x - b.x).at(0)

function anglePanel(drawn: readonly Drawn[], params: Params): Panel {
  const rows = drawn.flatMap(({ index, run }) =>
    (run.path?.step ?? []).map((x, i) => ({ x, y: run.path?.theta[i] ?? 0, run: String(index) })),
  )
  const allowed = Math.max(0, ...drawn.map(({ run }) => allowedEscape(run, params)))
  const bounds = allowed > 0 && Number.isFinite(allowed) ? [allowed] : []
  const end = 1.05 * Math.max(10, ...bounds, ...rows.map(({ x }) => x))
  const followed = rows.find(({ run }) => run === '0')
  return panelOf(
    {
      x: { label: 'steps', domain: [0, end] },
      y: { label: 'θ, angle to w* (rad)', domain: [0, Math.PI] },
    },
    [
      ruleY('right', [Math.PI / 2], { tone: 'soft', dash: true }),
      ruleX('allowed', bounds, { tone: 'bound', dash: true, width: 1.5 }),
      line('angle', rows, { ...xy, group: ({ run }) => run }, { tone: 'measured', width: 1.5 }),
      label('rightName', 'π/2', [end, Math.PI / 2], { tone: 'soft', anchor: 'end', dy: -9 }),
      label(
        'allowedName',
        'bound',
        bounds.length > 0 ? [allowed, 2.6] : undefined,
        beside('bound', -6),
      ),
      label('name', "near the saddle's ray", followed, beside('measured', 8, 13)),
    ],
  )
}
