import { type CertificateRecord } from '@nonconvex/gaussian-theory'
import { hessianLipschitz, overlapHessian, overlapLoss } from '@nonconvex/gaussian-theory/overlap'
import { norm2 } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { Figure, Panel } from '../../figure/figure.js'
import {
  beside,
  circle,
  curve,
  dots,
  label,
  line,
  panelOf,
  ruleX,
  xy,
} from '../../figure/layers.js'
import { contourMap } from '../contours.js'
import { shapeOf, teacherOf, type Params } from './experiment.js'
import { pointLooks } from '../../figure/critical-points.js'

/** The certificates of `certifyMinimum` at the point w for k patches; nothing for one patch. */
export interface CertificatesFound {
  readonly k: number
  readonly w: readonly number[]
  readonly float64: CertificateRecord | null
  readonly proof: CertificateRecord | null
}

type Certified = CertificateRecord & { readonly radius: number }

const GRID = 41
/** the panels show this multiple of the larger disc */
const MARGIN = 1.5

/** The certified discs over the loss, and the bound that ends them; nothing without a certificate. */
export function discFigures(all: readonly CertificatesFound[], params: Params): Figure[] {
  const found = all.find(({ float64, proof }) => certified(float64) && certified(proof))
  const computed = certified(found?.float64)
  const proved = certified(found?.proof)
  // a map of the plane: filters of length 2
  if (!found || !computed || !proved || teacherOf(params).length !== 2) return []
  const edge = MARGIN * Math.max(computed.radius, proved.radius)
  return [
    {
      id: 'disc',
      title: 'A disc with one minimum and no other critical point',
      caption: `Left: the loss around $-t_0w^*$, $k = ${found.k}$, with the disc proved by interval arithmetic and the one certified in float64. Right: the smallest eigenvalue of the Hessian on circles of radius $\\rho$, and its lower bound $\\nu - \\Lambda\\rho$ from the Lipschitz constant $\\Lambda$ of the Hessian; the float64 disc ends at $\\nu/2$.`,
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
  { k, w: [x, y] }: CertificatesFound,
  params: Params,
  { computed, proved, edge }: Discs,
): Panel {
  const shape = shapeOf(k, params)
  const teacher = teacherOf(params)
  const loss = (a: number, b: number): number => overlapLoss([a, b], teacher, shape)
  const floor = loss(x, y)
  // the outer one is named above its disc, the inner one inside at the bottom
  const side = proved.radius > computed.radius ? 1 : -1
  return panelOf(
    {
      title: 'The loss around −t₀w*',
      x: { label: 'w₁', domain: [x - edge, x + edge] },
      y: { label: 'w₂', domain: [y - edge, y + edge] },
      square: true,
    },
    [
      contourMap({ loss: (a, b) => loss(a, b) - floor, center: [x, y], edge, grid: GRID, bend: 2 }),
      circle('proved', proved.radius, { tone: 'holds', width: 2 }, [x, y]),
      circle('computed', computed.radius, { tone: 'bound', width: 1.5, dash: true }, [x, y]),
      dots('point', [{ x, y }], xy, pointLooks['local minimum']),
      label('pointName', '−t₀w*', [x, y], { dy: -12 }),
      label('provedName', 'proved', [x, y + side * proved.radius], { tone: 'holds', dy: -10 }),
      label('computedName', 'float64', [x, y - side * computed.radius], { tone: 'bound', dy: -10 }),
    ],
  )
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
  const [nu] = computed.smallestEigenvalue ?? [NaN]
  const left = (radius: number): number => nu - hessianLipschitz(r - radius, R, shape) * radius
  const radii = Array.from({ length: 31 }, (_, i) => (edge * i) / 30)
  const bounded = radii.filter((radius) => radius < r && left(radius) >= -0.1 * nu)
  const middle = (bounded.at(-1) ?? 0) / 2
  const side = proved.radius > computed.radius ? 1 : -1
  return panelOf(
    {
      title: 'Smallest eigenvalue on circles',
      x: { label: 'ρ, distance from −t₀w*', domain: [0, edge] },
      y: { label: 'smallest eigenvalue', domain: [0, 1.15 * nu] },
    },
    [
      ruleX('proved', [proved.radius], { tone: 'holds', width: 1.5 }),
      ruleX('computed', [computed.radius], { tone: 'bound', dash: true, width: 1.5 }),
      line('left', bounded, { x: (radius) => radius, y: left }, { tone: 'bound' }),
      curve('least', least, [0, edge, 31], {
        tone: 'measured',
        end: { text: 'measured', anchor: 'end', dx: -4, dy: 14 },
      }),
      dots('end', [{ x: computed.radius, y: nu / 2 }], xy, { tone: 'bound', radius: 3.5 }),
      label('provedName', 'proved', [proved.radius, 1.1 * nu], beside('holds', 5 * side)),
      label('computedName', 'float64', [computed.radius, 1.1 * nu], beside('bound', -5 * side)),
      label('leftName', 'ν − Λρ', [middle, left(middle)], beside('bound', -6, 12)),
    ],
  )
}
