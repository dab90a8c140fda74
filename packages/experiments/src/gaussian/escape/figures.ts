import { coefficients } from '@nonconvex/gaussian-theory'
import { escapeTime } from '@nonconvex/gaussian-theory/descent'
import { leakySmoothness } from '@nonconvex/gaussian-theory/leaky'
import type { Axis, Figure, Panel } from '../../figure/figure.js'
import { beside, dots, label, labels, line, panelOf, xy } from '../../figure/layers.js'
import { initialAngles, type Params } from './experiment.js'

/** One run from near the ray: the step at which the angle to −w* was π/2, null if it never was. */
export interface NearRun {
  readonly phi0: number
  readonly r0: number
  readonly steps: number | null
  /** all steps */
  readonly taken: number
}

export interface NearMeasured {
  readonly k: number
  readonly leak: number
  readonly runs: readonly NearRun[]
}

interface Found {
  readonly relu: readonly NearMeasured[]
  readonly leaky: readonly NearMeasured[]
}

/** The step size, in units of one over the smoothness constant. */
export const etaOf = (k: number, leak: number, { step }: Params): number =>
  step / (leak === 0 ? coefficients(k).c : leakySmoothness(k, leak))

/** Left: ReLU for every k, with its scaling. Right: one k, with ReLU and leaky ReLU. */
export function escapeFigure(found: Found, params: Params): Figure {
  const k = compared(params)
  return {
    id: 'escape',
    title: 'The degenerate saddle is escaped in O(1/φ₀) steps, a strict one in O(log 1/φ₀)',
    caption: `Steps until the angle to the ray of the saddle is $\\pi/2$, against the inverse initial angle. Left: ReLU, with $(k-1)/(\\eta c\\,\\varphi_0)$ dashed. Right: $k = ${k}$, ReLU and leaky ReLU of slope $\\lambda$.`,
    panels: [reluPanel(found, params), leakPanel(found, params, k)],
  }
}

/** The k of the comparison with leaky ReLU: the middle one. */
function compared({ k }: Params): number {
  const sorted = [...k].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

function xAxis(params: Params): Axis {
  const closest = initialAngles(params).at(-1) ?? 1
  return { label: '1/φ₀, inverse initial angle', scale: 'log', domain: [8, 1.1 / closest] }
}

interface NamedPoint {
  readonly x: number
  readonly y: number
  readonly name: string
}

/** Points of a run; those that never left are not drawn. */
const pointsOf = ({ runs }: NearMeasured, params: Params, name: string): NamedPoint[] =>
  initialAngles(params).flatMap((phi, i) => {
    const { steps } = runs[i]
    return steps === null ? [] : [{ x: 1 / phi, y: steps, name }]
  })

const byName = { ...xy, group: ({ name }: NamedPoint) => name }
const text = ({ name }: NamedPoint): string => name

function reluPanel({ relu }: Found, params: Params): Panel {
  const rows = [...relu].sort((a, b) => a.k - b.k)
  const runs = rows.map((row) => pointsOf(row, params, `k = ${row.k}`))
  const scaling = rows
    .filter(({ k }) => k >= 2)
    .flatMap(({ k }) =>
      initialAngles(params).map((phi) => {
        return { x: 1 / phi, y: escapeTime(k, phi, etaOf(k, 0, params)), name: `k = ${k}` }
      }),
    )
  // beside the lowest line, in its second quarter
  const below = scaling.at(1)
  return panelOf({ title: 'ReLU', x: xAxis(params), y: { label: 'steps', scale: 'log' } }, [
    line('scaling', scaling, byName, { tone: 'bound', dash: true }),
    dots('runs', runs.flat(), xy, { tone: 'measured', radius: 3 }),
    labels(
      'names',
      runs.flatMap((run) => run.slice(-1)),
      { ...xy, text },
      beside('measured', 6),
    ),
    label(
      'scalingName',
      params.step === 1 ? '(k − 1)/φ₀' : '(k − 1)/(ηc φ₀)',
      below,
      beside('bound', 10, 10),
    ),
  ])
}

function leakPanel({ relu, leaky }: Found, params: Params, k: number): Panel {
  const own = relu.filter((row) => row.k === k).flatMap((row) => pointsOf(row, params, 'ReLU'))
  const others = leaky
    .filter((row) => row.k === k)
    .sort((a, b) => a.leak - b.leak)
    .flatMap((row) => pointsOf(row, params, `λ = ${row.leak}`))
  const axes = { x: xAxis(params), y: { label: 'steps', scale: 'log' } } as const
  return panelOf({ title: `Leaky ReLU, k = ${k}`, ...axes }, [
    line('relu', own, xy, {
      tone: 'violated',
      dots: { radius: 3 },
      end: { text, anchor: 'end', dx: -10 },
    }),
    line('leaks', others, byName, {
      tone: 'measured',
      dots: { radius: 3 },
      end: { text, anchor: 'end', dy: -14 },
    }),
  ])
}
