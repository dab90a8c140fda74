import { leakyLoss, leakyThreshold } from '@nonconvex/gaussian-theory'
import type { Figure, Mark, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { ascending } from '../ascending.js'
import { lineStyle } from '../line-styles.js'
import type { LeakyMeasured } from './measure.js'
import { angles, type LeakyParams } from './params.js'

/** How descent leaves the saddle, where there is one, and how the loss along the ray changes. */
export function leakyFigures(found: readonly LeakyMeasured[], params: LeakyParams): Figure[] {
  // one number of windows is drawn: the largest, for which the saddle lasts longest
  const k = Math.max(...params.k)
  return [
    {
      id: 'escape',
      title: 'A leak lets descent leave the saddle at once',
      caption: `Left: steps until gradient descent has left the ray opposite to the teacher, against how close to it it starts, for $k = ${k}$: with ReLU ($\\lambda = 0$) like $1/\\varphi_0$, with a leak like its logarithm. Right: the leak from which on the saddle is gone, against the number of windows; dots: what was run.`,
      panels: [escapePanel(found, k), thresholdPanel(params)],
    },
    {
      id: 'profile',
      title: 'The saddle moves to the origin and disappears',
      caption: `The loss along the line through $0$ and $w^*$ for $k = ${k}$ and each leak. On the left the hump at $0$ and the point behind it vanish together, at $\\lambda^* = ${leakyThreshold(k).toPrecision(3)}$.`,
      panels: [profilePanel(k, ascending(params.leaks))],
    },
  ]
}

function escapePanel(found: readonly LeakyMeasured[], k: number): Panel {
  const x = angles.map((phi) => 1 / phi)
  const lines = found
    .filter((one) => one.k === k)
    .map(({ leak, escape }) => ({
      name: `λ = ${leak}`,
      relu: leak === 0,
      y: [...escape],
    }))
  const frame = (relu: boolean) => {
    const own = lines.filter((line) => line.relu === relu)
    return {
      x: own.flatMap(() => x),
      y: own.flatMap(({ y }) => y),
      group: own.flatMap(({ name }) => x.map(() => name)),
    }
  }
  const names = (relu: boolean) => {
    const own = lines.filter((line) => line.relu === relu && line.y.at(-1) !== null)
    return {
      x: own.map(() => x[x.length - 1]),
      y: own.map(({ y }) => y[y.length - 1]),
      text: own.map(({ name }) => (relu ? 'ReLU' : name)),
    }
  }
  const drawn = (name: string, tone: 'violated' | 'measured'): Mark[] => [
    { mark: 'line', frame: name, x: 'x', y: 'y', group: 'group', tone },
    { mark: 'dot', frame: name, x: 'x', y: 'y', tone, radius: 3 },
    nameMark(`${name}Names`, { tone, anchor: 'start', dx: 8 }),
  ]
  return {
    title: `Escape, k = ${k}`,
    x: { label: '1/φ₀', scale: 'log', domain: [8, 12_500] },
    y: { label: 'steps', scale: 'log' },
    frames: {
      relu: frame(true),
      leaky: frame(false),
      reluNames: names(true),
      leakyNames: names(false),
    },
    marks: [...drawn('relu', 'violated'), ...drawn('leaky', 'measured')],
  }
}

function thresholdPanel({ k, leaks }: LeakyParams): Panel {
  const windows = Array.from({ length: 50 }, (_, i) => i + 1)
  const pairs = ascending(k).flatMap((x) => ascending(leaks).map((y) => ({ x, y })))
  return {
    title: 'Threshold',
    x: { label: 'k, windows', domain: [0, 51] },
    y: { label: 'leak λ', domain: [0, 1.02] },
    frames: {
      threshold: { x: windows, y: windows.map(leakyThreshold) },
      name: { x: [40], y: [leakyThreshold(40)], text: ['λ*(k)'] },
      strict: { x: [34], y: [0.25], text: ['strict saddle'] },
      gone: { x: [24], y: [0.88], text: ['no saddle'] },
      here: { x: pairs.map(({ x }) => x), y: pairs.map(({ y }) => y) },
    },
    marks: [
      { mark: 'line', frame: 'threshold', x: 'x', y: 'y', tone: 'bound' },
      { mark: 'dot', frame: 'here', x: 'x', y: 'y', tone: 'measured', radius: 3.5 },
      nameMark('name', { tone: 'bound', dy: -12 }),
      nameMark('strict'),
      nameMark('gone'),
    ],
  }
}

function profilePanel(k: number, leaks: readonly number[]): Panel {
  const x = Array.from({ length: 141 }, (_, i) => -1.5 + i / 50)
  const values = leaks.map((slope) => x.map((t) => leakyLoss([t], [1], k, slope)))
  const most = Math.max(...values.flat())
  return {
    x: { label: 'w / w*, along the axis', domain: [-1.5, 1.3] },
    y: { label: 'loss / ‖w*‖²', domain: [0, 1.02 * most] },
    frames: {
      ...Object.fromEntries(values.map((y, i) => [`leak${i}`, { x, y }])),
    },
    marks: leaks.map((slope, i): Mark => ({
      mark: 'line',
      frame: `leak${i}`,
      x: 'x',
      y: 'y',
      ...lineStyle(i),
      key: `λ = ${slope}`,
    })),
  }
}
