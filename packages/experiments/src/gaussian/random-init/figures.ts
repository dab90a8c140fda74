import { coefficients, noOverlapLoss } from '@nonconvex/gaussian-theory'
import { antiparallelDensity, totalSteps } from '@nonconvex/gaussian-theory/descent'
import { readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import type { DotMark, Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { dotStyle } from '../line-styles.js'
import type { Params } from './experiment.js'

/** One run: where it began, where it ended and after how many steps. */
export interface InitRun {
  readonly r0: number
  readonly phi0: number
  readonly loss0: number
  readonly end: 'teacher' | 'opposite' | 'elsewhere'
  readonly steps: number
}

/** Runs with filters of one length. */
export interface RunsOf {
  readonly m: number
  readonly runs: readonly InitRun[]
}

/** The step size of the parameters. */
export const etaOf = ({ k, step }: Params): number => step / coefficients(k).c

/** Steps that B4 allows from this start; Infinity on the ray of the saddle. */
export function allowed(
  { r0, phi0, loss0 }: Pick<InitRun, 'r0' | 'phi0' | 'loss0'>,
  params: Params,
): number {
  const { k, eps } = params
  return totalSteps({ r0, phi0, loss0, R: 1, k, eta: etaOf(params), eps }).value
}

/** Left: how close starts come to the ray of the saddle. Right: what that costs. */
export function randomInitFigures(found: readonly RunsOf[], params: Params): Figure[] {
  const several = found.filter(({ m }) => m >= 2)
  const { alpha } = coefficients(params.k)
  return [
    {
      id: 'random-init',
      title: 'The more weights, the less often a start is near the ray of the saddle',
      caption: `Left: angle $\\varphi_0$ of random starts to the ray through $-w^*$, for filters of $m$ weights: shares of starts (points, a symbol for each $m$) and density (lines). Right: steps to the loss ${readable(params.eps)} against that angle, for all $m \\ge 2$, and the number that the theorem allows. The saddle is at $-${readable(alpha, 3)}\\,w^*$.`,
      panels: [anglePanel(several, params), stepPanel(several, params)],
    },
  ]
}

/** Points of a curve. */
const CURVE = 121

function anglePanel(found: readonly RunsOf[], { starts }: Params): Panel {
  const bins = 2 * Math.max(3, Math.min(12, Math.round(Math.sqrt(starts) / 5)))
  const width = Math.PI / bins
  const grid = Array.from({ length: CURVE }, (_, i) => (Math.PI * i) / (CURVE - 1))
  const centres = Array.from({ length: bins }, (_, i) => (i + 0.5) * width)
  const height = ({ runs }: RunsOf, i: number): number =>
    runs.filter(({ phi0 }) => Math.min(bins - 1, Math.floor(phi0 / width)) === i).length /
    (runs.length * width)
  const heights = found.flatMap((one) =>
    centres.map((x, i) => ({
      x,
      y: one.runs.length === 0 ? 0 : height(one, i),
    })),
  )
  const curves = found.flatMap(({ m }) => grid.map((x) => ({ x, y: antiparallelDensity(x, m) })))
  const highest = (from: readonly { readonly y: number }[]): number =>
    Math.max(0.1, ...from.map(({ y }) => y))
  const top = 1.1 * highest([...heights, ...curves])
  const shares = found.map((one, nth): { name: string; frame: Frame; mark: DotMark } => {
    const name = `shares${one.m}`
    const shown = one.runs.length === 0 ? [] : centres.map((x, i) => ({ x, y: height(one, i) }))
    return {
      name,
      frame: { x: shown.map(({ x }) => x), y: shown.map(({ y }) => y) },
      mark: {
        mark: 'dot',
        frame: name,
        x: 'x',
        y: 'y',
        tone: 'measured',
        ...dotStyle(nth),
        key: `m = ${one.m}`,
      },
    }
  })
  return {
    title: 'Angle of the start',
    x: { label: 'φ₀, angle to −w*', domain: [0, Math.PI] },
    y: { label: 'density', domain: [0, top] },
    frames: {
      density: {
        x: found.flatMap(() => grid),
        y: found.flatMap(({ m }) => grid.map((phi) => antiparallelDensity(phi, m))),
        group: found.flatMap(({ m }) => grid.map(() => `m = ${m}`)),
      },
      ...Object.fromEntries(shares.map(({ name, frame }) => [name, frame])),
    },
    marks: [
      {
        mark: 'line',
        frame: 'density',
        x: 'x',
        y: 'y',
        group: 'group',
        tone: 'bound',
        width: 1.5,
        key: 'densities',
      },
      ...shares.map(({ mark }) => mark),
    ],
  }
}

/** Runs that are drawn for each m. */
const DRAWN = 300

function stepPanel(found: readonly RunsOf[], params: Params): Panel {
  const made = found.flatMap(({ runs }) =>
    runs.slice(0, DRAWN).filter(({ end, steps }) => end === 'teacher' && steps > 0),
  )
  const closest = Math.max(1e-6, Math.min(0.1, ...made.map(({ phi0 }) => phi0)) / 1.3)
  const bound = allowedCurve(closest, params)
  const first = [...made].sort((a, b) => a.phi0 - b.phi0).slice(0, 1)
  return {
    title: 'What it costs',
    x: { label: 'φ₀, angle to −w*', scale: 'log', domain: [closest, Math.PI] },
    y: { label: 'steps', scale: 'log' },
    frames: {
      bound,
      made: { x: made.map(({ phi0 }) => phi0), y: made.map(({ steps }) => steps) },
      boundName: {
        x: bound.x.slice(40, 41),
        y: bound.y.slice(40, 41),
        text: bound.x.slice(40, 41).map(() => 'allowed'),
      },
      madeName: {
        x: first.map(({ phi0 }) => phi0),
        y: first.map(({ steps }) => steps),
        text: first.map(() => 'made'),
      },
    },
    marks: [
      { mark: 'line', frame: 'bound', x: 'x', y: 'y', tone: 'bound' },
      { mark: 'dot', frame: 'made', x: 'x', y: 'y', tone: 'measured', radius: 2, opacity: 0.6 },
      nameMark('boundName', { tone: 'bound', anchor: 'start', dx: 8, dy: -8, bold: true }),
      nameMark('madeName', { tone: 'measured', anchor: 'start', dx: 12, dy: -6, bold: true }),
    ],
  }
}

/** Steps that B4 allows, by angle of the start; empty where it promises nothing. */
function allowedCurve(
  closest: number,
  params: Params,
): Frame & { x: readonly number[]; y: readonly number[] } {
  const r0 = params.radius
  const points = Array.from({ length: CURVE }, (_, i) => {
    const phi0 = Math.min(Math.PI, closest * power(Math.PI / closest, i / (CURVE - 1)))
    const start = [-r0 * Math.cos(phi0), r0 * Math.sin(phi0)]
    const loss0 = noOverlapLoss(start, [1, 0], params.k)
    return [phi0, allowed({ r0, phi0, loss0 }, params)]
  }).filter(([, steps]) => steps > 0 && Number.isFinite(steps))
  return { x: points.map(([phi]) => phi), y: points.map(([, steps]) => steps) }
}
