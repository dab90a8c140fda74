import { describe, expect, it } from 'vitest'
import { anyNumber, ordinaryNumber } from '../../test/random-intervals.js'
import { exact, steps } from '../../test/rationals.js'
import { stream } from '../index.js'
import {
  abs,
  add,
  div,
  EMPTY,
  ENTIRE,
  interval,
  mul,
  neg,
  sqr,
  sqrt,
  sub,
  type Interval,
} from './index.js'
import { above, below } from './rounding.js'

const N = 100_000
/** float64 numbers are integers over 2^1074 */
const UNIT = 1074n

/** lo ≤ numerator/denominator ≤ hi, exactly; denominator > 0, infinite ends hold everything */
function holds({ lo, hi }: Interval, numerator: bigint, denominator: bigint): boolean {
  const low = lo === -Infinity || exact(lo) * denominator <= numerator
  const high = hi === Infinity || exact(hi) * denominator >= numerator
  return low && high
}

/** one number or two neighbors */
const tight = (x: Interval) => steps(x) <= 1

/** below this the operations see exactly on which side of the result they are */
const small = (x: number) => Math.abs(x) < 2 ** 995

/** Draws of both kinds, and a failure that names its input. */
function forPairs(name: string, check: (a: number, b: number) => boolean): void {
  const s = stream(1).child(name)
  for (let i = 0; i < N; i++) {
    const draw = i % 2 === 0 ? anyNumber : ordinaryNumber
    const [a, b] = [draw(s), draw(s)]
    if (!check(a, b)) expect.fail(`${name}: ${a}, ${b}`)
  }
}

describe('an operation on two numbers, 100,000 times against rationals', () => {
  it('encloses sums and differences between neighbors, exactly if they are float64', () => {
    forPairs('add', (a, b) => {
      const sum = exact(a) + exact(b)
      const s = add(a, b)
      const known = s.lo !== s.hi || exact(s.lo) === sum
      return holds(s, sum, 1n) && tight(s) && known && holds(sub(a, b), exact(a) - exact(b), 1n)
    })
  })

  it('encloses products between neighbors, outside [2^-968, 2^995] within four steps', () => {
    forPairs('mul', (a, b) => {
      const p = mul(a, b)
      const ordinary = Math.abs(a * b) >= 2 ** -968 && [a, b, a * b].every(small)
      return holds(p, exact(a) * exact(b), 1n << UNIT) && (ordinary ? tight(p) : steps(p) <= 4)
    })
  })

  it('encloses quotients between neighbors, outside [2^-968, 2^995] within four steps', () => {
    forPairs('div', (a, b) => {
      const q = div(a, b)
      const [n, d] = [exact(a) << UNIT, exact(b)]
      const sizes = [a, a / b].map(Math.abs)
      const ordinary = sizes.every((x) => x >= 2 ** -968) && [a, b, a / b].every(small)
      return (d > 0n ? holds(q, n, d) : holds(q, -n, -d)) && (ordinary ? tight(q) : steps(q) <= 4)
    })
  })

  it('encloses roots between neighbors at every size', () => {
    forPairs('sqrt', (a) => {
      const x = Math.abs(a)
      const { lo, hi } = sqrt(x)
      const square = exact(x) << UNIT
      return exact(lo) ** 2n <= square && exact(hi) ** 2n >= square && tight({ lo, hi })
    })
  })

  it('encloses squares', () => {
    forPairs('sqr', (a) => holds(sqr(a), exact(a) ** 2n, 1n << UNIT))
  })
})

describe('an operation on two intervals', () => {
  it('holds the results at the ends and inside, and is no wider than they are', () => {
    const s = stream(2)
    const random = (): Interval => {
      const [a, b] = [ordinaryNumber(s), ordinaryNumber(s)]
      return interval(Math.min(a, b), Math.max(a, b))
    }
    for (let i = 0; i < 20_000; i++) {
      const [x, y] = [random(), random()]
      const corners = [x.lo, x.hi].flatMap((a) => [y.lo, y.hi].map((b) => [a, b] as const))
      const products = corners.map(([a, b]) => mul(a, b))
      expect(mul(x, y)).toEqual({
        lo: Math.min(...products.map((p) => p.lo)),
        hi: Math.max(...products.map((p) => p.hi)),
      })
      const sums = add(x, y)
      expect(sums).toEqual({ lo: add(x.lo, y.lo).lo, hi: add(x.hi, y.hi).hi })
      expect(sub(x, y)).toEqual(add(x, neg(y)))
      if (y.lo > 0 || y.hi < 0) {
        const quotients = corners.map(([a, b]) => div(a, b))
        expect(div(x, y)).toEqual({
          lo: Math.min(...quotients.map((p) => p.lo)),
          hi: Math.max(...quotients.map((p) => p.hi)),
        })
      }
    }
  })
})

