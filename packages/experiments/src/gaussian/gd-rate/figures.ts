import { coefficients, plRatio } from '@nonconvex/gaussian-theory'
import { escapeSteps, linearFactor } from '@nonconvex/gaussian-theory/descent'
import { readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import type { Figure, Frame, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { lossMap, mapAxes, pointMarks } from '../contours.js'
import { pathStarts, type Params } from './experiment.js'
import { boundsOf, etaOf, type Bounded, type RunMeasured } from './runs.js'

/** Points by points of the map behind the paths. */
const MAP_GRID = 101
/** Points of a bound's curve. */
const CURVE = 200

interface PathRow {
  readonly cell: { readonly path: number }
  readonly measured: { readonly runs: readonly RunMeasured[] }
}

interface Drawn {
  readonly index: number
  readonly run: RunMeasured
}

/** The paths over the landscape and one run against its bounds; the steps of all starts. */
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
      title: 'Gradient descent reaches the global minimum',
      caption: `Left: the loss for $k = ${k}$ with five runs, each drawn by norm and angle to $w^*$. Right: the run that starts at angle ${readable(near)} from the saddle's ray, against the bounds that hold for it: linear rate after the escape, and dashed what smoothness alone gives, gradient $\\varepsilon$ within $O(\\varepsilon^{-2})$ steps. Step ${size}.`,
      panels: [pathPanel(drawn, params), ratePanel(followed?.run, params)],
    },
    {
      id: 'starts',
      title: 'Steps from every start',
      caption: `Left: steps to loss ${readable(params.eps)} by the angle between start and saddle's ray, with the bound for the same start. Right: the angle to $w^*$ along the five runs; it never grows.`,
      panels: [startPanel(bounded), anglePanel(drawn)],
    },
  ]
}

function pathPanel(drawn: readonly Drawn[], { k, near }: Params): Panel {
  const { frame, mark } = lossMap(k, MAP_GRID)
  const sides = pathStarts(near).map((start) => start.side)
  const x: number[] = []
  const y: number[] = []
  const group: string[] = []
  const starts: { x: number[]; y: number[] } = { x: [], y: [] }
  for (const { index, run } of drawn) {
    run.path?.r.forEach((r, i) => {
      const theta = run.path?.theta[i] ?? 0
      x.push(r * Math.cos(theta))
      y.push(sides[index] * r * Math.sin(theta))
      group.push(String(index))
      if (i > 0) return
      starts.x.push(x[x.length - 1])
      starts.y.push(y[y.length - 1])
    })
  }
  const points = pointMarks(k)
  return {
    ...mapAxes,
    frames: { map: frame, paths: { x, y, group }, starts, ...points.frames },
    marks: [
      mark,
      { mark: 'line', frame: 'paths', x: 'x', y: 'y', group: 'group', tone: 'ink', width: 1.25 },
      { mark: 'dot', frame: 'starts', x: 'x', y: 'y', tone: 'ink', radius: 3 },
      ...points.marks,
    ],
  }
}

function ratePanel(run: RunMeasured | undefined, params: Params): Panel {
  const axes = (end: number, top: number): Pick<Panel, 'x' | 'y'> => ({
    x: { label: 'step', scale: 'log', domain: [1, end] },
    y: { label: 'loss / ‖w*‖²', scale: 'log', domain: [params.eps / 3, 2 * top] },
  })
  if (!run?.path) return { ...axes(100, 1), frames: {}, marks: [] }
  const { step, loss } = run.path
  const total = boundsOf(run, params).total.value
  const end = 2.2 * Math.max(Number.isFinite(total) ? total : 0, run.steps, 10)
  const shown = step.map((t, i) => [t, loss[i]]).filter(([t, l]) => t >= 1 && l > 0)
  const last = shown[shown.length - 1] ?? [1, run.loss0]
  const bounds = boundCurves(run, params, end)
  return {
    ...axes(end, run.loss0),
    frames: {
      run: { x: shown.map(([t]) => t), y: shown.map(([, l]) => l) },
      runName: { x: [last[0]], y: [last[1]], text: ['this run'] },
      ...bounds.frames,
    },
    marks: [
      ...bounds.marks,
      { mark: 'line', frame: 'run', x: 'x', y: 'y', tone: 'measured', width: 2 },
      nameMark('runName', { tone: 'measured', bold: true, anchor: 'end', dx: -8, dy: -6 }),
    ],
  }
}

/**
 * What the theorems allow at each step: ℓ₀ until the escape, then the linear rate; and, dashed, the
 * loss that the smallest gradient so far forces when it is only known to be O(1/√t).
 */
