import { checkBetween, checkFinite, checkInteger, checkPositive } from '@nonconvex/tensor/check'

const TAU = 2 * Math.PI

/** The six numbers of a symmetric family, see `solveFamily`. */
export interface FamilyEntries {
  /** of an ordinary row: the diagonal, the other ordinary columns, the special columns */
  readonly a: number
  readonly b: number
  readonly c: number
  /** of a special row: the ordinary columns, the diagonal, the other special columns */
  readonly e: number
  readonly f: number
  readonly g: number
}

/**
 * The eigenvalue of the Hessian at a critical point of a symmetric family whose eigenvectors are the
 * antisymmetric matrices with zero row sums on the m = k − p ordinary neurons, of multiplicity
 * (m − 1)(m − 2)/2:
 *
 *     ½ + (1/2π) [ (m−1) sin θ − S(a)/n − (m−1)S(b)/n − 1/(n S(b)) − (π − θ) + p (n' sin θ' − S(c))/n ]
 *
 * n and n' are the norms of an ordinary and a special row, θ the angle of two ordinary rows, θ' that of
 * an ordinary and a special one, S(z) = √(1 − z²/n²). For kind A, p = 0, it is the smallest eigenvalue.
 *
 * @param k - real, ≥ p + 3: the formula does not need an integer
 * @param p - integer ≥ 0
 * @throws ArgumentError for other k and p, entries that are not finite, and rows of length 0
 * Source: ours, from the representations of the permutations of the neurons. Cost: O(1).
 *
 * @example
 * import { skewEigenvalue, solveFamily } from '@nonconvex/gaussian-theory/teacher-student'
 * const { W, smallestEigenvalue } = solveFamily('A', 7)
 * const skew = skewEigenvalue({ a: W[0], b: W[1], c: 0, e: 0, f: 0, g: 0 }, 7, 0)
 * console.log(skew.toFixed(10), smallestEigenvalue.toFixed(10)) // → 0.0068473522 0.0068473522
 */
export function skewEigenvalue(entries: FamilyEntries, k: number, p: number): number {
  const fn = 'skewEigenvalue'
  checkInteger(fn, 'p', p, 0)
  checkBetween(fn, 'k', k, p + 3, Number.MAX_VALUE, `[p + 3 = ${p + 3}, ∞)`)
  const { a, b, c, e, f, g } = entries
  for (const [name, x] of Object.entries({ a, b, c, e, f, g })) checkFinite(fn, name, x)
  const m = k - p
  const n = Math.sqrt(a * a + (m - 1) * b * b + p * c * c)
  checkPositive(fn, 'the norm of an ordinary row', n)
  const S = (z: number): number => Math.sqrt((1 - z / n) * (1 + z / n))
  const theta = Math.acos((2 * a * b + (m - 2) * b * b + p * c * c) / (n * n))
  const inside = (m - 1) * Math.sin(theta) - (S(a) + (m - 1) * S(b)) / n - 1 / (n * S(b))
  return 1 / 2 + (inside - (Math.PI - theta) + special()) / TAU

  function special(): number {
    if (p === 0) return 0
    const length = Math.sqrt(f * f + (p - 1) * g * g + m * e * e)
    checkPositive(fn, 'the norm of a special row', length)
    const product = a * e + (m - 1) * b * e + c * f + (p - 1) * c * g
    const cos = product / (n * length)
    return (p * (length * Math.sqrt((1 - cos) * (1 + cos)) - S(c))) / n
  }
}
