/**
 * The normal quantile Φ⁻¹ on (0, ½], computed with the four operations and the square root only, so
 * that every engine gives the same bits (`Math.log` need not).
 *
 * Source: Wichura (1988), algorithm AS 241, PPND16: three rational functions of degree 7/7, in
 * ¼·1.7² − q² near the middle (q = p − ½) and in √(−log p) in the tails.
 */

const CENTRE = 0.425
const CENTRE_SQUARED = 0.180625
const FAR = 5
const NEAR_SHIFT = 1.6

/**
 * The number z ≤ 0 with Φ(z) = p.
 *
 * @param p - 0 < p ≤ ½ (not checked: this is the inner loop of the normals)
 *
 * Accuracy: relative error ≤ 1e-15 down to p = 2^-65, z = −9.1 (normal-quantile.test.ts).
 * Cost: about 20 ns; no allocation.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (q >= -CENTRE) return q * centre(CENTRE_SQUARED - q * q)
  const r = Math.sqrt(-logarithm(p))
  return r <= FAR ? -near(r - NEAR_SHIFT) : -far(r - FAR)
}

function centre(r: number): number {
  const above =
    ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
      45921.953931549871457) *
      r +
      13731.693765509461125) *
      r +
      1971.5909503065514427) *
      r +
      133.14166789178437745) *
      r +
    3.387132872796366608
  const below =
    ((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
      21213.794301586595867) *
      r +
      5394.1960214247511077) *
      r +
      687.1870074920579083) *
      r +
      42.313330701600911252) *
      r +
    1
  return above / below
}

function near(r: number): number {
  const above =
    ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) *
      r +
      1.27045825245236838258) *
      r +
      3.64784832476320460504) *
      r +
      5.7694972214606914055) *
      r +
      4.6303378461565452959) *
      r +
    1.42343711074968357734
  const below =
    ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) *
      r +
      0.14810397642748007459) *
      r +
      0.68976733498510000455) *
      r +
      1.6763848301838038494) *
      r +
      2.05319162663775882187) *
      r +
    1
  return above / below
}

function far(r: number): number {
  const above =
    ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r +
      0.0012426609473880784386) *
      r +
      0.026532189526576123093) *
      r +
      0.29656057182850489123) *
      r +
      1.7848265399172913358) *
      r +
      5.4637849111641143699) *
      r +
    6.6579046435011037772
  const below =
    ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r +
      1.8463183175100546818e-5) *
      r +
      7.868691311456132591e-4) *
      r +
      0.0148753612908506148525) *
      r +
      0.13692988092273580531) *
      r +
      0.59983220655588793769) *
      r +
    1
  return above / below
}

const bits = new Float64Array(1)
const halves = new Uint32Array(bits.buffer)
const SQRT_2_HIGH = 0x3ff6a09e
/** log 2 in two pieces: multiples of the first by an exponent are exact. */
const LOG_2_HIGH = 6.9314718036912381649e-1
const LOG_2_LOW = 1.90821492927058770002e-10

/**
 * The natural logarithm of a normal (not subnormal) p > 0, error below 1 ulp.
 *
 * p = 2^e (1 + f) with 1 + f in [√½, √2], s = f / (2 + f), log(1 + f) = 2 atanh s by a polynomial
 * in s². Source: the method and coefficients of FreeBSD's e_log.c (fdlibm).
 */
export function logarithm(p: number): number {
  bits[0] = p
  const top = halves[1]
  let e = (top >>> 20) - 1023
  const fraction = (top & 0xfffff) | 0x3ff00000
  const reduce = fraction > SQRT_2_HIGH ? 1 : 0
  e += reduce
  halves[1] = fraction - (reduce << 20)
  const f = bits[0] - 1
  const s = f / (2 + f)
  const z = s * s
  const w = z * z
  const odd =
    z *
    (0.6666666666666735 +
      w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)))
  const even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373))
  const half = 0.5 * f * f
  return e * LOG_2_HIGH - (half - (s * (half + (even + odd)) + e * LOG_2_LOW) - f)
}
