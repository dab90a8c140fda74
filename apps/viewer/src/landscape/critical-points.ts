import type { PointKind } from '@nonconvex/experiments/figure'
import {
  criticalPoints,
  proveKinds,
  type CriticalKind,
  type KindsProved,
} from '@nonconvex/gaussian-theory'
import { certifyMinimum, isSpurious } from '@nonconvex/gaussian-theory/overlap'
import { pointInfo, type PointInfo, type Problem } from './problem.js'
import { raysOf } from './rays.js'
import type { Point } from './initial-points.js'

/** A critical point of the loss, or the origin, where it is not differentiable. */
export interface CriticalPoint extends PointInfo {
  readonly kind: PointKind
  readonly at: Point
  /** evidence: 'proved by interval arithmetic', 'found numerically, not certified' */
  readonly known: string
}

/** The critical points of a loss. */
export interface CriticalPoints {
  readonly points: readonly CriticalPoint[]
  /** whether there are others */
  readonly completeness: string
}

const PROVED = 'proved by interval arithmetic'
const FOUND = 'found numerically, not certified'
/** While it moves. */
const LATER = 'found numerically; proof when it rests'
/** A point within this distance of the teacher is the teacher. */
const SAME = 1e-6

/** The lowest kinds first; of one kind, the lowest loss. */
const order: readonly PointKind[] = [
  'global minimum',
  'local minimum',
  'saddle',
  'local maximum',
  'non-differentiable',
]

/**
 * @param prove - without proofs it is fast enough for a drag
 */
export function criticalPointsOf(problem: Problem, prove = true): CriticalPoints {
  const { points, completeness } = problem.disjoint
    ? noOverlapPoints(problem, prove)
    : overlapPoints(problem, prove)
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
  degenerate: 'non-differentiable',
}

/** Without overlap all critical points have closed forms, and their kinds are proved. */
function noOverlapPoints(problem: Problem, prove: boolean): CriticalPoints {
  const { teacher, k } = problem
  const proofs = prove && k >= 2 ? proveKinds(teacher, k) : undefined
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
      : 'There is no other critical point: on every ray but those of w* and −w* the gradient has a component across the ray, and on these two the loss is a parabola.',
  }
}

function isProved(kind: CriticalKind, { slopes, minimum, saddle }: KindsProved): boolean {
  if (kind === 'maximum') return slopes !== null && slopes[1] < 0
  if (kind === 'minimum') return minimum.status === 'certified'
  return kind === 'saddle' && saddle.proved
}

/** With overlap they are found by a search over rays; minima are proved. */
function overlapPoints(problem: Problem, prove: boolean): CriticalPoints {
  const { teacher, k, stride } = problem
  const { count, falling, points } = raysOf(problem)
  const criticalPoint = (kind: PointKind, { x, y }: Point, known: string): CriticalPoint => ({
    kind,
    at: { x, y },
    known,
    ...pointInfo(problem, { x, y }),
  })
  const others = points.filter(({ x, y }) => Math.hypot(x - teacher[0], y - teacher[1]) > SAME)
  return {
    points: [
      criticalPoint(
        falling === count ? 'local maximum' : 'non-differentiable',
        { x: 0, y: 0 },
        `the loss decreases in ${falling} of ${count} sampled directions`,
      ),
      criticalPoint(
        'global minimum',
        { x: teacher[0], y: teacher[1] },
        'exact: the loss is nonnegative and 0 here',
      ),
      ...others.map((point) => {
        if (point.kind === 'saddle') return criticalPoint('saddle', point, FOUND)
        if (!prove) return criticalPoint('local minimum', point, LATER)
        const how = { k, stride, rigor: 'proof' } as const
        const spurious = isSpurious(certifyMinimum([point.x, point.y], teacher, how))
        return criticalPoint('local minimum', point, spurious ? PROVED : FOUND)
      }),
    ],
    completeness: `On each ray the loss is a parabola. Along the minimizers of these parabolas, the derivative across the ray changes sign at these points and, among ${count} sampled rays, at no others. That there is no further critical point between two rays is not proved.`,
  }
}

/** The critical point nearest to the end of a run, if one lies within `reach`. */
export function nearestPoint(
  points: readonly CriticalPoint[],
  { x, y }: Point,
  reach: number,
): { readonly point: CriticalPoint; readonly distance: number } | undefined {
  const near = points
    .map((point) => ({ point, distance: Math.hypot(point.at.x - x, point.at.y - y) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)
  return near[0]
}
