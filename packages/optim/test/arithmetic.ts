import * as iv from '@nonconvex/tensor/interval'

/**
 * Numbers of some kind: one formula below serves as float64 objective, as interval objective and as
 * its check.
 */
export interface Arithmetic<T> {
  readonly from: (x: number) => T
  readonly add: (x: T, y: T) => T
  readonly sub: (x: T, y: T) => T
  readonly mul: (x: T, y: T) => T
  readonly div: (x: T, y: T) => T
  readonly sqrt: (x: T) => T
  /** the angle of (x, y), y ≥ 0, in [0, π] */
  readonly angle: (y: T, x: T) => T
  readonly pi: T
}

export const float64: Arithmetic<number> = {
  from: (x) => x,
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  sqrt: (x) => Math.sqrt(Math.max(0, x)),
  angle: Math.atan2,
  pi: Math.PI,
}

export const intervals: Arithmetic<iv.Interval> = {
  from: (x) => iv.interval(x),
  add: iv.add,
  sub: iv.sub,
  mul: iv.mul,
  div: iv.div,
  sqrt: iv.sqrt,
  angle: iv.atan2,
  pi: iv.PI,
}

/**
 * 60 digits: integers over 2^200, errors of some units in the last place. Own routines for root and
 * angle.
 */
const BITS = 200n
const ONE = 1n << BITS

export const digits60: Arithmetic<bigint> = {
  // exact for every float64 number of size 2^-147 or more
  from: (x) =>
    BigInt(Math.round((x % 2 ** -40) * 2 ** 200)) +
    (BigInt(Math.round((x - (x % 2 ** -40)) * 2 ** 40)) << 160n),
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => (x * y) >> BITS,
  div: (x, y) => (x << BITS) / y,
  sqrt: (x) => root(x < 0n ? 0n : x << BITS),
  angle,
  get pi() {
    return 16n * arctangent(ONE / 5n) - 4n * arctangent(ONE / 239n)
  },
}

export const toNumber = (x: bigint): number => Number(x >> 100n) / 2 ** 100

function root(a: bigint): bigint {
  if (a === 0n) return 0n
  let r = 1n << BigInt((a.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (r + a / r) >> 1n
    if (next >= r) return r
    r = next
  }
}

/** By halving four times, and the series. */
function arctangent(x: bigint): bigint {
  let t = x
  for (let i = 0; i < 4; i++) t = (t << BITS) / (ONE + root((ONE + ((t * t) >> BITS)) << BITS))
  const square = (t * t) >> BITS
  let sum = 0n
  let power = t
  for (let j = 1n; power / j !== 0n; j += 2n) {
    sum += j % 4n === 1n ? power / j : -(power / j)
    power = (power * square) >> BITS
  }
  return sum << 4n
}

function angle(y: bigint, x: bigint): bigint {
  const half = digits60.pi / 2n
  if (x === 0n) return half
  const size = x < 0n ? -x : x
  const a = y <= size ? arctangent((y << BITS) / size) : half - arctangent((size << BITS) / y)
  return x > 0n ? a : 2n * half - a
}
