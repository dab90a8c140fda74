import { coefficients, noOverlapLoss } from '@nonconvex/gaussian-theory'
import { antiparallelDensity, totalSteps } from '@nonconvex/gaussian-theory/descent'
import { readable } from '@nonconvex/optim/claims'
import { power } from '@nonconvex/tensor'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, label, line, panelOf, xy } from '../../figure/layers.js'
import { inOrder } from '../line-styles.js'
import type { Params } from './experiment.js'

/** One run: norm, angle and loss of its initial weights, its end, its steps. */
export interface InitRun {
  readonly r0: number
  readonly phi0: number
  readonly loss0: number
  readonly end: 'teacher' | 'opposite' | 'elsewhere'
  readonly steps: number
}

export interface RunsOf {
  readonly m: number
  readonly runs: readonly InitRun[]
}

export const etaOf = ({ k, step }: Params): number => step / coefficients(k).c

/** The bound B4 on the steps from these initial weights; Infinity on the ray of the saddle. */
export function stepBound(
  { r0, phi0, loss0 }: Pick<InitRun, 'r0' | 'phi0' | 'loss0'>,
  params: Params,
): number {
  const { k, eps } = params
  return totalSteps({ r0, phi0, loss0, R: 1, k, eta: etaOf(params), eps }).value
}

/** Left: initial angles to the ray of the saddle. Right: steps from these angles. */
export function initializationFigure(found: readonly RunsOf[], params: Params): Figure {
  const several = found.filter(({ m }) => m >= 2)
  const { alpha } = coefficients(params.k)
  return {
    id: 'random-init',
    title: 'Small initial angles to the saddle’s ray are rare in high dimension',
    caption: `Left: angle $\\varphi_0$ of random initial weights to the ray through $-w^*$, for filters of $m$ weights: histogram (dots) and exact density (lines). Right: steps to the loss ${readable(params.eps)} against that angle, for all $m \\ge 2$, with the bound of the theorem. The saddle is at $-${readable(alpha, 3)}\\,w^*$.`,
    panels: [anglePanel(several, params), stepPanel(several, params)],
  }
}

const CURVE = 121

function anglePanel(found: readonly RunsOf[], { starts }: Params): Panel {
  const bins = 2 * Math.max(3, Math.min(12, Math.round(Math.sqrt(starts) / 5)))
  const width = Math.PI / bins
  const binOf = ({ phi0 }: InitRun): number => Math.min(bins - 1, Math.floor(phi0 / width))
  const histograms = found.map(({ m, runs }) => ({
    m,
    points: (runs.length > 0 ? Array.from({ length: bins }, (_, i) => i) : []).map((i) => ({
      x: (i + 0.5) * width,
      y: runs.filter((run) => binOf(run) === i).length / (runs.length * width),
    })),
  }))
  const grid = Array.from({ length: CURVE }, (_, i) => (Math.PI * i) / (CURVE - 1))
  const densities = found.map(({ m }) => grid.map((x) => ({ x, y: antiparallelDensity(x, m) })))
  const points = [...densities.flat(), ...histograms.flatMap((one) => one.points)]
  const top = 1.15 * Math.max(0.1, ...points.map(({ y }) => y))
  return panelOf(
    {
      title: 'Initial angle',
      x: { label: 'φ₀, angle to −w*', domain: [0, Math.PI] },
      y: { label: 'density', domain: [0, top] },
    },
    histograms.flatMap(({ m, points }, i) => {
      const look = inOrder(i, histograms.length)
      return [
        line(`density${m}`, densities[i], xy, { ...look, width: 1.5 }),
        dots(`histogram${m}`, points, xy, { ...look, radius: 3 }),
        label(`name${m}`, `m = ${m}`, densities[i][(CURVE - 1) / 2], { tone: 'measured', dy: -10 }),
      ]
    }),
  )
}

const DRAWN = 300

function stepPanel(found: readonly RunsOf[], params: Params): Panel {
  const runs = found
    .flatMap((one) => one.runs.slice(0, DRAWN))
    .filter(({ end, steps }) => end === 'teacher' && steps > 0)
    .map(({ phi0, steps }) => ({ x: phi0, y: steps }))
  const closest = Math.max(1e-6, Math.min(0.1, ...runs.map(({ x }) => x)) / 1.3)
  const bound = boundCurve(closest, params)
  const beside = bound.at(40)
  const first = [...runs].sort((a, b) => a.x - b.x).at(0)
  const look = { anchor: 'start', bold: true } as const
  return panelOf(
    {
      title: 'Steps to the teacher',
      x: { label: 'φ₀, angle to −w*', scale: 'log', domain: [closest, Math.PI] },
      y: { label: 'steps', scale: 'log' },
    },
    [
      line('bound', bound, xy, { tone: 'bound' }),
      dots('runs', runs, xy, { tone: 'measured', radius: 2, opacity: 0.6 }),
      label('boundName', 'bound', beside, { tone: 'bound', ...look, dx: 8, dy: -8 }),
      label('runsName', 'measured', first, { tone: 'measured', ...look, dx: 12, dy: -6 }),
    ],
  )
}

/** The bound B4 by initial angle; empty where it is infinite. */
function boundCurve(closest: number, params: Params): { x: number; y: number }[] {
  const r0 = params.radius
  return Array.from({ length: CURVE }, (_, i) => {
    const phi0 = Math.min(Math.PI, closest * power(Math.PI / closest, i / (CURVE - 1)))
    const w0 = [-r0 * Math.cos(phi0), r0 * Math.sin(phi0)]
    const loss0 = noOverlapLoss(w0, [1, 0], params.k)
    return { x: phi0, y: stepBound({ r0, phi0, loss0 }, params) }
  }).filter(({ y }) => y > 0 && Number.isFinite(y))
}
