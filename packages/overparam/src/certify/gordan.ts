/**
 * The case of Gordan's alternative that holds, with its evidence in integers; `too-long` if the
 * pivot budget is exhausted.
 */
export type Gordan =
  /** Σ_i λ_i a_i = 0, λ ≥ 0, not all 0 */
  | { readonly kind: 'weights'; readonly lambda: readonly bigint[] }
  /** w·a_i > 0 for all i */
  | { readonly kind: 'vector'; readonly w: readonly bigint[] }
  | { readonly kind: 'too-long' }

/**
 * Decides exactly whether the columns a_1, …, a_n of a matrix lie in an open half-space:
 *
 *     either Σ λ_i a_i = 0 with λ ≥ 0, Σ λ_i = 1,   or w·a_i > 0 for all i, and never both
 *
 * The first is the first phase of the simplex method, whose dual is the second. Bland's rule
 * ensures termination; pivots are fraction-free, so every number is a minor of the matrix and every
 * division is exact.
 *
 * @param system - [q][n]: the rows of the matrix
 * @param pivots - the budget
 *
 * Cost: O(q · (n + q)) products of integers a pivot; about q pivots are usual.
 * Source: Gordan (1873); Bland (1977); Edmonds' integer pivoting.
 */
export function gordan(system: readonly (readonly bigint[])[], n: number, pivots: number): Gordan {
  const m = system.length + 1
  const right = n + m
  // columns: λ, one artificial for each row, the right-hand side; the last row is the objective
  const table = [...system, new Array<bigint>(n).fill(1n)].map((row, r) => [
    ...row,
    ...Array.from({ length: m }, (_, s) => (s === r ? 1n : 0n)),
    r === m - 1 ? 1n : 0n,
  ])
  const sum = (c: number): bigint => table.reduce((total, row) => total + row[c], 0n)
  table.push(Array.from({ length: right + 1 }, (_, c) => (c >= n && c < right ? 0n : -sum(c))))
  const basis = Array.from({ length: m }, (_, r) => n + r)
  let unit = 1n
  for (let pivot = 0; pivot <= pivots; pivot++) {
    const objective = table[m]
    const entering = objective.findIndex((cost, c) => c < n && cost < 0n)
    if (entering < 0) {
      if (objective[right] < 0n) {
        const w = system.map((_, r) => objective[n + r] - unit)
        return { kind: 'vector', w }
      }
      const lambda = new Array<bigint>(n).fill(0n)
      basis.forEach((c, r) => {
        if (c < n) lambda[c] = table[r][right]
      })
      return { kind: 'weights', lambda }
    }
    const leaving = leavingRow(table, basis, entering)
    const row = table[leaving]
    table.forEach((other, r) => {
      if (r === leaving) return
      const factor = other[entering]
      for (let c = 0; c <= right; c++)
        other[c] = (other[c] * row[entering] - factor * row[c]) / unit
    })
    unit = row[entering]
    basis[leaving] = entering
  }
  return { kind: 'too-long' }
}

/**
 * The row of smallest ratio, and among equal ratios the one whose variable comes first (Bland's
 * rule). It exists, since λ is bounded.
 */
function leavingRow(
  table: readonly (readonly bigint[])[],
  basis: readonly number[],
  entering: number,
): number {
  let best = -1
  for (let r = 0; r < basis.length; r++) {
    if (table[r][entering] <= 0n) continue
    if (best < 0) {
      best = r
      continue
    }
    const [row, least] = [table[r], table[best]]
    const [left, right] = [
      (row.at(-1) ?? 0n) * least[entering],
      (least.at(-1) ?? 0n) * row[entering],
    ]
    if (left < right || (left === right && basis[r] < basis[best])) best = r
  }
  return best
}
