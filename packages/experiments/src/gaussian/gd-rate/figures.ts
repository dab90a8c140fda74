import { coefficients, plRatio } from '@nonconvex/gaussian-theory'
import { escapeSteps, linearFactor } from '@nonconvex/gaussian-theory/descent'
import { readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, dots, label, line, panelOf, xy, type Layer } from '../../figure/layers.js'
import { criticalPointLayers, lossMap, mapAxes } from '../contours.js'
import { drawnInitializations, type Params } from './experiment.js'
import { boundsOf, etaOf, type Bounded, type RunMeasured } from './runs.js'

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
      caption: `Left: the loss for $k = ${k}$ with five runs, by norm and angle to $w^*$. Right: the run from the angle ${readable(near)} to the saddle's ray with its bounds: a linear rate after the escape, and dashed the $O(\\varepsilon^{-2})$ bound from smoothness alone. Step size ${size}.`,
      panels: [pathPanel(drawn, params), ratePanel(followed?.run, params)],
    },
    {
      id: 'starts',
      title: 'Steps from every initialization',
      caption: `Left: steps to loss ${readable(params.eps)} by the angle of the initial weights to the saddle's ray, with their bound. Right: the angle to $w^*$ along the five runs; it never grows.`,
      panels: [stepsPanel(bounded), anglePanel(drawn)],
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

function ratePanel(run: RunMeasured | undefined, params: Params): Panel {
  const axes = (end: number, top: number): Pick<Panel, 'x' | 'y'> => ({
    x: { label: 'step', scale: 'log', domain: [1, end] },
    y: { label: 'loss / ‖w*‖²', scale: 'log', domain: [params.eps / 3, 2 * top] },
  })
  if (!run?.path) return panelOf(axes(100, 1), [])
  const { step, loss } = run.path
  const total = boundsOf(run, params).total.value
  const end = 2.2 * Math.max(Number.isFinite(total) ? total : 0, run.steps, 10)
  const shown = step.map((x, i) => ({ x, y: loss[i] })).filter(({ x, y }) => x >= 1 && y > 0)
  return panelOf(axes(end, run.loss0), [
    ...boundCurves(run, params, end),
    line('run', shown, xy, {
      tone: 'measured',
      width: 2,
      end: { text: 'this run', bold: true, anchor: 'end', dx: -8, dy: -6 },
    }),
  ])
}

/**
 * What the theorems allow at each step: ℓ₀ until the escape, then the linear rate; and, dashed, the
 * loss that the smallest gradient so far forces when it is only known to be O(1/√t).
 */
function boundCurves(run: RunMeasured, params: Params, end: number): Layer[] {
  const { k, eps } = params
  const eta = etaOf(params)
  const theta = Math.min(Math.PI / 2, Math.PI - run.phi0)
  const escape = escapeSteps({ r0: run.r0, phi0: run.phi0, R: 1, k, eta }).value
  const factor = linearFactor({ theta, k, eta }).value
  if (!Number.isFinite(escape) || !Number.isFinite(factor)) return []
  const decrease = 2 * plRatio(theta, k) * eta * (1 - (eta * coefficients(k).c) / 2)
  const ours = (t: number): number => run.loss0 * power(factor, Math.max(0, t - escape))
  const slow = (t: number): number =>
    run.loss0 * Math.min(1, 1 / (decrease * Math.max(1e-9, t - escape)))
  const steps = Array.from({ length: CURVE }, (_, i) => power(end, i / (CURVE - 1)))
  const x = [...steps, Math.max(1, escape)].sort((a, b) => a - b)
  const down = x.filter((t) => ours(t) >= eps / 3)
  const tone = 'bound'
  return [
    line(
      'slow',
      x,
      { x: (t) => t, y: slow },
      { tone, dash: true, width: 1.5, end: { text: 'ε⁻² bound', anchor: 'start', dx: 6 } },
    ),
    line(
      'ours',
      down,
      { x: (t) => t, y: ours },
      { tone, end: { text: 'our bound', bold: true, anchor: 'start', dx: 6, dy: -4 } },
    ),
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

function anglePanel(drawn: readonly Drawn[]): Panel {
  const rows = drawn.flatMap(({ index, run }) =>
    (run.path?.step ?? []).map((t, i) => {
      return { x: t + 1, y: run.path?.theta[i] ?? 0, run: String(index) }
    }),
  )
  const followed = rows.filter(({ run }) => run === '0')
  return panelOf(
    {
      x: { label: 'step + 1', scale: 'log' },
      y: { label: 'θ, angle to w* (rad)', domain: [0, Math.PI] },
    },
    [
      line('angle', rows, { ...xy, group: ({ run }) => run }, { tone: 'measured', width: 1.5 }),
      label(
        'name',
        "initialized near the saddle's ray",
        leftmost(followed),
        beside('measured', 8, 13),
      ),
    ],
  )
}
