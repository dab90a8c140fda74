import type { Vec } from '@nonconvex/tensor'
import { checkFinite, checkFiniteVector, checkVector } from '@nonconvex/tensor/check'
import type { BudgetGradient } from './budget.js'

/**
 * The projection of the published program of Predict and Constrain, unchanged: two rounds of
 * Dykstra's algorithm between {y ≤ 1} and a smooth approximation of the simplex {y ≥ 0, Σ y = z}.
 * With v sorted downwards, C_k = Σ_{i ≤ k} v_(i), r_k = relu(k v_(k) − C_k + z) and c_k = r_k/(1 +
 * r_k), it takes θ = (Σ ρ_k C_k − z)/(Σ ρ_k k) with ρ = softmax(k c_k), and relu(v − θ).
 *
 * **It violates the cardinality constraint.** If few labels are active most k c_k are 0 and ρ
 * distributes mass to all of them: at z = 2.4, on 159 peaked scores σ(4N − 6), labels sum to 7.3 on
 * average. For comparison only; `projectBudget` satisfies the constraint.
 *
 * @param v - scores, finite
 * @param z - the budget, finite
 * @returns the labels; they can be above 1
 * @throws RangeError for numbers that are not finite
 * Cost: O(L log L). Source: the authors' published code (Brukhim & Globerson 2018).
 *
 * @example
 * import { projectBudget, publishedBudget } from '@nonconvex/structured/cardinality'
 * const v = [0.9, 0.8, 0.1, 0, 0, 0, 0, 0, 0, 0]
 * const sum = (y: Float64Array) => y.reduce((total, label) => total + label, 0).toFixed(3)
 * console.log(sum(projectBudget(v, 1).y), sum(publishedBudget(v, 1))) // → 1.000 1.427
 */
export function publishedBudget(v: Vec, z: number): Float64Array {
  checkFiniteVector('publishedBudget', 'v', v)
  checkFinite('publishedBudget', 'z', z)
  return recordPublished(v, z).y
}

/**
 * The gradient of a loss by scores and target through {@link publishedBudget}, from its gradient g by
 * the labels: the reverse of each step of both rounds. Where an order or a sign changes there is none,
 * and it is one of a side.
 *
 * @param v - scores, finite
 * @param z - the target, finite
 * @param g - as long as the scores
 * @throws RangeError for numbers that are not finite; ShapeError for another length
 * Cost: O(L log L). Source: ours, by differentiation.
 *
 * @example
 * import { publishedBudgetGradient } from '@nonconvex/structured/cardinality'
 * const { z } = publishedBudgetGradient([0.9, 0.8, 0.1, 0], 1, [1, 1, 1, 1])
 * console.log(z.toFixed(3)) // → 0.874
 */
export function publishedBudgetGradient(v: Vec, z: number, g: Vec): BudgetGradient {
  const fn = 'publishedBudgetGradient'
  checkFiniteVector(fn, 'v', v)
  checkFinite(fn, 'z', z)
  checkVector(fn, 'g', g, v.length, 'L')
  return recordPublished(v, z).backward(g)
}

/** Labels of a projection, with the way back. */
export interface RecordedLabels {
  readonly y: Float64Array
  /** the gradient by scores and target from that by the labels */
  readonly backward: (g: Vec) => BudgetGradient
}

const ROUNDS = 2

/** The positions of scores from the largest one downwards. */
export const descending = (v: Vec): Uint32Array =>
  Uint32Array.from(v, (_, i) => i).sort((i, j) => v[j] - v[i])

/**
 * Dykstra's algorithm with p and q the corrections of the two sets.
 *
 * @param order - an order of the positions, which is sorted in place: cheaper the nearer it is to
 *   the descending order of the scores
 */
