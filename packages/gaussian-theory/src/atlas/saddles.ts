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

/** A critical point with negative eigenvalues: the gradient there is 0 up to rounding. */
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
   * of index 1: the two minima, as indices into the list, to which descent leads on its two sides;
   * −1 for another point
   */
  readonly between: readonly number[]
}

export interface SaddleOptions extends OverlapOptions {
  /** search point i is drawn from stream.child('search', i) */
  readonly stream: Stream
  /** random points from which Newton's method starts, integer ≥ 0 */
  readonly searches: number
}

/** Newton's steps from one point. */
const STEPS = 60
/** Gradients of this fraction of R are 0 up to rounding. */
const GRADIENT = 1e-12
/** Nearer to the kink than this fraction of R there is no derivative to trust. */
const KINK = 1e-4
/** How far from a saddle descent starts, in units of R. */
const PUSH = 1e-3
/** Points on the segment between two minima from which the search starts, too. */
const BETWEEN = 7
/**
 * Points on the ray opposite to the teacher, up to 1.2 R: without overlap the saddle lies there,
 * with it often one close by
 */
const OPPOSITE = 24

/**
 * Saddles of the loss with overlap: Newton's method from random points in the ball of radius 1.5 R,
 * from the ray opposite to the teacher and from points between the minima; from those of index 1,
 * descent on both sides.
 *
 * @param wStar - [m], not zero
 * @param minima - the known minima, [m] each
 * @throws as overlapHessian
 * Cost: a search some 10 Hessians.
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
 *     1 + (−1)^(m−1),   the Euler number of the space without the origin
 *
 * Far out ℓ grows in every direction, and from the origin it falls in every one (k ≥ 2), so ∇ℓ
 * leaves a shell on both sides (Poincaré–Hopf). A different sum means that a critical point is
 * missing or degenerate; the same sum does not mean that none is.
 *
 * @example
 * import { eulerNumber } from '@nonconvex/gaussian-theory/atlas'
 * console.log(eulerNumber(2), eulerNumber(3)) // → 0 2
 */
export function eulerNumber(m: number): number {
  return m % 2 === 0 ? 0 : 2
}
