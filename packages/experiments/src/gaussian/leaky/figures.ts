import { leakyAntiparallel, leakyLoss, leakyThreshold } from '@nonconvex/gaussian-theory/leaky'
import { ascending } from '../../averages.js'
import { pointLooks } from '../../figure/critical-points.js'
import type { Figure, Panel } from '../../figure/figure.js'
import { beside, curve, dots, label, labels, line, panelOf, xy } from '../../figure/layers.js'
import { inOrder } from '../line-styles.js'
import { angles, type Params } from './experiment.js'

/** What the figures show of a measured pair. */
interface Escape {
  readonly k: number
  readonly leak: number
  readonly escape: readonly (number | null)[]
  /** radius of the saddle; null where there is none */
  readonly point: { readonly r: number | null }
}

/** The escape from the saddle, the threshold, and the loss along the ray. */
export function leakyFigures(found: readonly Escape[], params: Params): Figure[] {
  // the largest number of patches, with the highest threshold
  const k = Math.max(...params.k)
  return [
    {
      id: 'escape',
      title: 'With a leaky ReLU gradient descent escapes the saddle in O(log 1/φ₀) steps',
      caption: `Left: steps until the angle to the ray opposite to the teacher is $\\pi/2$, against the inverse initial angle, for $k = ${k}$: with ReLU ($\\lambda = 0$) like $1/\\varphi_0$, with $\\lambda > 0$ like its logarithm. Right: the slope from which on there is no saddle, and what was found at each pair.`,
      panels: [
        escapePanel(
          found.filter((one) => one.k === k),
          k,
        ),
        thresholdPanel(found, params),
      ],
    },
    {
      id: 'profile',
      title: 'The saddle moves to the origin and disappears',
      caption: `The loss along the line through $0$ and $w^*$ for $k = ${k}$: the saddle (diamonds) moves along the dashed line into the local maximum at $0$, where both vanish, at $\\lambda^* = ${leakyThreshold(k).toPrecision(3)}$.`,
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

function thresholdPanel(found: readonly Escape[], { k }: Params): Panel {
  const most = Math.max(10, ...k)
  const [gone, seen] = [true, false].map((none) =>
    found.filter(({ point }) => (point.r === null) === none),
  )
  const at = { x: (one: Escape) => one.k, y: ({ leak }: Escape) => leak }
  const middle = Math.round(Math.sqrt(most))
  return panelOf(
    {
      title: 'Threshold',
      x: { label: 'k, patches', scale: 'log', domain: [1, 1.15 * most] },
      y: { label: 'slope λ', domain: [0, 1.02] },
    },
    [
      line(
        'threshold',
        Array.from({ length: most }, (_, i) => i + 1),
        { x: (x) => x, y: leakyThreshold },
        { tone: 'bound' },
      ),
      dots('seen', seen, at, { ...pointLooks.saddle, tone: 'measured', key: 'saddle found' }),
      dots('gone', gone, at, { tone: 'measured', radius: 3.5, key: 'none found' }),
      label('name', 'λ*(k)', [middle, leakyThreshold(middle)], { tone: 'bound', dy: -12 }),
    ],
  )
}

/** Slopes of the dashed line of saddles. */
const SLOPES = 41
/** Curves closer than this at their left end look like one. */
const APART = 0.02

function profilePanel(k: number, leaks: readonly number[]): Panel {
  const loss = (slope: number) => (t: number) => leakyLoss([t], [1], k, slope)
  const left = -1.5
  const top = Math.max(0.5, loss(0)(left))
  const shown = leaks.filter(
    (slope, i) => i === 0 || loss(slope)(left) - loss(leaks[i - 1])(left) > APART,
  )
  const end = (slope: number): number => {
    const xs = Array.from({ length: 141 }, (_, i) => left + i / 100)
    return xs.find((t) => loss(slope)(t) <= top) ?? left
  }
  const saddle = (slope: number) => {
    const r = leakyAntiparallel(1, k, slope)?.r ?? null
    return { x: r === null ? null : -r, y: r === null ? null : loss(slope)(-r) }
  }
  const slopes = Array.from(
    { length: SLOPES },
    (_, i) => (0.999999 * leakyThreshold(k) * i) / (SLOPES - 1),
  )
  return panelOf(
    {
      x: { label: 'w / w*, along the axis', domain: [left, 1.3] },
      y: { label: 'loss / ‖w*‖²', domain: [0, 1.02 * top] },
    },
    [
      ...shown.map((slope, i) =>
        curve(`leak${i}`, loss(slope), [left, 1.3, 141], { ...inOrder(i, shown.length), width: 2 }),
      ),
      line('way', slopes.map(saddle), xy, { tone: 'ink', dash: true, width: 1 }),
      dots('saddles', shown.map(saddle), xy, pointLooks.saddle),
      labels(
        'names',
        shown,
        { x: end, y: (slope) => loss(slope)(end(slope)), text: (slope) => `λ = ${slope}` },
        beside('measured', 8),
      ),
    ],
  )
}
