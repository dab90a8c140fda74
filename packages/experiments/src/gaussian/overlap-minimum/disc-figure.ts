import { type CertificateRecord } from '@nonconvex/gaussian-theory'
import { hessianLipschitz, overlapHessian, overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import { norm2 } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { ParamsOf } from '../../define/definition.js'
import type { Figure, Frame, Panel } from '../../figure/figure.js'
import { nameMark } from '../../figure/name-mark.js'
import { contourMap } from '../contours.js'
import { shapeOf, teacherOf, type overlapMinimum } from './experiment.js'

type Params = ParamsOf<typeof overlapMinimum>

/** What `certifyMinimum` finds at the point w for k windows; nothing for one window. */
export interface CertificatesFound {
  readonly k: number
  readonly w: readonly number[]
  readonly float64: CertificateRecord | null
  readonly proof: CertificateRecord | null
}

type Certified = CertificateRecord & { readonly radius: number }

const GRID = 41
const RIM = 64
/** the pictures show this much more than the larger disc */
const MARGIN = 1.5

/**
 * The certified discs over the loss, and why they end where they do; nothing without a certificate.
 */
export function discFigures(all: readonly CertificatesFound[], params: Params): Figure[] {
  const found = all.find(({ float64, proof }) => certified(float64) && certified(proof))
  const computed = certified(found?.float64)
  const proved = certified(found?.proof)
  // a picture of the plane: filters of length 2
  if (!found || !computed || !proved || teacherOf(params).length !== 2) return []
  const edge = MARGIN * Math.max(computed.radius, proved.radius)
  return [
    {
      id: 'disc',
      title: 'A disc with one minimum and no other critical point',
      caption: `Left: the loss close to $-t_0w^*$, $k = ${found.k}$, with the disc proved by interval arithmetic and the one certified in float64. Right: on the circle of radius $\\rho$ around the point, the smallest eigenvalue of the Hessian, and what is left of the one at the point when the Hessian changes as fast as its bound $\\Lambda$ allows; the float64 disc ends where half is left.`,
      panels: [
        mapPanel(found, params, { computed, proved, edge }),
        convexityPanel(found, params, { computed, proved, edge }),
      ],
    },
  ]
}

interface Discs {
  readonly computed: Certified
  readonly proved: Certified
  readonly edge: number
}

function certified(found: CertificateRecord | null | undefined): Certified | undefined {
  const radius = found?.radius
  return found && typeof radius === 'number' ? { ...found, radius } : undefined
}

function mapPanel(
  { k, w }: CertificatesFound,
  params: Params,
  { computed, proved, edge }: Discs,
): Panel {
  const shape = shapeOf(k, params)
  const teacher = teacherOf(params)
  const [x, y] = w
  const floor = overlapLoss(w, teacher, shape)
  const { frame, mark } = contourMap({
    loss: (a, b) => overlapLoss([a, b], teacher, shape) - floor,
    center: [x, y],
    edge,
    grid: GRID,
    bend: 2,
  })
  const rim = (radius: number): Frame => {
    const angles = Array.from({ length: RIM + 1 }, (_, i) => (2 * Math.PI * i) / RIM)
    return {
      x: angles.map((a) => x + radius * Math.cos(a)),
      y: angles.map((a) => y + radius * Math.sin(a)),
    }
  }
  const top = (radius: number, text: string): Frame => ({ x: [x], y: [y + radius], text: [text] })
  const outer = proved.radius > computed.radius
  return {
    title: 'The loss around −t₀w*',
    x: { label: 'w₁', domain: [x - edge, x + edge] },
    y: { label: 'w₂', domain: [y - edge, y + edge] },
    square: true,
    frames: {
      map: frame,
      proved: rim(proved.radius),
      computed: rim(computed.radius),
      point: { x: [x], y: [y], text: ['−t₀w*'] },
      provedName: top(outer ? proved.radius : -proved.radius, 'proved'),
      computedName: top(outer ? -computed.radius : computed.radius, 'float64'),
    },
    marks: [
      mark,
      { mark: 'line', frame: 'proved', x: 'x', y: 'y', tone: 'holds', width: 2 },
      { mark: 'line', frame: 'computed', x: 'x', y: 'y', tone: 'bound', width: 1.5, dash: true },
      {
        mark: 'dot',
        frame: 'point',
        x: 'x',
        y: 'y',
        symbol: 'diamond',
        tone: 'violated',
        filled: false,
        radius: 5,
      },
      nameMark('point', { dy: -12 }),
      // the outer one above its disc, the inner one inside at the bottom
      nameMark('provedName', { tone: 'holds', dy: -10 }),
      nameMark('computedName', { tone: 'bound', dy: -10 }),
    ],
  }
}

function convexityPanel(
  { k, w }: CertificatesFound,
  params: Params,
  { computed, proved, edge }: Discs,
): Panel {
  const shape = shapeOf(k, params)
  const teacher = teacherOf(params)
  const [r, R] = [norm2(w), norm2(teacher)]
  const least = (radius: number): number => {
    const on = Array.from({ length: 16 }, (_, i) => {
      const angle = (Math.PI * i) / 8
      const at = [w[0] + radius * Math.cos(angle), w[1] + radius * Math.sin(angle)]
      return eigenSymmetric(overlapHessian(at, teacher, shape)).values[0]
    })
    return Math.min(...on)
  }
  const radii = Array.from({ length: 31 }, (_, i) => (edge * i) / 30)
  const [nu] = computed.smallestEigenvalue ?? [NaN]
  const left = (radius: number): number => nu - hessianLipschitz(r - radius, R, shape) * radius
  const bounded = radii.filter((radius) => radius < r && left(radius) >= -0.1 * nu)
  const end = bounded.at(-1) ?? 0
  const outer = proved.radius > computed.radius
  return {
    title: 'Curvature on circles around it',
    x: { label: 'ρ, distance from −t₀w*', domain: [0, edge] },
    y: { label: 'smallest eigenvalue', domain: [0, 1.15 * nu] },
    frames: {
      least: { x: radii, y: radii.map(least) },
      left: { x: bounded, y: bounded.map(left) },
      computed: { x: [computed.radius], y: [nu / 2] },
      proved: { x: [proved.radius], y: [1.1 * nu], text: ['proved'] },
      computedName: { x: [computed.radius], y: [1.1 * nu], text: ['float64'] },
      leastName: { x: [edge], y: [least(edge)], text: ['measured'] },
      leftName: { x: [end / 2], y: [left(end / 2)], text: ['ν − Λρ'] },
    },
    marks: [
      { mark: 'rule-x', frame: 'proved', x: 'x', tone: 'holds', width: 1.5 },
      { mark: 'rule-x', frame: 'computed', x: 'x', tone: 'bound', dash: true, width: 1.5 },
      { mark: 'line', frame: 'left', x: 'x', y: 'y', tone: 'bound' },
      { mark: 'line', frame: 'least', x: 'x', y: 'y', tone: 'measured' },
      { mark: 'dot', frame: 'computed', x: 'x', y: 'y', tone: 'bound', radius: 3.5 },
      nameMark('proved', { tone: 'holds', anchor: outer ? 'start' : 'end', dx: outer ? 5 : -5 }),
      nameMark('computedName', {
        tone: 'bound',
        anchor: outer ? 'end' : 'start',
        dx: outer ? -5 : 5,
      }),
      nameMark('leastName', { tone: 'measured', anchor: 'end', dx: -4, dy: 14 }),
      nameMark('leftName', { tone: 'bound', anchor: 'end', dx: -6, dy: 12 }),
    ],
  }
}
