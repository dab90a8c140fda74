import { addDown, addUp, productError } from './rounding.js'

/**
 * A number of about 106 bits as an unevaluated sum hi + lo with |lo| ≤ ½ ulp(hi).
 *
 * Relative error of an operation, as long as nothing underflows or overflows: sum 3u² + 13u³,
 * product 7u², quotient 15u² + 56u³, all below 2^-102 (u = 2^-53). Source: Joldes, Muller & Popescu
 * (2017), algorithms 6, 10 and 17.
 */
export interface Twofold {
  readonly hi: number
  readonly lo: number
}

/** The exact sum a + b. */
export function exactSum(a: number, b: number): Twofold {
  const hi = a + b
  const part = hi - a
  return { hi, lo: a - (hi - part) + (b - part) }
}

/** The exact sum a + b, for |a| ≥ |b| or a = 0. */
function ordered(a: number, b: number): Twofold {
  const hi = a + b
  return { hi, lo: b - (hi - a) }
}

/** The exact product a · b. */
export function exactProduct(a: number, b: number): Twofold {
  const hi = a * b
  return { hi, lo: productError(a, b, hi) }
}

export function plus(x: Twofold, y: Twofold): Twofold {
  const s = exactSum(x.hi, y.hi)
  const t = exactSum(x.lo, y.lo)
  const v = ordered(s.hi, s.lo + t.hi)
  return ordered(v.hi, t.lo + v.lo)
}

export function times(x: Twofold, y: Twofold): Twofold {
  const p = exactProduct(x.hi, y.hi)
  return ordered(p.hi, p.lo + (x.hi * y.lo + x.lo * y.hi))
}

export function over(x: Twofold, y: Twofold): Twofold {
  const q = x.hi / y.hi
  const p = exactProduct(y.hi, q)
  const r = ordered(p.hi, y.lo * q + p.lo)
  return ordered(q, (x.hi - r.hi + (x.lo - r.lo)) / y.hi)
}

/**
 * The polynomial Σ_j c_j z^j by Horner's rule: the coefficients in `leading` use twofold
 * arithmetic, and those in `rest` float64, since z^j is so small there that 53 bits of the sum are
 * enough.
 */
export function polynomial(
  z: Twofold,
  leading: readonly Twofold[],
  rest: readonly number[],
): Twofold {
  let tail = 0
  for (let j = rest.length - 1; j >= 0; j--) tail = tail * z.hi + rest[j]
  let sum: Twofold = { hi: tail, lo: 0 }
  for (let j = leading.length - 1; j >= 0; j--) sum = plus(leading[j], times(z, sum))
  return sum
}

/** The reciprocal 1/n as a twofold number, for an integer n with |n| < 2^53. */
export function reciprocal(n: number): Twofold {
  return over({ hi: 1, lo: 0 }, { hi: n, lo: 0 })
}

/** The largest float64 number ≤ every number within `error` of x. */
export function twofoldDown(x: Twofold, error: number): number {
  return addDown(x.hi, x.lo - error)
}

/** The smallest float64 number ≥ every number within `error` of x. */
export function twofoldUp(x: Twofold, error: number): number {
  return addUp(x.hi, x.lo + error)
}
