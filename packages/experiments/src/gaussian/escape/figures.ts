import { coefficients } from '@nonconvex/gaussian-theory'
import { escapeTime } from '@nonconvex/gaussian-theory/descent'
import { leakySmoothness } from '@nonconvex/gaussian-theory/leaky'
import type { Axis, Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { startAngles, type Params } from './experiment.js'

/**
 * One run from near the ray: the step at which the angle to −w* was a right one, null if it never
 * was.
 */
export interface NearRun {
  readonly phi0: number
  readonly r0: number
  readonly steps: number | null
  /** steps made in all */
  readonly taken: number
}

export interface NearMeasured {
  readonly k: number
  readonly leak: number
  readonly runs: readonly NearRun[]
}

/** The runs near the ray so far, without and with a leak. */
interface Found {
  readonly relu: readonly NearMeasured[]
  readonly leaky: readonly NearMeasured[]
}

/** The step size: in units of one over the largest curvature, with and without a leak. */
export const etaOf = (k: number, leak: number, { step }: Params): number =>
  step / (leak === 0 ? coefficients(k).c : leakySmoothness(k, leak))

/** Left: ReLU for every k, with the law. Right: the same k with and without leaks. */
export function escapeFigures(found: Found, params: Params): Figure[] {
  const k = compared(params)
  return [
    {
      id: 'escape',
      title: 'The flat saddle is left slowly, a strict one at once',
      caption: `Steps until gradient descent has left the ray of the saddle, against how close to it it starts. Left: ReLU, with $(k-1)/(\\eta c\\,\\varphi_0)$ dashed; ten times closer costs ten times as many steps. Right: $k = ${k}$, ReLU and leaks; with a leak ten times closer costs a fixed number of steps.`,
      panels: [reluPanel(found, params), leakPanel(found, params, k)],
    },
  ]
}

/** The k of the comparison with leaks: the middle one. */
function compared({ k }: Params): number {
  const sorted = [...k].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) / 2)]
}

function xAxis(params: Params): Axis {
  const closest = startAngles(params).at(-1) ?? 1
  return { label: '1/φ₀, closeness of the start', scale: 'log', domain: [8, 1.1 / closest] }
}

/** Points of several runs; those that never left are not drawn. */
function lines(rows: readonly NearMeasured[], params: Params, name: (row: NearMeasured) => string) {
  const phis = startAngles(params)
  const list = rows.map((row) => ({
    name: name(row),
    points: row.runs.flatMap(({ steps }, i) => (steps === null ? [] : [[1 / phis[i], steps]])),
  }))
  const all = list.flatMap((line) => line.points.map(([x, y]) => ({ x, y, group: line.name })))
  const ends = list.flatMap((line) =>
    line.points.slice(-1).map(([x, y]) => ({ x, y, text: line.name })),
  )
  return {
    runs: {
      x: all.map(({ x }) => x),
      y: all.map(({ y }) => y),
      group: all.map(({ group }) => group),
    } satisfies Frame,
    names: {
      x: ends.map(({ x }) => x),
      y: ends.map(({ y }) => y),
      text: ends.map(({ text }) => text),
    } satisfies Frame,
  }
}

function reluPanel({ relu }: Found, params: Params): Panel {
  const rows = [...relu].sort((a, b) => a.k - b.k)
  const phis = startAngles(params)
  const law = rows
    .filter(({ k }) => k >= 2)
    .flatMap(({ k }) =>
      phis.map((phi) => ({
        x: 1 / phi,
        y: escapeTime(k, phi, etaOf(k, 0, params)),
        group: `k = ${k}`,
      })),
    )
  // beside the lowest line, in its second quarter
  const below = law.slice(1, 2)
  return {
    title: 'ReLU',
    x: xAxis(params),
    y: { label: 'steps', scale: 'log' },
    frames: {
      ...lines(rows, params, ({ k }) => `k = ${k}`),
      law: { x: law.map(({ x }) => x), y: law.map(({ y }) => y), group: law.map((p) => p.group) },
      lawName: {
        x: below.map(({ x }) => x),
        y: below.map(({ y }) => y),
        text: below.map(() => (params.step === 1 ? '(k − 1)/φ₀' : '(k − 1)/(ηc φ₀)')),
      },
    },
    marks: [
      { mark: 'line', frame: 'law', x: 'x', y: 'y', group: 'group', tone: 'bound', dash: true },
      { mark: 'dot', frame: 'runs', x: 'x', y: 'y', tone: 'measured', radius: 3 },
      nameMark('names', { tone: 'measured', anchor: 'start', dx: 6 }),
      nameMark('lawName', { tone: 'bound', anchor: 'start', dx: 10, dy: 10 }),
    ],
  }
}

function leakPanel({ relu, leaky }: Found, params: Params, k: number): Panel {
  const own = relu.filter((row) => row.k === k)
  const others = leaky.filter((row) => row.k === k).sort((a, b) => a.leak - b.leak)
  const one = lines(own, params, () => 'ReLU')
  const more = lines(others, params, ({ leak }) => `leak ${leak}`)
  return {
    title: `With a leak, k = ${k}`,
    x: xAxis(params),
    y: { label: 'steps', scale: 'log' },
    frames: { relu: one.runs, reluName: one.names, leaks: more.runs, leakNames: more.names },
    marks: [
      { mark: 'line', frame: 'relu', x: 'x', y: 'y', tone: 'violated' },
      { mark: 'dot', frame: 'relu', x: 'x', y: 'y', tone: 'violated', radius: 3 },
      { mark: 'line', frame: 'leaks', x: 'x', y: 'y', group: 'group', tone: 'measured' },
      { mark: 'dot', frame: 'leaks', x: 'x', y: 'y', tone: 'measured', radius: 3 },
      nameMark('reluName', { tone: 'violated', anchor: 'end', dx: -10 }),
      nameMark('leakNames', { tone: 'measured', anchor: 'end', dy: -14 }),
    ],
  }
}
