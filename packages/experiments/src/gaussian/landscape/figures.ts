import {
  coefficients,
  criticalPoints,
  noOverlapLoss,
  rayMinimizer,
} from '@nonconvex/gaussian-theory'
import { power } from '@nonconvex/tensor'
import type { Figure, Panel } from '../../figure/figure.js'
import { dots, label, labels, line, panelOf, ruleY } from '../../figure/layers.js'
import { lossMap, mapAxes, pointMarks } from '../contours.js'
import type { Params } from './experiment.js'

/** angles from the saddle's ray, 1e-3 … 1e-1 */
export const saddleAngles = Array.from({ length: 21 }, (_, i) => power(10, i / 10 - 3))

/** The map with the axis' profile, and the saddle's sides with the best radius of each ray. */
export function landscapeFigures(falls: readonly number[], params: Params): Figure[] {
  const { k, m } = params
  const outside = k >= 2 && m >= 2 ? '' : ` Outside the hypotheses: $k = ${k}$, $m = ${m}$.`
  const { alpha } = coefficients(k)
  const map = m === 1 ? [] : [mapPanel(params)]
  return [
    {
      id: 'landscape',
      title: 'The landscape of the loss',
      caption: `Left: the loss for $k = ${k}$ in the plane of $w^*$ and any other direction, dark where it is low. Right: along the line through $0$ and $w^*$; the kink is the peak at $0$.${outside}`,
      panels: [...map, profilePanel(params)],
    },
    {
      id: 'saddle',
      title: 'Why the saddle is one',
      caption: `Left: how far the loss falls when the saddle is left along the sphere of radius $\\alpha\\lVert w^*\\rVert$, $\\alpha = ${alpha.toPrecision(3)}$: like $\\varphi^3$, so no second derivative sees it. Right: the radius $\\rho(\\theta)$ at which the loss is least on the ray at angle $\\theta$.${outside}`,
      panels: [fallPanel(falls, params), radiusPanel(params)],
    },
  ]
}

function mapPanel({ k, grid }: Params): Panel {
  const { frame, mark } = lossMap(k, grid)
  const points = pointMarks(k)
  return { ...mapAxes, frames: { map: frame, ...points.frames }, marks: [mark, ...points.marks] }
}

const pointNames = {
  minimum: 'w*',
  maximum: '0',
  degenerate: '0',
  saddle: '−αw*',
  localMinimum: '−αw*',
}

function profilePanel({ k, m }: Params): Panel {
  const profile = Array.from({ length: 121 }, (_, i) => -1.5 + i / 40).map((t) => ({
    t,
    loss: noOverlapLoss([t], [1], k),
  }))
  const points = criticalPoints([1, ...new Array<number>(m - 1).fill(0)], k).map((point) => ({
    t: point.w[0],
    loss: point.loss,
    name: pointNames[point.kind],
  }))
  const at = { x: ({ t }: { t: number }) => t, y: ({ loss }: { loss: number }) => loss }
  return panelOf(
    {
      x: { label: 'w / w*, along the axis', domain: [-1.5, 1.5] },
      y: {
        label: 'loss / ‖w*‖²',
        domain: [0, 1.12 * Math.max(...profile.map(({ loss }) => loss))],
      },
    },
    [
      line('profile', profile, at, { tone: 'measured' }),
      dots('points', points, at, { tone: 'ink', radius: 3.5 }),
      labels('names', points, { ...at, text: ({ name }) => name }, { dy: -12 }),
    ],
  )
}

function fallPanel(falls: readonly number[], { k, m }: Params): Panel {
  const { a, alpha } = coefficients(k)
  const cubic = saddleAngles.map((phi) => ({
    phi,
    fall: ((a * alpha) / (3 * Math.PI)) * power(phi, 3),
  }))
  const found = falls.map((fall, i) => ({ phi: saddleAngles[i], fall: fall > 0 ? fall : null }))
  const at = {
    x: ({ phi }: { phi: number }) => phi,
    y: ({ fall }: { fall: number | null }) => fall,
  }
  const last = saddleAngles.length - 1
  return panelOf(
    {
      x: { label: 'φ, angle from −w* (rad)', scale: 'log', domain: [1e-3, 1e-1] },
      y: { label: 'fall of the loss, (ℓ(−αw*) − ℓ) / ‖w*‖²', scale: 'log' },
    },
    k === 1 || m === 1
      ? []
      : [
          line('cubic', cubic, at, { tone: 'bound' }),
          dots('falls', found, at, { tone: 'measured' }),
          label('label', 'predicted, aαφ³/3π', [saddleAngles[last], cubic[last].fall], {
            tone: 'bound',
            anchor: 'end',
            dx: -12,
          }),
          labels(
            'measured',
            found.slice(last / 2, last / 2 + 1),
            { ...at, text: () => 'measured' },
            { tone: 'measured', bold: true, anchor: 'start', dx: 10, dy: 8 },
          ),
        ],
  )
}

function radiusPanel({ k }: Params): Panel {
  const theta = Array.from({ length: 91 }, (_, i) => Math.min(Math.PI, (Math.PI * i) / 90))
  const { alpha } = coefficients(k)
  return panelOf(
    {
      x: { label: 'θ, angle from w* (rad)', domain: [0, Math.PI] },
      y: { label: 'best radius ρ(θ) / ‖w*‖', domain: [0, 1.05] },
    },
    [
      ruleY('least', [alpha], { tone: 'bound', dash: true, width: 1.5 }),
      line('radius', theta, { x: (t) => t, y: (t) => rayMinimizer(t, 1, k) }, { tone: 'measured' }),
      // on the side of the line where the curve is not
      label('label', 'α, the saddle', [0.05, alpha], {
        tone: 'bound',
        anchor: 'start',
        dy: alpha > 0.5 ? 10 : -9,
      }),
    ],
  )
}
