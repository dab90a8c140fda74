import { noOverlapGradient, noOverlapHessian, noOverlapLoss } from '@nonconvex/gaussian-theory'
import {
  overlapBatch,
  OverlapEvaluator,
  overlapGradient,
  overlapHessian,
  overlapLoss,
  overlapSmoothness,
} from '@nonconvex/gaussian-theory/overlap'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import type { LandscapeParams } from './params.js'
import { isOrigin, type Point } from './initial-points.js'

/** One loss over the plane, and the step size of gradient descent on it. */
export interface Problem {
  readonly k: number
  readonly stride: number
  /** unit vector */
  readonly teacher: Float64Array
  /** step size */
  readonly eta: number
  /** no two patches share a coordinate: the loss of the theorem */
  readonly disjoint: boolean
}

/** The loss at one point; at the origin, where it is not differentiable, only its value. */
export interface PointInfo {
  readonly loss: number
  readonly slope?: {
    readonly gradient: readonly [number, number]
    /** eigenvalues of the Hessian, ascending */
    readonly eigenvalues: readonly [number, number]
  }
}

export function problemOf({
  k,
  stride,
  angle,
  eta,
}: Pick<LandscapeParams, 'k' | 'stride' | 'angle' | 'eta'>): Problem {
  const network = { k, stride }
  return {
    ...network,
    teacher: teacherAt(angle),
    eta: eta / overlapSmoothness({ m: 2, ...network }),
    disjoint: stride >= 2 || k === 1,
  }
}

/** The unit vector in this direction; its zeros are zeros, and its equal weights are equal. */
export function teacherAt(degrees: number): Float64Array {
  const eighth = degrees / 45
  if (!Number.isInteger(eighth)) {
    const angle = (degrees * Math.PI) / 180
    return Float64Array.of(Math.cos(angle), Math.sin(angle))
  }
  const of = (eighths: number) =>
    [1, Math.SQRT1_2, 0, -Math.SQRT1_2, -1, -Math.SQRT1_2, 0, Math.SQRT1_2][eighths % 8]
  return Float64Array.of(of(eighth), of(eighth + 6))
}

/** Loss, gradient and curvatures at one place, by the closed forms of the theory. */
export function pointInfo(problem: Problem, at: Point): PointInfo {
  const { k, teacher, disjoint } = problem
  const w = [at.x, at.y]
  const loss = disjoint ? noOverlapLoss(w, teacher, k) : overlapLoss(w, teacher, problem)
  if (isOrigin(at)) return { loss }
  const gradient = disjoint
    ? noOverlapGradient(w, teacher, k)
    : overlapGradient(w, teacher, problem)
  const hessian = disjoint ? noOverlapHessian(w, teacher, k) : overlapHessian(w, teacher, problem)
  const [least, most] = eigenSymmetric(hessian).values
  return { loss, slope: { gradient: [gradient[0], gradient[1]], eigenvalues: [least, most] } }
}

/** The loss at many points at once, x and y in turn. */
export function lossesAt({ teacher, k, stride }: Problem, points: Float64Array): Float64Array {
  const network = { k, stride }
  const origins = new Set<number>()
  for (let i = 0; i < points.length; i += 2)
    if (points[i] === 0 && points[i + 1] === 0) origins.add(i / 2)
  // the batch wants points with a gradient: the origin's value comes by itself
  const data = origins.size === 0 ? points : points.slice()
  for (const i of origins) data[2 * i] = 1
  const { losses } = overlapBatch({ rows: data.length / 2, cols: 2, data }, teacher, network)
  for (const i of origins) losses[i] = overlapLoss([0, 0], teacher, network)
  return losses
}

/**
 * Losses and gradients one after the other, with what depends on the teacher alone worked out once.
 */
export function evaluatorOf({ teacher, k, stride }: Problem): OverlapEvaluator {
  return new OverlapEvaluator(teacher, { k, stride })
}
