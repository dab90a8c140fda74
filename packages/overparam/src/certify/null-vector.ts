/**
 * The exact solutions of M z = 0: the vector z up to a factor, or the dimension of the solution
 * space.
 */
export type NullVector =
  | { readonly kind: 'line'; readonly z: readonly bigint[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'many'; readonly dimensions: number }

/**
 * The solutions of M z = 0 in integers, by fraction-free elimination (Bareiss): every intermediate
 * number is a minor of M, so numbers grow with the rank only, and every division is exact.
 *
 * @param rows - the rows of M, each with `cols` integers; not mutated
 * @returns `line` with the smallest integers if the solutions are the multiples of one vector
 *
 * Cost: O(rows · cols · rank) products of integers of up to rank times the digits of M.
 * Source: Bareiss (1968).
 */
export function nullVector(rows: readonly (readonly bigint[])[], cols: number): NullVector {
  const m = rows.map((row) => [...row])
  const pivots: number[] = []
  let previous = 1n
  for (let c = 0; c < cols && pivots.length < m.length; c++) {
    const r = pivots.length
    const found = m.findIndex((row, i) => i >= r && row[c] !== 0n)
    if (found < 0) continue
    ;[m[r], m[found]] = [m[found], m[r]]
    const pivot = m[r][c]
    m.forEach((row, i) => {
      if (i === r) return
      const factor = row[c]
      for (let j = 0; j < cols; j++) row[j] = (pivot * row[j] - factor * m[r][j]) / previous
    })
    previous = pivot
    pivots.push(c)
  }
  const dimensions = cols - pivots.length
  if (dimensions === 0) return { kind: 'none' }
  if (dimensions > 1) return { kind: 'many', dimensions }
  const free = Array.from({ length: cols }, (_, c) => c).find((c) => !pivots.includes(c)) ?? 0
  // every pivot of the eliminated matrix is `previous`: previous · z_pivot + row[free] · z_free = 0
  const z = new Array<bigint>(cols).fill(0n)
  z[free] = previous
  pivots.forEach((c, r) => (z[c] = -m[r][free]))
  const common = z.reduce(gcd, 0n)
  return { kind: 'line', z: z.map((value) => value / common) }
}

/** The greatest common divisor, ≥ 0. */
export function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}
