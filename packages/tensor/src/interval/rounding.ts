/**
 * Sums, products, quotients and roots rounded down or up, from operations that round to nearest.
 *
 * The rounding error of a sum or a product, and the remainder of a quotient, are themselves float64
 * numbers. Their sign shows on which side the result lies, so that only a result on the wrong side
 * is moved to the next float64 number. Where the error could underflow or overflow the result is
 * always moved. Source: Dekker (1971); Knuth, TAOCP 4.2.2; Rump, Zimmermann, Boldo & Melquiond
 * (2009) for the neighbor.
 */

/** unit roundoff 2^-53, half the distance from 1 to the next float64 number */
const U = 2 ** -53
const SMALLEST = 2 ** -1074
const JUST_ABOVE_U = U * (1 + 2 * U)
/** Veltkamp's constant: splits 53 bits into 26 and 26 */
const SPLITTER = 2 ** 27 + 1
/** products of this size or more have errors without underflow */
const LEAST_EXACT = 2 ** -968
/** factors and products below this can be split without overflow */
const MOST_EXACT = 2 ** 995

/**
 * A float64 number below x: the next one, or for |x| near 2^-1022 possibly the one after it; for x
 * = ∞ the largest finite number.
 */
export function below(x: number): number {
  return x === Infinity ? Number.MAX_VALUE : x - (JUST_ABOVE_U * Math.abs(x) + SMALLEST)
}

/** A float64 number above x; see `below`. */
export function above(x: number): number {
  return 0 - below(-x)
}

/**
 * The exact rounding error a·b − p of the product p = fl(a·b), if |a|, |b|, |p| < 2^995 and |p| ≥
 * 2^-968.
 */
export function productError(a: number, b: number, p: number): number {
  const ca = SPLITTER * a
  const cb = SPLITTER * b
  const aHi = ca - (ca - a)
  const bHi = cb - (cb - b)
  const aLo = a - aHi
  const bLo = b - bHi
  return aLo * bLo - (p - aHi * bHi - aLo * bHi - aHi * bLo)
}

/** The largest float64 number ≤ a + b, for a, b < ∞. */
export function addDown(a: number, b: number): number {
  const s = a + b
  const part = s - a
  const error = a - (s - part) + (b - part)
  // NaN or ∞ where something overflowed: moved too
  return error >= 0 && error < Infinity ? s : below(s)
}

/** The smallest float64 number ≥ a + b, for a, b > −∞. */
export function addUp(a: number, b: number): number {
  return 0 - addDown(-a, -b)
}

/**
 * A float64 number ≤ a·b, the largest one unless the product is below 2^-968 or above 2^995; 0 · ∞
 * counts as 0.
 */
export function mulDown(a: number, b: number): number {
  const p = a * b
  if (Math.abs(p) >= LEAST_EXACT && splits(p) && splits(a) && splits(b))
    return productError(a, b, p) >= 0 ? p : below(p)
  if (a === 0 || b === 0) return a === a && b === b ? 0 : NaN
  if (p === 0) return a > 0 === b > 0 ? 0 : -SMALLEST
  return below(p)
}

/** A float64 number ≥ a·b; see `mulDown`. */
export function mulUp(a: number, b: number): number {
  return 0 - mulDown(-a, b)
}

/**
 * A float64 number ≤ a/b for b ≠ 0, the largest one unless a, b or the quotient is outside [2^-968,
 * 2^995]; x/∞ counts as 0.
 */
export function divDown(a: number, b: number): number {
  const q = a / b
  const size = Math.abs(a)
  // a quotient that small may itself have lost bits
  const exact = size >= LEAST_EXACT && Math.abs(q) >= LEAST_EXACT
  if (exact && splits(a) && splits(b) && splits(q)) {
    const p = q * b
    const remainder = a - p - productError(q, b, p)
    return remainder === 0 || remainder > 0 === b > 0 ? q : below(q)
  }
  if (a === 0) return b === b ? 0 : NaN
  if (Math.abs(b) === Infinity) return a === a ? 0 : NaN
  if (q === 0) return a > 0 === b > 0 ? 0 : -SMALLEST
  return below(q)
}

/** A float64 number ≥ a/b; see `divDown`. */
export function divUp(a: number, b: number): number {
  return 0 - divDown(-a, b)
}

/** The largest float64 number ≤ √a, for a ≥ 0. */
export function sqrtDown(a: number): number {
  return root(a, -1)
}

/** The smallest float64 number ≥ √a, for a ≥ 0. */
export function sqrtUp(a: number): number {
  return root(a, 1)
}

/**
 * The square root of a rounded to the given side. The standard does not require `Math.sqrt` to be
 * correctly rounded, so its square is compared with a exactly.
 */
function root(a: number, side: -1 | 1): number {
  if (a === 0 || a === Infinity || a !== a) return a
  if (a < 2 ** -900) return root(a * 2 ** 200, side) * 2 ** -100
  if (a > 2 ** 900) return root(a * 2 ** -200, side) * 2 ** 100
  let r = Math.sqrt(a)
  while (squareMinus(r, a) > 0) r = below(r)
  for (let next = above(r); squareMinus(next, a) <= 0; next = above(r)) r = next
  return side < 0 || squareMinus(r, a) === 0 ? r : above(r)
}

/**
 * The difference r² − a with the correct sign, for r² and a within [2^-900, 2^900] and near each
 * other.
 */
function squareMinus(r: number, a: number): number {
  const p = r * r
  return p - a + productError(r, r, p)
}

/** Whether x can be split into two halves without overflow. */
function splits(x: number): boolean {
  return Math.abs(x) < MOST_EXACT
}