export function recordPublished(
  v: Vec,
  z: number,
  order: Uint32Array = descending(v),
): RecordedLabels {
  const L = v.length
  const [p, q] = [new Float64Array(L), new Float64Array(L)]
  let y: Float64Array = Float64Array.from(v)
  const rounds: { readonly below: Uint8Array; readonly soft: RecordedLabels }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const below = new Uint8Array(L)
    const into = new Float64Array(L)
    for (let i = 0; i < L; i++) {
      const from = y[i] + p[i]
      below[i] = Number(from < 1)
      const capped = Math.min(1, from)
      p[i] = from - capped
      into[i] = capped + q[i]
    }
    sortNearly(order, into)
    const soft = softSimplex(into, z, order.slice())
    y = soft.y
    for (let i = 0; i < L; i++) q[i] = into[i] - y[i]
    rounds.push({ below, soft })
  }
  const backward = (g: Vec): BudgetGradient => {
    // by y, p and q after a round
    let byY: Float64Array = Float64Array.from(g)
    const [byP, byQ] = [new Float64Array(L), new Float64Array(L)]
    let byZ = 0
    for (const { below, soft } of rounds.toReversed()) {
      for (let i = 0; i < L; i++) byY[i] -= byQ[i]
      const { v: through, z: more } = soft.backward(byY)
      byZ += more
      byY = new Float64Array(L)
      for (let i = 0; i < L; i++) {
        // by capped + q
        const sum = through[i] + byQ[i]
        byQ[i] = sum
        const from = below[i] === 1 ? sum : byP[i]
        byP[i] = from
        byY[i] = from
      }
    }
    return { v: byY, z: byZ }
  }
  return { y, backward }
}

/** Insertion sort: a number of moves as large as the number of inversions. */
function sortNearly(order: Uint32Array, v: Float64Array): void {
  for (let k = 1; k < order.length; k++) {
    const own = order[k]
    const value = v[own]
    let to = k
    for (; to > 0 && v[order[to - 1]] < value; to--) order[to] = order[to - 1]
    order[to] = own
  }
}

/** @param order - of v, from the largest one downwards */
function softSimplex(v: Float64Array, z: number, order: Uint32Array): RecordedLabels {
  const L = v.length
  const sums = new Float64Array(L)
  const rests = new Float64Array(L)
  const rho = new Float64Array(L)
  let [sum, largest] = [0, -Infinity]
  for (let k = 1; k <= L; k++) {
    const own = v[order[k - 1]]
    sum += own
    sums[k - 1] = sum
    const r = Math.max(0, k * own - (sum - z))
    rests[k - 1] = r
    rho[k - 1] = (k * r) / (1 + r)
    largest = Math.max(largest, rho[k - 1])
  }
  let [mass, of, count] = [0, 0, 0]
  for (let k = 1; k <= L; k++) {
    rho[k - 1] = Math.exp(rho[k - 1] - largest)
    mass += rho[k - 1]
    of += rho[k - 1] * sums[k - 1]
    count += rho[k - 1] * k
  }
  // both sums have the same denominator, the total mass, which z then has, too
  const theta = (of - z * mass) / count
  const backward = (g: Vec): BudgetGradient => {
    const byV = new Float64Array(L)
    let byTheta = 0
    for (let i = 0; i < L; i++)
      if (v[i] > theta) {
        byV[i] = g[i]
        byTheta -= g[i]
      }
    // θ = Σ ρ_k (C_k − z)/Σ ρ_k k with ρ up to a factor
    const scale = byTheta / count
    let byZ = -scale * mass
    let later = 0
    for (let k = L; k >= 1; k--) {
      const weight = rho[k - 1]
      // the softmax needs no mean: Σ ρ_k (C_k − z − θ k) is 0
      const byExponent = scale * weight * (sums[k - 1] - z - theta * k)
      const r = rests[k - 1]
      const byRest = r > 0 ? (byExponent * k) / ((1 + r) * (1 + r)) : 0
      byZ += byRest
      later += scale * weight - byRest
      byV[order[k - 1]] += k * byRest + later
    }
    return { v: byV, z: byZ }
  }
  return { y: v.map((value) => Math.max(0, value - theta)), backward }
}
