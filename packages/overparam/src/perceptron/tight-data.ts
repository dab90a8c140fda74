import { cholesky } from '@nonconvex/tensor'
import { checkCount } from '@nonconvex/tensor/check'
import type { Dataset } from '../data/dataset.js'

/**
 * Orthonormal examples e_1, …, e_d with alternating labels, on which the perceptron makes d = (R/γ)²
 * mistakes: one on each.
 *
 * @param d - number of examples and of features, integer ≥ 1
 * Source: ours.
 *
 * @example
 * import { orthonormalExamples, perceptron } from '@nonconvex/overparam/perceptron'
 * console.log(perceptron(orthonormalExamples(50)).updates) // → 50
 */
export function orthonormalExamples(d: number): Dataset {
  checkCount('orthonormalExamples', 'd', d)
  const data = new Float64Array(d * d)
  for (let i = 0; i < d; i++) data[i * d + i] = 1
  return {
    x: { rows: d, cols: d, data },
    y: Float64Array.from({ length: d }, (_, i) => (i % 2 === 0 ? 1 : -1)),
  }
}

/**
 * Examples on which the batch perceptron makes as many iterations as its bound allows, although it
 * sees all violated examples at once: N copies of a_0 and a_1, …, a_n, all of norm 1 and label +1,
 *
 *     a_s·a_t = −ε,   a_0·a_s = ((N + n)(s − 3/2)ε − 1 + (n − 1)ε) / N
 *
 * The first iteration is the mean of all, on which a_1 alone is violated; after t iterations a_t alone
 * is, as the others moved away by ε each. So there are n + 1 iterations, and
 *
 *     (R/γ)² = n + 1 + O(n²ε + n/N)
 *
 * @param n - examples that are violated one after the other, integer ≥ 1
 * @returns n + N examples with N = 20n and ε = 1/(4n²)
 * Source: ours.
 *
 * @example
 * import { batchPerceptron, batchWorstCase } from '@nonconvex/overparam/perceptron'
 * console.log(batchPerceptron(batchWorstCase(50)).iterations) // → 51
 */
export function batchWorstCase(n: number): Dataset {
  checkCount('batchWorstCase', 'n', n)
  const copies = 20 * n
  const eps = 1 / (4 * n * n)
  const cols = n + 1
  const gram = new Float64Array(cols * cols).fill(-eps)
  for (let s = 0; s <= n; s++) gram[s * cols + s] = 1
  for (let s = 1; s <= n; s++)
    gram[s] = gram[s * cols] = ((copies + n) * (s - 1.5) * eps - 1 + (n - 1) * eps) / copies
  // the rows of the Cholesky factor have these products
  const factor = cholesky({ rows: cols, cols, data: gram })
  if (!factor.definite) throw new Error('batchWorstCase: diagonally dominant, so it is definite')
  const rows = copies + n
  const data = new Float64Array(rows * cols)
  for (let i = 0; i < rows; i++) {
    const s = Math.max(0, i - copies + 1)
    data.set(factor.l.data.subarray(s * cols, (s + 1) * cols), i * cols)
  }
  return { x: { rows, cols, data }, y: new Float64Array(rows).fill(1) }
}
