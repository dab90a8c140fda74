import { leakyLoss, leakyThreshold } from '@nonconvex/gaussian-theory'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import type { Found } from './conclude.js'
import { angles } from './params.js'
import type { LeakyParams } from './params.js'

export function leakyFigures(found: Found, params: LeakyParams): Figure[] {
  const { k, below, above } = params
  return [
    {
      id: 'escape',
      title: 'A leak lets descent leave the saddle at once',
      caption: `Left: steps until gradient descent has left the ray opposite to the teacher, against how close to it it starts, for $k = ${k}$: with ReLU like $1/\\varphi_0$, with a leak of ${below} like its logarithm. Right: the leak from which on the saddle is gone, against the number of windows.`,
      panels: [escapePanel(found, params), thresholdPanel(params)],
    },
    {
      id: 'profile',
      title: 'The saddle moves to the origin and disappears',
      caption: `The loss along the line through $0$ and $w^*$ for $k = ${k}$: with ReLU, with a leak of ${below} and with one of ${above}. On the left the hump at $0$ and the point behind it vanish together.`,
      panels: [profilePanel(params)],
    },
  ]
}

function escapePanel({ escape }: Found, { below }: LeakyParams): Panel {
  const x = angles.map((phi) => 1 / phi)
  const of = (steps: readonly (number | null)[] | undefined) => ({
    x: steps ? x : [],
    y: steps ? [...steps] : [],
  })
  const relu = of(escape?.relu)
  const leaky = of(escape?.leaky)
  const end = (f: { x: number[]; y: (number | null)[] }, text: string) => ({
    x: f.x.slice(-1),
    y: f.y.slice(-1),
    text: f.x.slice(-1).map(() => text),
  })
  return {
    title: 'Escape',
    x: { label: '1/φ₀', scale: 'log', domain: [8, 12_500] },
    y: { label: 'steps', scale: 'log' },
    frames: {
      relu,
      leaky,
      reluName: end(relu, 'ReLU'),
      leakyName: end(leaky, `leak ${below}`),
    },
    marks: [
      { mark: 'line', frame: 'relu', x: 'x', y: 'y', tone: 'violated' },
      { mark: 'dot', frame: 'relu', x: 'x', y: 'y', tone: 'violated', radius: 3 },
      { mark: 'line', frame: 'leaky', x: 'x', y: 'y', tone: 'measured' },
      { mark: 'dot', frame: 'leaky', x: 'x', y: 'y', tone: 'measured', radius: 3 },
      nameMark('reluName', { tone: 'violated', anchor: 'end', dx: -10 }),
      nameMark('leakyName', { tone: 'measured', anchor: 'end', dy: -12 }),
    ],
  }
}

function thresholdPanel({ k, below, above }: LeakyParams): Panel {
  const windows = Array.from({ length: 50 }, (_, i) => i + 1)
  return {
    title: 'Threshold',
    x: { label: 'k, windows', domain: [0, 51] },
    y: { label: 'leak λ', domain: [0, 1.02] },
    frames: {
      threshold: { x: windows, y: windows.map(leakyThreshold) },
      name: { x: [40], y: [leakyThreshold(40)], text: ['λ*(k)'] },
      strict: { x: [30], y: [0.25], text: ['strict saddle'] },
      gone: { x: [20], y: [0.88], text: ['no saddle'] },
      here: { x: [k, k], y: [below, above] },
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

function profilePanel({ k, below, above }: LeakyParams): Panel {
  const x = Array.from({ length: 141 }, (_, i) => -1.5 + i / 50)
  const slopes = [...new Set([0, below, above])]
  const values = slopes.map((slope) => x.map((t) => leakyLoss([t], [1], k, slope)))
  const most = Math.max(...values.flat())
  return {
    x: { label: 'w / w*, along the axis', domain: [-1.5, 1.3] },
    y: { label: 'loss / ‖w*‖²', domain: [0, 1.02 * most] },
    frames: {
      profile: {
        x: slopes.flatMap(() => x),
        y: values.flat(),
        group: slopes.flatMap((slope) => x.map(() => `λ = ${slope}`)),
      },
      names: {
        x: slopes.map(() => x[0]),
        y: values.map((y) => y[0]),
        text: slopes.map((slope) => `λ = ${slope}`),
      },
    },
    marks: [
      { mark: 'line', frame: 'profile', x: 'x', y: 'y', group: 'group', tone: 'measured' },
      nameMark('names', { tone: 'measured', anchor: 'start', dx: 6, dy: -8 }),
    ],
  }
}