describe('special inputs', () => {
  const positive = interval(1, 2)

  it('keeps the empty set empty', () => {
    for (const result of [
      add(EMPTY, positive),
      sub(positive, EMPTY),
      mul(EMPTY, 0),
      mul(interval(-1, 1), EMPTY),
      mul(0, EMPTY),
      div(EMPTY, positive),
      div(positive, EMPTY),
      div(0, EMPTY),
      neg(EMPTY),
      abs(EMPTY),
      sqr(EMPTY),
      sqrt(EMPTY),
    ])
      expect(result).toEqual(EMPTY)
  })

  it('divides by what holds 0 as IEEE 1788 says', () => {
    expect(div(positive, 0)).toEqual(EMPTY)
    expect(div(0, 0)).toEqual(EMPTY)
    expect(div(positive, interval(-1, 1))).toEqual(ENTIRE)
    expect(div(positive, interval(0, 4))).toEqual({ lo: 0.25, hi: Infinity })
    expect(div(positive, interval(-4, 0))).toEqual({ lo: -Infinity, hi: -0.25 })
    expect(div(neg(positive), interval(0, 4))).toEqual({ lo: -Infinity, hi: -0.25 })
    expect(div(interval(-1, 1), interval(0, 4))).toEqual(ENTIRE)
    expect(div(0, interval(-1, 4))).toEqual(interval(0))
    expect(div(ENTIRE, positive)).toEqual(ENTIRE)
    expect(div(positive, interval(2, Infinity))).toEqual({ lo: 0, hi: 1 })
    expect(div(neg(positive), interval(2, Infinity))).toEqual({ lo: -1, hi: 0 })
  })

  it('takes 0 · ∞ for 0, and unbounded intervals for what they are', () => {
    expect(mul(0, ENTIRE)).toEqual(interval(0))
    expect(mul(interval(0, 1), interval(2, Infinity))).toEqual({ lo: 0, hi: Infinity })
    expect(mul(interval(-1, 1), interval(2, Infinity))).toEqual(ENTIRE)
    expect(add(ENTIRE, 1)).toEqual(ENTIRE)
    expect(sub(interval(0, Infinity), interval(0, Infinity))).toEqual(ENTIRE)
    expect(sqr(ENTIRE)).toEqual({ lo: 0, hi: Infinity })
    expect(sqrt(interval(4, Infinity))).toEqual({ lo: 2, hi: Infinity })
  })

  it('overflows to a half-line and underflows to a neighbor of 0', () => {
    expect(add(Number.MAX_VALUE, Number.MAX_VALUE)).toEqual({ lo: Number.MAX_VALUE, hi: Infinity })
    expect(mul(-1e300, 1e300)).toEqual({ lo: -Infinity, hi: -Number.MAX_VALUE })
    expect(mul(1e-300, 1e-300)).toEqual({ lo: 0, hi: Number.MIN_VALUE })
    expect(mul(1e-300, -1e-300)).toEqual({ lo: -Number.MIN_VALUE, hi: 0 })
    expect(div(1e-300, 1e300)).toEqual({ lo: 0, hi: Number.MIN_VALUE })
    expect(div(1e300, 1e-300)).toEqual({ lo: Number.MAX_VALUE, hi: Infinity })
  })

  it('drops the negative part under a root', () => {
    expect(sqrt(interval(-1, 9))).toEqual(interval(0, 3))
    expect(sqrt(interval(-2, -1))).toEqual(EMPTY)
    expect(sqrt(0)).toEqual(interval(0))
  })

  it('refuses numbers that are none', () => {
    expect(() => add(NaN, 1)).toThrow('interval: expected a number to be finite, got NaN')
    expect(() => mul(1, Infinity)).toThrow(RangeError)
    expect(() => interval(2, 1)).toThrow(RangeError)
    expect(() => interval(NaN)).toThrow(RangeError)
    expect(() => interval(Infinity)).toThrow(RangeError)
  })
})

describe('neighbors', () => {
  it('are one or two steps away', () => {
    const s = stream(3)
    for (let i = 0; i < N; i++) {
      const x = anyNumber(s)
      const far = Math.abs(x) < 2 ** -1020 ? 2 : 1
      const [down, up] = [steps({ lo: below(x), hi: x }), steps({ lo: x, hi: above(x) })]
      if (down < 1 || up < 1 || down > far || up > far) expect.fail(`${x}: ${down}, ${up}`)
    }
  })

  it('of 0 and of the infinities are the outermost numbers', () => {
    expect(below(0)).toBe(-Number.MIN_VALUE)
    expect(below(Infinity)).toBe(Number.MAX_VALUE)
    expect(below(-Number.MAX_VALUE)).toBe(-Infinity)
    expect(above(-Infinity)).toBe(-Number.MAX_VALUE)
  })
})
