import { checkInteger } from '@nonconvex/tensor/check'

const TAU = 2 * Math.PI

/**
 * The eigenvalues of the Hessian in W at the teacher W = V = I_k, for ReLU and output weights 1,
 * with their multiplicities:
 *
 *     ¼ − 1/2π  (k(k−1)/2),   ¼ + 1/2π  (k(k−3)/2)
 *     roots of x² − (k+2)/4 x + (k−1)/16 + 1/8 + 1/4π − 1/4π²  (k−1 each)
 *     roots of x² − (½ + kc) x + (½ + (k−1)/2π)(k/4 + 1/2π) − (k−1)/16  (1 each),   c = ¼ + 1/2π
 *
 * The smallest is 0.0908 for every k, the largest k/4 + 0.847 + O(1/k): gradient descent is stable
 * at the teacher for step sizes below 2 divided by it.
 *
 * @param k - integer ≥ 3
 * @returns [value, multiplicity], ascending; multiplicity 0 is dropped (k = 3)
 * @throws ArgumentError for another k
 * Source: ours. Cost: O(1).
 *
 * @example
 * import { teacherSpectrum } from '@nonconvex/gaussian-theory/teacher-student'
 * console.log(teacherSpectrum(6)[0][0].toFixed(12)) // → 0.090845056908
 */
export function teacherSpectrum(k: number): (readonly [value: number, multiplicity: number])[] {
  checkInteger('teacherSpectrum', 'k', k, 3)
  const c = 1 / 4 + 1 / TAU
  const sides = roots(
    (k + 2) / 4,
    (k - 1) / 16 + 1 / 8 + 1 / (4 * Math.PI) - 1 / (4 * Math.PI * Math.PI),
  )
  const symmetric = roots(1 / 2 + k * c, (1 / 2 + (k - 1) / TAU) * (k / 4 + 1 / TAU) - (k - 1) / 16)
  const all: (readonly [number, number])[] = [
    [1 / 4 - 1 / TAU, (k * (k - 1)) / 2],
    [c, (k * (k - 3)) / 2],
    ...sides.map((x) => [x, k - 1] as const),
    ...symmetric.map((x) => [x, 1] as const),
  ]
  return all.filter(([, count]) => count > 0).sort(([x], [y]) => x - y)
}

/** The roots of x² − sum x + product, the smaller one without cancellation. */
function roots(sum: number, product: number): readonly number[] {
  const larger = (sum + Math.sqrt(sum * sum - 4 * product)) / 2
  return [product / larger, larger]
}
