import type { Labeling, StructuredProblem } from './problem.js'

/** Steps of coordinate ascent on the dual of an M3N: they change w, and never lower the dual value. */
export interface DualSteps {
  /** improves the part of example i */
  readonly step: (i: number) => void
  /** ℓ, so that the dual value is ℓ − (λ/2)|w|² */
  readonly ell: () => number
}

/** The coordinates of w that each example can depend on. */
const supportsOf = (problem: StructuredProblem): Int32Array[] => {
  const every = Int32Array.from({ length: problem.dimension }, (_, k) => k)
  return Array.from({ length: problem.n }, (_, i) => problem.support?.(i) ?? every)
}

/**
 * Block-coordinate Frank–Wolfe: a step of the best length toward the labeling with the largest hinge.
 *
 * Unchecked. Cost: one loss-augmented inference a step; memory: the supports of all examples.
 */
export function frankWolfeSteps(
  problem: StructuredProblem,
  lambda: number,
  w: Float64Array,
): DualSteps {
  const { n, dimension } = problem
  const supports = supportsOf(problem)
  const parts = supports.map(({ length }) => new Float64Array(length))
  const losses = new Float64Array(n)
  const corner = new Float64Array(dimension)
  let ell = 0
  return {
    ell: () => ell,
    step: (i) => {
      const y = problem.lossAugmented(w, i)
      const support = supports[i]
      for (const k of support) corner[k] = 0
      problem.addFeature(corner, 1 / (lambda * n), i, problem.truth(i))
      problem.addFeature(corner, -1 / (lambda * n), i, y)
      const loss = problem.loss(i, y) / n
      const own = parts[i]
      let [across, square] = [0, 0]
      for (let s = 0; s < support.length; s++) {
        const difference = own[s] - corner[support[s]]
        across += difference * w[support[s]]
        square += difference * difference
      }
      if (square === 0) return
      const step = (lambda * across - losses[i] + loss) / (lambda * square)
      const gamma = Math.min(1, Math.max(0, step))
      for (let s = 0; s < support.length; s++) {
        const change = gamma * (corner[support[s]] - own[s])
        own[s] += change
        w[support[s]] += change
      }
      const change = gamma * (loss - losses[i])
      losses[i] += change
      ell += change
    },
  }
}

/** A labeling with weight in the dual solution of an example. */
interface Corner {
  /** φ(x_i, y_i) − φ(x_i, y), on the support */
  readonly psi: Float64Array
  readonly loss: number
  readonly y: Labeling
  alpha: number
}

/** Exchanges of weight after each inference. */
const EXCHANGES = 8

/**
 * Pairwise steps: weight goes from the labeling with the smallest hinge to that with the largest, among
 * those found so far and the one that inference finds. The dual value converges linearly, while that of
 * Frank–Wolfe steps, whose optimum has many labelings of weight 0, is in error by O(1/passes).
 *
 * Unchecked. Cost: one loss-augmented inference a step and O(labelings of weight > 0 · support) an
 * exchange; memory: support · labelings of weight > 0.
 */
export function pairwiseSteps(
  problem: StructuredProblem,
  lambda: number,
  w: Float64Array,
): DualSteps {
  const { n, dimension } = problem
  const supports = supportsOf(problem)
  const scratch = new Float64Array(dimension)
  const cornerOf = (i: number, y: Labeling, alpha: number): Corner => {
    for (const k of supports[i]) scratch[k] = 0
    problem.addFeature(scratch, 1, i, problem.truth(i))
    problem.addFeature(scratch, -1, i, y)
    const psi = Float64Array.from(supports[i], (k) => scratch[k])
    return { psi, loss: problem.loss(i, y), y, alpha }
  }
  const all = supports.map((_, i) => [cornerOf(i, problem.truth(i), 1)])
  let ell = 0
  const hinge = ({ psi, loss }: Corner, support: Int32Array): number => {
    let sum = loss
    for (let s = 0; s < support.length; s++) sum -= psi[s] * w[support[s]]
    return sum
  }

  /** Exchanges weight between the two extreme labelings; whether any moved. */
  function exchange(corners: readonly Corner[], support: Int32Array): boolean {
    let [to, from] = [corners[0], corners[0]]
    let [high, low] = [-Infinity, Infinity]
    for (const corner of corners) {
      const value = hinge(corner, support)
      if (value > high) [high, to] = [value, corner]
      if (corner.alpha > 0 && value < low) [low, from] = [value, corner]
    }
    if (to === from || high <= low) return false
    let square = 0
    for (let s = 0; s < support.length; s++) square += (to.psi[s] - from.psi[s]) ** 2
    const best = square === 0 ? Infinity : ((high - low) * lambda * n) / square
    const gamma = Math.min(best, from.alpha)
    for (let s = 0; s < support.length; s++)
      w[support[s]] += (gamma * (to.psi[s] - from.psi[s])) / (lambda * n)
    ell += (gamma * (to.loss - from.loss)) / n
    to.alpha += gamma
    from.alpha = gamma === from.alpha ? 0 : from.alpha - gamma
    return true
  }
  return {
    ell: () => ell,
    step: (i) => {
      const y = problem.lossAugmented(w, i)
      const corners = all[i]
      const same = (other: Labeling): boolean => Array.from(other).every((a, t) => a === y[t])
      if (!corners.some((one) => same(one.y))) corners.push(cornerOf(i, y, 0))
      for (let t = 0; t < EXCHANGES && exchange(corners, supports[i]); t++);
      all[i] = corners.filter(({ alpha }) => alpha > 0)
    },
  }
}
