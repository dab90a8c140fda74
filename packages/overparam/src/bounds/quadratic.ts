/**
 * The largest t with F + a t ≤ √(L (S + b t)): the right end of the interval on which a line of
 * slope a lies below a square root.
 *
 * For L > 0, a > 0, S ≥ 0 and F² ≤ L S the set of such t is an interval that contains 0; the root
 * is computed without cancellation. For f = 0, s = 0 it is l b/a². With b < 0 the square root is
 * defined up to t = −S/b, which is the answer if the line is still negative there.
 *
 * @returns the right end of the interval; 0 if it is empty by rounding
 */
export function lineUnderRoot(q: {
  readonly f: number
  readonly a: number
  readonly l: number
  readonly s: number
  readonly b: number
}): number {
  const { f, a, l, s, b } = q
  if (b < 0 && f * b >= a * s) return -s / b
  const half = l * b - 2 * a * f
  const rest = f * f - l * s
  const discriminant = half * half - 4 * a * a * rest
  if (discriminant <= 0) return Math.max(0, half / (2 * a * a))
  const root = Math.sqrt(discriminant)
  // half ≥ 0: the usual formula adds two positive numbers; otherwise take the product of the roots
  return Math.max(0, half >= 0 ? (half + root) / (2 * a * a) : (2 * rest) / (half - root))
}
