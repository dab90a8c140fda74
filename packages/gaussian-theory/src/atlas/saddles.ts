import { polish } from '@nonconvex/optim/certify'
import { norm2, type Stream, type Vec } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { certificateRecord, type Ends } from '../certificate-record.js'
import { certifyMinimum } from '../overlap/certify-minimum.js'
import { OverlapEvaluator } from '../overlap/overlap-evaluator.js'
import { overlapHessian } from '../overlap/overlap-hessian.js'
import type { OverlapOptions } from '../overlap/lags.js'
import { descendBatch } from '../restarts/descend-batch.js'
import { distance, SAME_PLACE } from './local-minima.js'

/** A critical point with a negative Hessian eigenvalue, whose gradient is 0 up to rounding. */
export interface FoundSaddle {
  readonly w: Float64Array
  readonly loss: number
  readonly gradientNorm: number
  /**
   * holds the smallest eigenvalue of the Hessian at w, with all rounding; null if unbounded
   */
  readonly smallestEigenvalue: Ends | null
  readonly largestEigenvalue: number
  /** number of negative eigenvalues, ≥ 1 */
  readonly index: number
  /** eigenvalue nearest to 0, in absolute value */
  readonly flattest: number
  /**
   * for index 1: the two minima, as indices into the list, to which descent leads on the two sides
   * of the saddle; −1 for another point
   */
  readonly between: readonly number[]
}

export interface SaddleOptions extends OverlapOptions {
  /** search point i is drawn from stream.child('search', i) */
  readonly stream: Stream
  /** random points from which Newton's method starts, integer ≥ 0 */
  readonly searches: number
}

/** Maximum number of Newton steps from one point. */
const STEPS = 60
/** Gradients below this fraction of R count as 0. */
const GRADIENT = 1e-12
/**
 * Within this fraction of R from the origin, where the loss is not differentiable, computed
 * derivatives are unreliable.
 */
const KINK = 1e-4
/** The distance from a saddle at which descent is initialized, in units of R. */
const PUSH = 1e-3
/** Number of initial points of the search on the segment between two minima. */
const BETWEEN = 7
/**
 * Number of initial points of the search on the ray opposite to the teacher, up to 1.2 R: without
 * overlap the saddle lies on this ray, and with overlap there is often one near it.
 */
const OPPOSITE = 24

/**
 * Searches for saddles of the loss with overlap by Newton's method from random points in the ball
 * of radius 1.5 R, from the ray opposite to the teacher and from points between the minima. From
 * each saddle of index 1, gradient descent runs on both sides.
 *
 * @param wStar - [m], not zero
 * @param minima - the known minima, [m] each
 * @throws as overlapHessian Cost: about 10 Hessians for each initial point.
 *
 * @example
 * import { findSaddles } from '@nonconvex/gaussian-theory/atlas'
 * import { stream } from '@nonconvex/tensor'
 * const minima = [[-1, 1], [0.754457269451, -0.754457269451]]
 * const saddles = findSaddles([-1, 1], minima, { k: 3, stride: 1, stream: stream(1), searches: 20 })
 * console.log(saddles.map(({ index, between }) => [index, between.length])) // → [ [ 1, 2 ], [ 1, 2 ] ]
 */
export function findSaddles(
  wStar: Vec,
  minima: readonly Vec[],
  { k, stride, stream, searches }: SaddleOptions,
): readonly FoundSaddle[] {
  const network = { k, stride }
  const m = wStar.length
  const R = norm2(wStar)
  // the gradient is asked for ten times as often as anything else: all that depends on the teacher
  // alone is kept
  const at = new OverlapEvaluator(wStar, network)
  const gradient = (w: Vec): Float64Array => {
    const out = new Float64Array(m)
    at.lossAndGradientInto(out, Float64Array.from(w))
    return out
  }
  const derivatives = { gradient, hessian: (w: Vec) => overlapHessian(w, wStar, network) }
  const found: FoundSaddle[] = []
  const look = (start: Float64Array): void => {
    if (norm2(start) < KINK * R) return
    const { w } = polish(derivatives, start, STEPS)
    if (norm2(w) < KINK * R || found.some((s) => distance(s.w, w) <= SAME_PLACE * R)) return
    // most searches end at a minimum, and the same one
    if (minima.some((near) => distance(near, w) <= SAME_PLACE * R)) return
    const slope = new Float64Array(m)
    const loss = at.lossAndGradientInto(slope, w)
    const gradientNorm = norm2(slope)
    if (!(gradientNorm <= GRADIENT * R)) return
    const { values, vectors } = eigenSymmetric(derivatives.hessian(w), { vectors: true })
    const index = values.filter((x) => x < 0).length
    if (index === 0) return
    const flattest = values.reduce((a, b) => Math.min(a, Math.abs(b)), Infinity)
    const down = Float64Array.from({ length: m }, (_, i) => vectors?.data[i * m] ?? 0)
    const between = index === 1 ? sides(w, down) : []
    // refused as a minimum, with the eigenvalue that shows it
    const refused = certificateRecord(certifyMinimum(w, wStar, network))
    found.push({
      w,
      loss,
      gradientNorm,
      smallestEigenvalue: refused.smallestEigenvalue,
      largestEigenvalue: values[m - 1],
      index,
      flattest,
      between,
    })
  }
  const sides = (w: Float64Array, down: Float64Array): number[] => {
    const data = Float64Array.from([
      ...w.map((x, i) => x + PUSH * R * down[i]),
      ...w.map((x, i) => x - PUSH * R * down[i]),
    ])
    const { ends } = descendBatch({ rows: 2, cols: m, data }, wStar, network)
    const place = ends.map((end) => minima.findIndex((at) => distance(at, end.w) <= 1e-2 * R))
    return place.sort((a, b) => a - b)
  }
  for (let i = 0; i < searches; i++) {
    const draws = stream.child('search', i)
    const size = 1.5 * R * draws.uniform()
    look(draws.unitVector(m).map((x) => size * x))
  }
  for (let j = 1; j <= OPPOSITE; j++)
    look(Float64Array.from(wStar, (x) => (-1.2 * j * x) / OPPOSITE))
  minima.forEach((a, i) => {
    for (const b of minima.slice(0, i))
      for (let j = 1; j <= BETWEEN; j++)
        look(Float64Array.from(a, (x, t) => x + (j / (BETWEEN + 1)) * (b[t] - x)))
  })
  return found.sort((a, b) => a.loss - b.loss)
}

/**
 * The sum Σ (−1)^index over all differentiable critical points if none is degenerate:
 *
 *     1 + (−1)^(m−1), the Euler characteristic of the sphere S^(m−1)
 *
 * Far from the origin ℓ increases in every outward direction, and from the origin it decreases in
 * every direction (k ≥ 2), so ∇ℓ points out of a spherical shell on both of its boundaries, and the
 * Poincaré–Hopf theorem applies. A different sum means that a critical point is missing or
 * degenerate; the same sum does not mean that none is.
 *
 * @example
 * import { eulerNumber } from '@nonconvex/gaussian-theory/atlas'
 * console.log(eulerNumber(2), eulerNumber(3)) // → 0 2
 */
export function eulerNumber(m: number): number {
  return m % 2 === 0 ? 0 : 2
}
