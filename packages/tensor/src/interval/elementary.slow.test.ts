import { describe, expect, it } from 'vitest'
import { ordinaryNumber } from '../../test/random-intervals.js'
import {
  atanFixed,
  encloses,
  fixed,
  integerRoot,
  piFixed,
  sinCosFixed,
  steps,
  type Fixed,
} from '../../test/rationals.js'
import { stream, type Stream } from '../index.js'
import { ATAN_EIGHTHS } from './atan.js'
import {
  acos,
  atan,
  atan2,
  contains,
  cos,
  EMPTY,
  ENTIRE,
  HALF_PI,
  interval,
  PI,
  sin,
  TWO_PI,
  type Interval,
} from './index.js'
import { HALF_PI_PARTS } from './pi.js'

/** Sizes from 2^-60 to 2^60, plain ones, and ones near the multiples of π/2 and π/4. */
function argument(s: Stream, most: number): number {
  const kind = s.integer(3)
  if (kind === 0) return Math.sign(s.normal()) * 2 ** (s.uniform() * (60 + Math.log2(most)) - 60)
  if (kind === 1) return 10 * s.normal()
  const near =
    Math.round((s.normal() * 2 ** (s.uniform() * Math.log2(most / 8))) / 2) * (Math.PI / 4)
  return near * (1 + s.integer(5) * 2 ** -52) + (s.integer(2) * s.normal()) / 2 ** s.integer(50)
}

/** What was found over many random numbers: all enclosed, and the widest. */
function widest(
  n: number,
  name: string,
  draw: (s: Stream) => number,
  f: (x: number) => Interval,
  truth: (x: Fixed) => Fixed,
): number {
  const s = stream(4).child(name)
  let most = 0
  for (let i = 0; i < n; i++) {
    const x = draw(s)
    const found = f(x)
    if (!encloses(found, truth(fixed(x)))) expect.fail(`${name} ${x}: ${found.lo}, ${found.hi}`)
    most = Math.max(most, steps(found))
  }
  return most
}

describe('a function of one number, against fixed-point numbers with 320 places', () => {
  const N = 100_000

  it('atan is enclosed, at most 2 steps wide', () => {
    const width = widest(N, 'atan', (s) => argument(s, 2 ** 70), atan, atanFixed)
    expect(width).toBeLessThanOrEqual(2)
  })

  it('sin is enclosed, at most 2 steps wide', () => {
    const width = widest(
      N,
      'sin',
      (s) => argument(s, 2 ** 30),
      sin,
      (x) => sinCosFixed(x).sin,
    )
    expect(width).toBeLessThanOrEqual(2)
  })

  it('cos is enclosed, at most 2 steps wide', () => {
    const width = widest(
      N,
      'cos',
      (s) => argument(s, 2 ** 30),
      cos,
      (x) => sinCosFixed(x).cos,
    )
    expect(width).toBeLessThanOrEqual(2)
  })

  it('acos is enclosed, at most 6 steps wide', () => {
    const one = fixed(1)
    const truth = (x: Fixed): Fixed => {
      if (x === one) return 0n
      // acos x = π/2 − asin x, asin x = atan(x/√(1 − x²)), with the root of a square of 640 places
      const square = one * one - x * x
      const root = integerRoot(square)
      return piFixed / 2n - atanFixed((x * one) / root)
    }
    const draw = (s: Stream): number =>
      s.integer(2) === 0
        ? 2 * s.uniform() - 1
        : Math.sign(s.normal()) * (1 - 2 ** (-50 * s.uniform()))
    expect(widest(20_000, 'acos', draw, acos, truth)).toBeLessThanOrEqual(6)
  })
})

describe('constants', () => {
  it('π is enclosed between neighbors', () => {
    expect(encloses(PI, piFixed)).toBe(true)
    expect(encloses(HALF_PI, piFixed / 2n)).toBe(true)
    expect(encloses(TWO_PI, 2n * piFixed)).toBe(true)
    expect([PI, HALF_PI, TWO_PI].map(steps)).toEqual([1, 1, 1])
  })

  it('the parts of π/2 and the table of arctangents are as exact as they say', () => {
    const parts = HALF_PI_PARTS.reduce((sum, p) => sum + fixed(p), 0n)
    expect(Math.abs(Number(piFixed / 2n - parts)) / 2 ** 320).toBeLessThan(2 ** -163)
    ATAN_EIGHTHS.forEach(({ hi, lo }, i) => {
      const error = Number(atanFixed(fixed(i / 8)) - fixed(hi) - fixed(lo)) / 2 ** 320
      expect(Math.abs(error)).toBeLessThanOrEqual(hi * 2 ** -107)
    })
  })
})

describe('tiny arguments', () => {
  it('have ends on both sides of what the series says', () => {
    for (const x of [1e-300, 5e-324, 1e-20, 2 ** -27]) {
      expect(sin(x).hi).toBe(x)
      expect(sin(x).lo).toBeLessThan(x)
      expect(atan(x).hi).toBe(x)
      expect(atan(x).lo).toBeLessThan(x)
      expect(steps(sin(x))).toBeLessThanOrEqual(2)
      expect(sin(-x)).toEqual({ lo: -x, hi: 0 - sin(x).lo })
      expect(atan(-x)).toEqual({ lo: -x, hi: 0 - atan(x).lo })
      expect(cos(x)).toEqual({ lo: 1 - 2 ** -53, hi: 1 })
    }
    expect([sin(0), cos(0), atan(0)]).toEqual([interval(0), interval(1), interval(0)])
  })
})

