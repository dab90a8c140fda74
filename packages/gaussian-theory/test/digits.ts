/**
 * Numbers with 1024 binary places as integers, more than 300 decimal ones, for tests: root, arcus
 * tangent, sine, cosine and π from integer operations alone. Nothing of the code under test is
 * used.
 */

const BITS = 1024n
export const ONE = 1n << BITS

/** A real number times 2^1024, rounded: off by a few units. */
export type Digits = bigint

const view = new DataView(new ArrayBuffer(8))

/** x, exactly if it is 0 or at least 2^-970 in size. */
export function exactly(x: number): Digits {
  if (!Number.isFinite(x)) throw new RangeError(`exactly: x must be finite, got ${x}`)
  view.setFloat64(0, x)
  const bits = view.getBigUint64(0)
  const exponent = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  // in units of 2^-1074
  const size = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1)
  return (x < 0 ? -size : size) >> (1074n - BITS)
}

/** The float64 number next to x, for messages and coarse comparisons. */
export const toNumber = (x: Digits): number => Number(x >> (BITS - 200n)) / 2 ** 200

/** The first `count` decimal places of a number ≥ 0, as text. */
export function decimals(x: Digits, count: number): string {
  const text = ((x * 10n ** BigInt(count)) >> BITS).toString().padStart(count + 1, '0')
  return `${text.slice(0, -count)}.${text.slice(-count)}`
}

export const times = (a: Digits, b: Digits): Digits => (a * b) >> BITS
export const over = (a: Digits, b: Digits): Digits => (a << BITS) / b
export const root = (a: Digits): Digits => integerRoot(a << BITS)

/**
 * ⌊√a⌋ by Newton's method, each step with as many places as it makes right: the cost is that of the
 * last step. With c = ⌊(bits − 1)/2⌋ the loop keeps r = ⌊√⌋ of a's leading 2d bits, or one more.
 */
export function integerRoot(a: bigint): bigint {
  if (a < 0n) throw new RangeError('integerRoot: a must be ≥ 0')
  if (a === 0n) return 0n
  const c = (bitLength(a) - 1) >> 1
  let r = 1n
  let d = 0
  for (let s = 32 - Math.clz32(c) - 1; s >= 0; s--) {
    const e = d
    d = c >> s
    r = (r << BigInt(d - e - 1)) + (a >> BigInt(2 * c - e - d + 1)) / r
  }
  return r * r > a ? r - 1n : r
}

function bitLength(a: bigint): number {
  const text = a.toString(16)
  return 4 * text.length - Math.clz32(parseInt(text[0], 16)) + 28
}

/** Halvings of the angle before the series of the arcus tangent. */
const HALVINGS = 8n

/** atan x by halving the angle and its series; off by less than 2^20 units. */
export function atan(x: Digits): Digits {
  let t = x
  for (let i = 0n; i < HALVINGS; i++) t = over(t, ONE + root(ONE + times(t, t)))
  const z = times(t, t)
  let sum = 0n
  let power = t
  for (let j = 1n; power / j !== 0n; j += 2n) {
    sum += j % 4n === 1n ? power / j : -(power / j)
    power = times(power, z)
  }
  return sum << HALVINGS
}

/** π: 16 atan 1/5 − 4 atan 1/239. */
export const PI: Digits = 16n * atan(ONE / 5n) - 4n * atan(ONE / 239n)

/** The angle of the point (x, y), y ≥ 0, in [0, π]; π/2 at the origin. In any common unit. */
export function angle(y: bigint, x: bigint): Digits {
  if (x === 0n) return PI / 2n
  const size = x < 0n ? -x : x
  const a = y <= size ? atan(over(y, size)) : PI / 2n - atan(over(size, y))
  return x > 0n ? a : PI - a
}

/** sin and cos of an angle in [−4, 4], by Taylor's series. */
export function sinCos(x: Digits): { readonly sin: Digits; readonly cos: Digits } {
  const z = times(x, x)
  let [sin, cos] = [0n, 0n]
  let [a, b] = [x, ONE]
  for (let j = 1n; (a !== 0n && a !== -1n) || (b !== 0n && b !== -1n); j++) {
    sin += a
    cos += b
    b = -(times(b, z) / ((2n * j - 1n) * 2n * j))
    a = -(times(a, z) / (2n * j * (2n * j + 1n)))
  }
  return { sin, cos }
}

/** Numbers are trusted to within this: 2^-260, or 10^-78. */
export const SLACK = 1n << (BITS - 260n)

/**
 * Whether the number lies between the ends, up to 10^-78: some 60 digits less than one step of
 * float64.
 */
export function encloses(x: { readonly lo: number; readonly hi: number }, value: Digits): boolean {
  // false for NaN
  if (!(x.lo <= x.hi)) return false
  const above = x.lo === -Infinity || exactly(x.lo) <= value + SLACK
  const below = x.hi === Infinity || exactly(x.hi) >= value - SLACK
  return above && below
}