function boundCurves(
  run: RunMeasured,
  params: Params,
  end: number,
): { frames: { [name: string]: Frame }; marks: Mark[] } {
  const { k, eps } = params
  const eta = etaOf(params)
  const theta = Math.min(Math.PI / 2, Math.PI - run.phi0)
  const escape = escapeSteps({ r0: run.r0, phi0: run.phi0, R: 1, k, eta }).value
  const factor = linearFactor({ theta, k, eta }).value
  if (!Number.isFinite(escape) || !Number.isFinite(factor)) return { frames: {}, marks: [] }
  const share = 2 * plRatio(theta, k) * eta * (1 - (eta * coefficients(k).c) / 2)
  const ours = (t: number): number => run.loss0 * power(factor, Math.max(0, t - escape))
  const slow = (t: number): number =>
    run.loss0 * Math.min(1, 1 / (share * Math.max(1e-9, t - escape)))
  const steps = Array.from({ length: CURVE }, (_, i) => power(end, i / (CURVE - 1)))
  const x = [...steps, Math.max(1, escape)].sort((a, b) => a - b)
  const down = x.filter((t) => ours(t) >= eps / 3)
  const tip = down[down.length - 1]
  return {
    frames: {
      ours: { x: down, y: down.map(ours) },
      slow: { x, y: x.map(slow) },
      oursName: { x: [tip], y: [ours(tip)], text: ['our bound'] },
      slowName: { x: [end], y: [slow(end)], text: ['ε⁻² bound'] },
    },
    marks: [
      { mark: 'line', frame: 'slow', x: 'x', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'line', frame: 'ours', x: 'x', y: 'y', tone: 'bound' },
      nameMark('slowName', { tone: 'bound', anchor: 'start', dx: 6 }),
      nameMark('oursName', { tone: 'bound', bold: true, anchor: 'start', dx: 6, dy: -4 }),
    ],
  }
}

function startPanel(bounded: readonly Bounded[]): Panel {
  const arrived = bounded.filter(({ run }) => (run.converged ?? 0) > 0)
  const made = arrived.map(({ run }) => [run.phi0, run.converged ?? 0])
  const allowed = arrived
    .map(({ run, bounds }) => [run.phi0, bounds.total.value])
    .filter(([, steps]) => Number.isFinite(steps))
  return {
    x: { label: 'φ₀, angle of the start from −w* (rad)', scale: 'log' },
    y: { label: 'steps', scale: 'log' },
    frames: {
      made: { x: made.map(([phi]) => phi), y: made.map(([, steps]) => steps) },
      allowed: { x: allowed.map(([phi]) => phi), y: allowed.map(([, steps]) => steps) },
      name: nameAt(made, 'start nearest to −w*'),
    },
    marks: [
      {
        mark: 'dot',
        frame: 'allowed',
        x: 'x',
        y: 'y',
        tone: 'bound',
        filled: false,
        radius: 2.5,
        key: 'allowed',
      },
      { mark: 'dot', frame: 'made', x: 'x', y: 'y', tone: 'measured', key: 'made' },
      nameMark('name', { tone: 'measured', anchor: 'start', dx: 8 }),
    ],
  }
}

/** A name at the point furthest to the left. */
function nameAt(points: readonly (readonly number[])[], text: string): Frame {
  const first = [...points].sort(([a], [b]) => a - b).slice(0, 1)
  return { x: first.map(([x]) => x), y: first.map(([, y]) => y), text: first.map(() => text) }
}

function anglePanel(drawn: readonly Drawn[]): Panel {
  const rows = drawn.flatMap(({ index, run }) =>
    (run.path?.step ?? []).map((t, i) => [t + 1, run.path?.theta[i] ?? 0, String(index)] as const),
  )
  return {
    x: { label: 'step + 1', scale: 'log' },
    y: { label: 'θ, angle to w* (rad)', domain: [0, Math.PI] },
    frames: {
      name: nameAt(
        rows.filter(([, , run]) => run === '0').map(([t, theta]) => [t, theta]),
        "start near the saddle's ray",
      ),
      angle: {
        x: rows.map(([t]) => t),
        y: rows.map(([, theta]) => theta),
        run: rows.map(([, , run]) => run),
      },
    },
    marks: [
      { mark: 'line', frame: 'angle', x: 'x', y: 'y', group: 'run', tone: 'measured', width: 1.5 },
      nameMark('name', { tone: 'measured', anchor: 'start', dx: 8, dy: 13 }),
    ],
  }
}
