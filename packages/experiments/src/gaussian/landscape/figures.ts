import {
  coefficients,
  criticalPoints,
  noOverlapLoss,
  rayMinimiser,
} from '@nonconvex/gaussian-theory'
import type { Figure, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { lossMap, mapAxes, pointMarks } from '../contours.js'
import type { Found } from './conclude.js'
import { saddleAngles } from './measure.js'
import type { LandscapeParams } from './params.js'

/** The map with the axis' profile, and the saddle's sides with the best radius of each ray. */
export function landscapeFigures(found: Found, params: LandscapeParams): Figure[] {
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
      panels: [fallPanel(found, params), radiusPanel(params)],
    },
  ]
}

function mapPanel({ k, grid }: LandscapeParams): Panel {
  const { frame, mark } = lossMap(k, grid)
  const points = pointMarks(k)
  return { ...mapAxes, frames: { map: frame, ...points.frames }, marks: [mark, ...points.marks] }
}

function profilePanel({ k, m }: LandscapeParams): Panel {
  const x = Array.from({ length: 121 }, (_, i) => -1.5 + i / 40)
  const loss = x.map((t) => noOverlapLoss([t], [1], k))
  const points = criticalPoints([1, ...new Array<number>(m - 1).fill(0)], k)
  const name = {
    minimum: 'w*',
    maximum: '0',
    degenerate: '0',
    saddle: '−αw*',
    localMinimum: '−αw*',
  }
  return {
    x: { label: 'w / w*, along the axis', domain: [-1.5, 1.5] },
    y: { label: 'loss / ‖w*‖²', domain: [0, 1.12 * Math.max(...loss)] },
    frames: {
      profile: { x, y: loss },
      points: {
        x: points.map((p) => p.w[0]),
        y: points.map((p) => p.loss),
        name: points.map((p) => name[p.kind]),
      },
    },
    marks: [
      { mark: 'line', frame: 'profile', x: 'x', y: 'y', tone: 'measured' },
      { mark: 'dot', frame: 'points', x: 'x', y: 'y', tone: 'ink', radius: 3.5 },
      nameMark('points', { text: 'name', dy: -12 }),
    ],
  }
}

function fallPanel({ saddle }: Found, { k, m }: LandscapeParams): Panel {
  const { a, alpha } = coefficients(k)
  const cubic = saddleAngles.map((phi) => ((a * alpha) / (3 * Math.PI)) * phi ** 3)
  const falls = saddle?.falls.map((x) => (x > 0 ? x : null)) ?? []
  const last = saddleAngles.length - 1
  const middle = last / 2
  return {
    x: { label: 'φ, angle from −w* (rad)', scale: 'log', domain: [1e-3, 1e-1] },
    y: { label: 'fall of the loss, (ℓ(−αw*) − ℓ) / ‖w*‖²', scale: 'log' },
    frames: {
      cubic: { x: saddleAngles, y: cubic },
      falls: { x: saddleAngles.slice(0, falls.length), y: falls },
      label: { x: [saddleAngles[last]], y: [cubic[last]], text: ['predicted, aαφ³/3π'] },
      measured: {
        x: saddleAngles.slice(middle, middle + 1),
        y: falls.slice(middle, middle + 1),
        text: falls.length > middle ? ['measured'] : [],
      },
    },
    marks:
      k === 1 || m === 1
        ? []
        : [
            { mark: 'line', frame: 'cubic', x: 'x', y: 'y', tone: 'bound' },
            { mark: 'dot', frame: 'falls', x: 'x', y: 'y', tone: 'measured' },
            nameMark('label', { tone: 'bound', anchor: 'end', dx: -12 }),
            nameMark('measured', { tone: 'measured', bold: true, anchor: 'start', dx: 10, dy: 8 }),
          ],
  }
}

function radiusPanel({ k }: LandscapeParams): Panel {
  const theta = Array.from({ length: 91 }, (_, i) => Math.min(Math.PI, (Math.PI * i) / 90))
  const { alpha } = coefficients(k)
  return {
    x: { label: 'θ, angle from w* (rad)', domain: [0, Math.PI] },
    y: { label: 'best radius ρ(θ) / ‖w*‖', domain: [0, 1.05] },
    frames: {
      radius: { x: theta, y: theta.map((t) => rayMinimiser(t, 1, k)) },
      least: { y: [alpha] },
      label: { x: [0.05], y: [alpha], text: ['α, the saddle'] },
    },
    marks: [
      { mark: 'rule-y', frame: 'least', y: 'y', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'line', frame: 'radius', x: 'x', y: 'y', tone: 'measured' },
      // on the side of the line where the curve is not
      nameMark('label', { tone: 'bound', anchor: 'start', dy: alpha > 0.5 ? 10 : -9 }),
    ],
  }
}
