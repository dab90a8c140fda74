import type { Vec } from '@nonconvex/tensor'
import { checkFinite, checkFiniteVector } from '@nonconvex/tensor/check'
import { dykstra } from './dykstra.js'

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
  const atMostOne = (x: Float64Array): Float64Array => x.map((value) => Math.min(1, value))
  return dykstra(v, [atMostOne, (x) => softSimplex(x, z)], { rounds: 2, tol: 0 }).y
}

function softSimplex(v: Float64Array, z: number): Float64Array {
  const sorted = Float64Array.from(v).sort().reverse()
  const sums = new Float64Array(v.length)
  const exponents = new Float64Array(v.length)
  let sum = 0
  for (let k = 1; k <= v.length; k++) {
    sum += sorted[k - 1]
    sums[k - 1] = sum
    const r = Math.max(0, k * sorted[k - 1] - (sum - z))
    exponents[k - 1] = (k * r) / (1 + r)
  }
  const largest = exponents.reduce((a, b) => Math.max(a, b), -Infinity)
  let [mass, of, count] = [0, 0, 0]
  for (let k = 1; k <= v.length; k++) {
    const rho = Math.exp(exponents[k - 1] - largest)
    mass += rho
    of += rho * sums[k - 1]
    count += rho * k
  }
  // both sums have the same denominator, the total mass, which z then has, too
  const theta = (of - z * mass) / count
  return v.map((value) => Math.max(0, value - theta))
}
