/**
 * Exact truth for tests: float64 numbers as integers over 2^SHIFT, elementary functions as integers
 * over 2^BITS with their error bounded. BigInt only, nothing of the code under test.
 */

const view = new DataView(new ArrayBuffer(8))

/** Every float64 number is an integer multiple of 2^-1074: x = exact(x) · 2^-1074. */
export function exact(x: number): bigint {
  view.setFloat64(0, x)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  const size = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1)
  return x < 0 ? -size : size
}

/** Position of x among the float64 numbers: neighbors differ by 1. */
export function position(x: number): bigint {
  view.setFloat64(0, Math.abs(x))
  const at = view.getBigInt64(0)
  return x < 0 ? -at : at
}

/** How many float64 steps from lo to hi. */
export function steps(x: { readonly lo: number; readonly hi: number }): number {
  return Number(position(x.hi) - position(x.lo))
}

/** The float64 number at a position. */
export function at(n: bigint): number {
  view.setBigInt64(0, n < 0n ? -n : n)
  return n < 0n ? -view.getFloat64(0) : view.getFloat64(0)
}

/** binary places of the fixed-point numbers below */
const BITS = 320n
const ONE = 1n << BITS

/** A real number known to lie in [value − 2^56, value + 2^56] / 2^320. */
export type Fixed = bigint
const SLACK = 1n << 56n

/** x with 320 binary places; exact for |x| ≥ 2^-268 or x = 0. */
export function fixed(x: number): Fixed {
  const e = exact(x)
  return BITS >= 1074n ? e << (BITS - 1074n) : e / (1n << (1074n - BITS))
}

/** Whether lo ≤ value ≤ hi, for certain. */
export function encloses(x: { readonly lo: number; readonly hi: number }, value: Fixed): boolean {
  const above = x.lo === -Infinity || fixed(x.lo) <= value - SLACK || nextTo(fixed(x.lo), value)
  const below = x.hi === Infinity || fixed(x.hi) >= value + SLACK || nextTo(fixed(x.hi), value)
  return above && below
}

/** Equal where the value is exactly a float64 number: 0 or 1. */
function nextTo(end: Fixed, value: Fixed): boolean {
  return end === value && (value === 0n || value === ONE || value === -ONE)
}

const times = (a: Fixed, b: Fixed): Fixed => (a * b) >> BITS

/**
 * atan by halving the angle four times and its series; each of < 200 operations is off by a few
 * units, doubled four times.
 */
export function atanFixed(x: Fixed): Fixed {
  let t = x
  for (let i = 0; i < 4; i++) t = (t << BITS) / (ONE + rootOf(ONE + times(t, t)))
  const z = times(t, t)
  let sum = 0n
  let power = t
  for (let j = 0n; power !== 0n && power !== -1n; j++) {
    sum += (j % 2n === 0n ? power : -power) / (2n * j + 1n)
    power = times(power, z)
  }
  return sum << 4n
}

/** √ of a fixed-point number ≥ 0, rounded down. */
export function rootOf(x: Fixed): Fixed {
  return integerRoot(x << BITS)
}

/** ⌊√a⌋ by Newton's method from above, started with 50 right bits. */
export function integerRoot(a: bigint): bigint {
  if (a === 0n) return 0n
  const shift = BigInt(Math.max(0, (a.toString(16).length - 28) * 4)) & ~1n
  const top = BigInt(Math.ceil(Math.sqrt(Number(a >> shift)) * (1 + 2 ** -50)))
  let r = (top + 1n) << (shift / 2n)
  for (;;) {
    const next = (r + a / r) >> 1n
    if (next >= r) return r
    r = next
  }
}

/** π: 16 atan 1/5 − 4 atan 1/239. */
export const piFixed: Fixed = 16n * atanFixed(ONE / 5n) - 4n * atanFixed(ONE / 239n)

/** sin and cos of |x| ≤ 2^31 by Taylor's series after exact reduction by π/2. */
export function sinCosFixed(x: Fixed): { readonly sin: Fixed; readonly cos: Fixed } {
  const quarter = piFixed / 2n
  let n = x / quarter
  let r = x - n * quarter
  if (r < 0n) {
    r += quarter
    n -= 1n
  }
  const z = times(r, r)
  let [s, c] = [0n, 0n]
  let [a, b] = [r, ONE]
  for (let j = 1n; a > 0n || b > 0n; j++) {
    const sign = j % 2n === 1n ? 1n : -1n
    s += sign * a
    c += sign * b
    b = times(b, z) / ((2n * j - 1n) * 2n * j)
    a = times(a, z) / (2n * j * (2n * j + 1n))
  }
  switch (((n % 4n) + 4n) % 4n) {
    case 0n:
      return { sin: s, cos: c }
    case 1n:
      return { sin: c, cos: -s }
    case 2n:
      return { sin: -s, cos: -c }
    default:
      return { sin: -c, cos: s }
  }
}