describe('intervals', () => {
  it('sin and cos hold their values inside, and reach ±1 exactly where they should', () => {
    const s = stream(5)
    for (let i = 0; i < 20_000; i++) {
      const lo = 20 * s.normal()
      const x = interval(lo, lo + 8 * s.uniform() ** 3)
      for (const f of [sin, cos]) {
        const y = f(x)
        for (let j = 0; j <= 8; j++) {
          const inside = Math.min(x.hi, x.lo + ((x.hi - x.lo) * j) / 8)
          if (!contains(y, f(inside))) expect.fail(`${x.lo}, ${x.hi}: ${inside}`)
        }
        // between multiples of π/2 that are not extremes of f there is no 1 and no −1
        const phase = f === sin ? 0.5 : 0
        const extremes = Math.floor(x.hi / Math.PI - phase) - Math.floor(x.lo / Math.PI - phase)
        expect(y.lo === -1 || y.hi === 1).toBe(extremes > 0)
      }
    }
  })

  it('wide, unbounded and huge arguments give [−1, 1]', () => {
    const all = interval(-1, 1)
    for (const x of [
      ENTIRE,
      interval(0, 7),
      interval(1e300),
      interval(2 ** 30 + 1),
      interval(0, 1e20),
    ]) {
      expect(sin(x)).toEqual(all)
      expect(cos(x)).toEqual(all)
    }
    expect(sin(1e9)).not.toEqual(all)
  })

  it('atan of everything is [−π/2, π/2], with a maximum just below', () => {
    expect(atan(ENTIRE)).toEqual({ lo: -HALF_PI.hi, hi: HALF_PI.hi })
    expect(atan(1e300)).toEqual(HALF_PI)
    expect(atan(-1e300)).toEqual({ lo: -HALF_PI.hi, hi: -HALF_PI.lo })
  })

  it('acos takes what lies in [−1, 1]', () => {
    expect(acos(interval(-5, 5))).toEqual({ lo: 0, hi: PI.hi })
    expect(acos(interval(1, 2))).toEqual(interval(0))
    expect(acos(-1)).toEqual(PI)
    expect(acos(interval(2, 3))).toEqual(EMPTY)
  })

  it('the empty set stays empty', () => {
    for (const f of [sin, cos, atan, acos]) expect(f(EMPTY)).toEqual(EMPTY)
    expect(atan2(EMPTY, 1)).toEqual(EMPTY)
    expect(atan2(1, EMPTY)).toEqual(EMPTY)
  })
})

describe('atan2', () => {
  it('holds the angle of every point of a box', () => {
    const s = stream(6)
    const side = (): Interval => {
      const lo = ordinaryNumber(s) % 4
      return interval(lo, lo + s.uniform() ** 2)
    }
    for (let i = 0; i < 50_000; i++) {
      const [y, x] = [side(), side()]
      const box = atan2(y, x)
      const [b, a] = [y.lo + s.uniform() * (y.hi - y.lo), x.lo + s.uniform() * (x.hi - x.lo)]
      const inside = contains(y, b) && contains(x, a)
      // Math.atan2 is good to a few steps: enough to see that the box is not misplaced
      const angle = Math.atan2(b, a)
      if (inside && !(box.lo <= angle + 1e-15 && angle - 1e-15 <= box.hi))
        expect.fail(`${y.lo} ${y.hi} ${x.lo} ${x.hi}: ${angle}`)
      const point = atan2(b, a)
      if (b !== 0 && !(steps(point) <= 4 && Math.abs(point.lo - angle) < 1e-15))
        expect.fail(`${b}, ${a}: ${point.lo}, ${point.hi}`)
    }
  })

  it('is defined on the axes, at the origin, across the cut and at infinity', () => {
    expect(atan2(0, 1)).toEqual(interval(0))
    expect(atan2(0, -1)).toEqual(PI)
    expect(atan2(1, 0)).toEqual(HALF_PI)
    expect(atan2(-1, 0)).toEqual({ lo: -HALF_PI.hi, hi: -HALF_PI.lo })
    expect(atan2(interval(-1, 1), -1)).toEqual({ lo: -PI.hi, hi: PI.hi })
    expect(atan2(interval(-1, 0), -1)).toEqual({ lo: -PI.hi, hi: PI.hi })
    expect(atan2(interval(0, 1), interval(-1, 1))).toEqual({ lo: 0, hi: PI.hi })
    expect(atan2(interval(-1, 1), interval(1, 2)).hi).toBe(atan(1).hi)
    expect(atan2(interval(0, 1), interval(-2, -1)).lo).toBeLessThanOrEqual((3 * Math.PI) / 4)
    expect(contains(HALF_PI, atan2(interval(1, Infinity), 0))).toBe(true)
    expect(atan2(interval(0, Infinity), interval(1, Infinity))).toEqual({ lo: 0, hi: HALF_PI.hi })
  })
})
