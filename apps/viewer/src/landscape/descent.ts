import { GLOBAL_LOSS, type EndKind } from '@nonconvex/gaussian-theory/restarts'
import { stream } from '@nonconvex/tensor'
import { evaluatorOf, type Problem } from './problem.js'
import type { Point } from './initial-points.js'

/** One run of gradient descent, with its trajectory. */
export interface Run {
  readonly initial: Point
  readonly end: Point
  /**
   * x and y in turn: the initial point, the last iterate, and each iterate between them that differs visibly from the one
   * before
   */
  readonly path: Float64Array
  /** the loss at each of these points */
  readonly losses: Float64Array
  /** how many steps led to each of these points */
  readonly iterations: Int32Array
  readonly steps: number
  readonly loss: number
  readonly gradientNorm: number
  readonly kind: EndKind
}

/** A run that has not converged by then is stopped and reported as such. */
export const MAX_STEPS = 20_000
/** A run converged when the gradient norm is below this, or the loss below the next. */
const TOL_GRADIENT = 1e-9
const TOL_LOSS = 1e-14
/** Points no farther apart than this, a fifth of a pixel, are one in a picture. */
const SAME = 5e-4

/**
 * w ← w − η ∇ℓ(w), with the stopping rules of the library's `descendBatch`, looked at on every
 * step.
 */
export function descend(problem: Problem, initial: Point): Run {
  const at = evaluatorOf(problem)
  const w = Float64Array.of(initial.x, initial.y)
  const gradient = new Float64Array(2)
  const path: number[] = []
  const losses: number[] = []
  const iterations: number[] = []
  for (let steps = 0; ; steps++) {
    const loss = at.lossAndGradientInto(gradient, w)
    const gradientNorm = Math.sqrt(gradient[0] ** 2 + gradient[1] ** 2)
    const kind = ending(loss, gradientNorm, steps)
    const last = path.length - 2
    const moved = Math.abs(w[0] - path[last]) + Math.abs(w[1] - path[last + 1])
    if (last < 0 || moved > SAME || kind) {
      path.push(w[0], w[1])
      losses.push(loss)
      iterations.push(steps)
    }
    if (kind)
      return {
        initial,
        end: { x: w[0], y: w[1] },
        steps,
        loss,
        gradientNorm,
        kind,
        path: Float64Array.from(path),
        losses: Float64Array.from(losses),
        iterations: Int32Array.from(iterations),
      }
    w[0] -= problem.eta * gradient[0]
    w[1] -= problem.eta * gradient[1]
  }
}

function ending(loss: number, gradientNorm: number, steps: number): EndKind | undefined {
  if (Number.isNaN(gradientNorm)) return 'origin'
  if (loss >= TOL_LOSS && gradientNorm >= TOL_GRADIENT && steps < MAX_STEPS) return undefined
  if (loss < GLOBAL_LOSS) return 'global'
  return gradientNorm < TOL_GRADIENT ? 'stuck' : 'unfinished'
}

/** Points uniform on the unit circle: the i-th depends on the seed and i only. */
export function randomInitialPoints(seed: number, count: number): readonly Point[] {
  return Array.from({ length: count }, (_, i) => {
    const [x, y] = stream(seed).child('start', i).unitVector(2)
    return { x, y }
  })
}
