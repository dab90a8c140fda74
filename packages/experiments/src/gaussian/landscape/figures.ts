import {
  coefficients,
  criticalPoints,
  noOverlapLoss,
  rayMinimizer,
} from '@nonconvex/gaussian-theory'
import { power } from '@nonconvex/tensor'
import { pointLooks } from '../../figure/critical-points.js'
import type { Figure, Panel } from '../../figure/figure.js'
import {
  beside,
  curve,
  dots,
  label,
  labels,
  line,
  panelOf,
  ruleY,
  xy,
} from '../../figure/layers.js'
import { criticalPointLayers, lossMap, mapAxes } from '../contours.js'
import type { Params } from './experiment.js'

/** angles from the saddle's ray, 1e-3 … 1e-1 */
export const saddleAngles = Array.from({ length: 21 }, (_, i) => power(10, i / 10 - 3))

/** The map with the axis' profile; the decrease from the saddle, the minimizing radius of each ray. */
export function landscapeFigures(falls: readonly number[], params: Params): Figure[] {
  const { k, m } = params
  const outside = k >= 2 && m >= 2 ? '' : ` Outside the hypotheses: $k = ${k}$, $m = ${m}$.`
  const { alpha } = coefficients(k)
  const map = m === 1 ? [] : [mapPanel(params)]
  return [
    {
      id: 'landscape',
      title: 'The landscape of the loss',
      caption: `Left: the loss for $k = ${k}$ in the plane of $w^*$ and any other direction, dark where it is low. Right: along the line through $0$ and $w^*$; the kink is the local maximum at $0$.${outside}`,
      panels: [...map, profilePanel(params)],
    },
    {
      id: 'saddle',
      title: 'The loss decreases at third order from the degenerate saddle',
      caption: `Left: decrease of the loss along the sphere of radius $\\alpha\\lVert w^*\\rVert$, $\\alpha = ${alpha.toPrecision(3)}$: like $\\varphi^3$, invisible to the Hessian. Right: the radius $\\rho(\\theta)$ that minimizes the loss on the ray at angle $\\theta$.${outside}`,
      panels: [fallPanel(falls, params), radiusPanel(params)],
    },
  ]
}

const mapPanel = ({ k, grid }: Params): Panel =>
  panelOf(mapAxes, [lossMap(k, grid), ...criticalPointLayers(k)])

const pointNames = {
  minimum: ['global minimum', 'w*'],
  maximum: ['local maximum', '0'],
  degenerate: ['non-differentiable', '0'],
  saddle: ['saddle', '−αw*'],
  localMinimum: ['local minimum', '−αw*'],
} as const

function profilePanel({ k, m }: Params): Panel {
  const loss = (t: number): number => noOverlapLoss([t], [1], k)
  const points = criticalPoints([1, ...new Array<number>(m - 1).fill(0)], k).map((point) => ({
    x: point.w[0],
    y: point.loss,
    is: pointNames[point.kind],
  }))
  return panelOf(
    {
      x: { label: 'w / w*, along the axis', domain: [-1.5, 1.5] },
      y: { label: 'loss / ‖w*‖²', domain: [0, 1.12 * loss(-1.5)] },
    },
    [
      curve('profile', loss, [-1.5, 1.5, 121], { tone: 'measured' }),
      ...points.map((point) => dots(point.is[1], [point], xy, pointLooks[point.is[0]])),
      labels('names', points, { ...xy, text: ({ is: [, name] }) => name }, { dy: -14 }),
    ],
  )
}

function fallPanel(falls: readonly number[], { k, m }: Params): Panel {
  const { a, alpha } = coefficients(k)
  const cubic = saddleAngles.map((x) => ({ x, y: ((a * alpha) / (3 * Math.PI)) * power(x, 3) }))
  const found = falls.map((fall, i) => ({ x: saddleAngles[i], y: fall > 0 ? fall : null }))
  const middle = found.at((saddleAngles.length - 1) / 2)
  return panelOf(
    {
      x: { label: 'φ, angle from −w* (rad)', scale: 'log', domain: [1e-3, 1e-1] },
      y: { label: 'decrease of the loss, (ℓ(−αw*) − ℓ) / ‖w*‖²', scale: 'log' },
    },
    k === 1 || m === 1
      ? []
      : [
          line('cubic', cubic, xy, {
            tone: 'soft',
            end: { text: 'predicted, aαφ³/3π', anchor: 'end', dx: -12 },
          }),
          dots('falls', found, xy, { tone: 'measured' }),
          label('measured', 'measured', middle, { ...beside('measured', 10, 8), bold: true }),
        ],
  )
}

function radiusPanel({ k }: Params): Panel {
  const { alpha } = coefficients(k)
  const radius = (theta: number): number => rayMinimizer(Math.min(Math.PI, theta), 1, k)
  return panelOf(
    {
      x: { label: 'θ, angle from w* (rad)', domain: [0, Math.PI] },
      y: { label: 'minimizing radius ρ(θ) / ‖w*‖', domain: [0, 1.05] },
    },
    [
      ruleY('least', [alpha], { tone: 'soft', dash: true, width: 1.5 }),
      curve('radius', radius, [0, Math.PI, 91], { tone: 'measured' }),
      // on the side of the line where the curve is not
      label('label', 'α, the saddle', [0.05, alpha], {
        tone: 'soft',
        anchor: 'start',
        dy: alpha > 0.5 ? 10 : -9,
      }),
    ],
  )
}
