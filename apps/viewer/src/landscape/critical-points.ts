import {
  certifyMinimum,
  criticalPoints,
  isSpurious,
  proveKinds,
  type CriticalKind,
  type KindsProved,
} from '@nonconvex/gaussian-theory'
import { pointInfo, type PointInfo, type Problem } from './problem.js'
import { raysOf } from './rays.js'
import type { Point } from './initial-points.js'

export type PointKind =
  'global minimum' | 'local minimum' | 'saddle' | 'local maximum' | 'no derivative'

/** A critical point of the loss, or the origin, where it has no derivative. */
export interface CriticalPoint extends PointInfo {
  readonly kind: PointKind
  readonly at: Point
  /** how it is known: 'proved by interval arithmetic', 'found numerically, not certified' */
  readonly known: string
}

/** All that is known of a loss's critical points. */
export interface CriticalPoints {
  readonly points: readonly CriticalPoint[]
  /** a sentence on whether there are others */
  readonly completeness: string
}

const PROVED = 'proved by interval arithmetic'
const FOUND = 'found numerically, not certified'
/** What is found within this of the teacher is the teacher. */
const SAME = 1e-6

/** The lowest kinds first; of one kind, the lowest loss. */
const order: readonly PointKind[] = [
  'global minimum',
  'local minimum',
  'saddle',
  'local maximum',
  'no derivative',
]

export function criticalPointsOf(problem: Problem): CriticalPoints {
  const { points, completeness } = problem.disjoint
    ? noOverlapPoints(problem)
    : overlapPoints(problem)
  const rank = ({ kind }: CriticalPoint) => order.indexOf(kind)
  return {
    points: points.toSorted((a, b) => rank(a) - rank(b) || a.loss - b.loss),
    completeness,
  }
}

const kindNames: Readonly<Record<CriticalKind, PointKind>> = {
  minimum: 'global minimum',
  localMinimum: 'local minimum',
  saddle: 'saddle',
  maximum: 'local maximum',
  degenerate: 'no derivative',
}

/** Without overlap all of them are known in closed form, and their kinds have proofs. */
function noOverlapPoints(problem: Problem): CriticalPoints {
  const { teacher, k } = problem
  const proofs = k >= 2 ? proveKinds(teacher, k) : undefined
  const points = criticalPoints(teacher, k).map(({ kind, w }): CriticalPoint => {
    const at = { x: w[0] + 0, y: w[1] + 0 }
    const proved = proofs !== undefined && isProved(kind, proofs)
    return {
      kind: kindNames[kind],
      at,
      ...pointInfo(problem, at),
      known: proved ? `closed form, kind ${PROVED}` : 'closed form',
    }
  })
  return {
    points,
    completeness: proofs?.others.proved
      ? `There is no other critical point, ${PROVED}.`
      : 'There is no other critical point: the gradient has a part across every ray but two, that of the teacher and the opposite one, and on these the loss is a parabola.',
  }
}

function isProved(kind: CriticalKind, { slopes, minimum, saddle }: KindsProved): boolean {
  if (kind === 'maximum') return slopes !== null && slopes[1] < 0
  if (kind === 'minimum') return minimum.status === 'certified'
  return kind === 'saddle' && saddle.proved
}

/** With overlap they are looked for on all rays; for minima there are proofs. */
function overlapPoints(problem: Problem): CriticalPoints {
  const { teacher, k, stride } = problem
  const { count, falling, points } = raysOf(problem)
  const place = (kind: PointKind, { x, y }: Point, known: string): CriticalPoint => ({
    kind,
    at: { x, y },
    known,
    ...pointInfo(problem, { x, y }),
  })
  const others = points.filter(({ x, y }) => Math.hypot(x - teacher[0], y - teacher[1]) > SAME)
  return {
    points: [
      place(
        falling === count ? 'local maximum' : 'no derivative',
        { x: 0, y: 0 },
        `the loss falls in ${falling} of ${count} directions tried`,
      ),
      place('global minimum', { x: teacher[0], y: teacher[1] }, 'exact: the loss is never below 0'),
      ...others.map((point) => {
        if (point.kind === 'saddle') return place('saddle', point, FOUND)
        const how = { k, stride, rigor: 'proof' } as const
        const spurious = isSpurious(certifyMinimum([point.x, point.y], teacher, how))
        return place('local minimum', point, spurious ? PROVED : FOUND)
      }),
    ],
    completeness: `On each ray the loss is a parabola. From one parabola’s lowest point to the next the slope across the rays changes its sign at these points and, among ${count} rays, at no others; that there are none between two rays is not proved.`,
  }
}

/** The critical point where a run has come to rest, if there is one within `reach`. */
export function nearestPoint(
  points: readonly CriticalPoint[],
  { x, y }: Point,
  reach: number,
): { readonly place: CriticalPoint; readonly distance: number } | undefined {
  const near = points
    .map((place) => ({ place, distance: Math.hypot(place.at.x - x, place.at.y - y) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)
  return near[0]
}
