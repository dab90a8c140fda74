import { leakyLoss, leakyThreshold } from '@nonconvex/gaussian-theory/leaky'
import { ascending } from '../../averages.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { curve, dots, label, line, panelOf, xy } from '../../figure/layers.js'
import { lineStyle } from '../line-styles.js'
import { angles, type Params } from './experiment.js'

/** What the figures show of a measured pair. */
interface Escape {
  readonly k: number
  readonly leak: number
  readonly escape: readonly (number | null)[]
}

/** The escape from the saddle, the threshold, and the loss along the ray. */
export function leakyFigures(found: readonly Escape[], params: Params): Figure[] {
  // the largest number of patches, with the highest threshold
  const k = Math.max(...params.k)
  return [
    {
      id: 'escape',
      title: 'With a leaky ReLU gradient descent escapes the saddle in O(log 1/φ₀) steps',
      caption: `Left: steps until the angle to the ray opposite to the teacher is $\\pi/2$, against the inverse initial angle, for $k = ${k}$: with ReLU ($\\lambda = 0$) like $1/\\varphi_0$, with $\\lambda > 0$ like its logarithm. Right: the slope from which on there is no saddle, against the number of patches; dots: the runs.`,
      panels: [
        escapePanel(
          found.filter((one) => one.k === k),
          k,
        ),
        thresholdPanel(params),
      ],
    },
    {
      id: 'profile',
      title: 'The saddle moves to the origin and disappears',
      caption: `The loss along the line through $0$ and $w^*$ for $k = ${k}$ and each slope $\\lambda$. The local maximum at $0$ and the critical point on its left vanish together, at $\\lambda^* = ${leakyThreshold(k).toPrecision(3)}$.`,
      panels: [profilePanel(k, ascending(params.leaks))],
    },
  ]
}

function escapePanel(found: readonly Escape[], k: number): Panel {
  const lines = (name: string, own: readonly Escape[], tone: 'violated' | 'measured') => {
    const points = own.flatMap(({ leak, escape }) =>
      angles.map((phi, i) => ({ leak, x: 1 / phi, y: escape[i] })),
    )
    const at = { ...xy, group: ({ leak }: { leak: number }) => `λ = ${leak}` }
    const text = ({ leak }: { leak: number }) => (leak === 0 ? 'ReLU' : `λ = ${leak}`)
    return line(name, points, at, {
      tone,
      dots: { radius: 3 },
      end: { text, anchor: 'start', dx: 8 },
    })
  }
  const relu = found.filter(({ leak }) => leak === 0)
  const leaks = found.filter(({ leak }) => leak > 0)
  return panelOf(
    {
      title: `Escape, k = ${k}`,
      x: { label: '1/φ₀', scale: 'log', domain: [8, 12_500] },
      y: { label: 'steps', scale: 'log' },
    },
    [lines('relu', relu, 'violated'), lines('leaky', leaks, 'measured')],
  )
}

function thresholdPanel({ k, leaks }: Params): Panel {
  const pairs = ascending(k).flatMap((x) => ascending(leaks).map((y) => ({ x, y })))
  return panelOf(
    {
      title: 'Threshold',
      x: { label: 'k, patches', domain: [0, 51] },
      y: { label: 'slope λ', domain: [0, 1.02] },
    },
    [
      curve('threshold', leakyThreshold, [1, 50, 50], { tone: 'bound' }),
      dots('here', pairs, xy, { tone: 'measured', radius: 3.5 }),
      label('name', 'λ*(k)', [40, leakyThreshold(40)], { tone: 'bound', dy: -12 }),
      label('strict', 'strict saddle', [34, 0.25]),
      label('gone', 'no saddle', [24, 0.88]),
    ],
  )
}

function profilePanel(k: number, leaks: readonly number[]): Panel {
  const loss = (slope: number) => (t: number) => leakyLoss([t], [1], k, slope)
  const most = Math.max(...leaks.flatMap((slope) => [-1.5, 0, 1.3].map(loss(slope))))
  return panelOf(
    {
      x: { label: 'w / w*, along the axis', domain: [-1.5, 1.3] },
      y: { label: 'loss / ‖w*‖²', domain: [0, 1.02 * most] },
    },
    leaks.map((slope, i) =>
      curve(`leak${i}`, loss(slope), [-1.5, 1.3, 141], { ...lineStyle(i), key: `λ = ${slope}` }),
    ),
  )
}
