import { describe, expect, it } from 'vitest'
import { exact } from '../../test/rationals.js'
import { ShapeError } from '../check/errors.js'
import { angles as plainAngles, stream } from '../index.js'
import {
  angles,
  box,
  contains,
  dot,
  EMPTY,
  hull,
  interval,
  intersect,
  isBounded,
  magnitude,
  mid,
  mignitude,
  norm2,
  ENTIRE,
  PI,
} from './index.js'

describe('vectors', () => {
  it('dot and norm2 hold the exact sums', () => {
    const s = stream(1)
    for (let i = 0; i < 5000; i++) {
      const n = s.integer(8)
      const [x, y] = [s.normalInto(new Float64Array(n)), s.normalInto(new Float64Array(n))]
      const sum = (a: Float64Array, b: Float64Array): bigint =>
        a.reduce((total, value, at) => total + exact(value) * exact(b[at]), 0n)
      const product = dot(box(x), box(y))
      expect(exact(product.lo) << 1074n <= sum(x, y)).toBe(true)
      expect(exact(product.hi) << 1074n >= sum(x, y)).toBe(true)
      const size = norm2(box(x))
      expect(exact(size.lo) ** 2n <= sum(x, x)).toBe(true)
      expect(exact(size.hi) ** 2n >= sum(x, x)).toBe(true)
    }
    expect(() => dot(box([1]), box([]))).toThrow(ShapeError)
  })

  it('angles agree with float64 ones, near parallel and antiparallel too', () => {
    const s = stream(2)
    for (let i = 0; i < 2000; i++) {
      const n = 2 + s.integer(4)
      const u = s.normalInto(new Float64Array(n))
      const off = 10 ** (-16 * s.uniform())
      const sign = i % 3 === 0 ? 1 : i % 3 === 1 ? -1 : 0
      const v = u.map((x) => sign * 2 * x + off * s.normal())
      const found = angles(box(u), box(v))
      const plain = plainAngles(u, v)
      for (const name of ['theta', 'phi'] as const) {
        expect(found[name].lo).toBeLessThanOrEqual(plain[name] + 1e-15)
        expect(found[name].hi).toBeGreaterThanOrEqual(plain[name] - 1e-15)
        // the tiny angle of vectors of size 1 and off 1e-16 is all rounding
        if (off > 1e-8)
          expect(found[name].hi - found[name].lo).toBeLessThan(1e-13 / Math.min(1, off))
      }
      expect(found.cos.lo).toBeLessThanOrEqual(Math.cos(plain.theta) + 1e-15)
      expect(found.sin.hi).toBeGreaterThanOrEqual(Math.sin(plain.theta) - 1e-15)
    }
  })

  it('angles of exactly antiparallel vectors are exact where the products are', () => {
    const { theta, phi, sin, cos } = angles(box([1, -2, 3]), box([-2, 4, -6]))
    expect([phi, sin]).toEqual([interval(0), interval(0)])
    expect(cos.lo).toBe(-1)
    expect(cos.hi).toBeLessThan(-1 + 1e-15)
    expect(theta).toEqual(PI)
  })

  it('angles with a box around the zero vector say nothing', () => {
    const { theta, sin } = angles(box([0, 0], 1), box([1, 0]))
    expect(contains(theta, interval(0, 3.14))).toBe(true)
    expect(sin).toEqual(interval(0, 1))
  })
})

describe('sets', () => {
  it('hull, intersect, contains treat the empty set as a set', () => {
    const x = interval(1, 2)
    expect(hull(x, EMPTY)).toEqual(x)
    expect(hull(EMPTY, 3)).toEqual(interval(3))
    expect(intersect(x, interval(3, 4))).toEqual(EMPTY)
    expect(intersect(x, EMPTY)).toEqual(EMPTY)
    expect(contains(x, EMPTY)).toBe(true)
    expect(contains(EMPTY, x)).toBe(false)
    expect(contains(x, 1.5)).toBe(true)
    expect(contains(x, interval(1, 3))).toBe(false)
    expect([x, ENTIRE, EMPTY].map(isBounded)).toEqual([true, false, false])
  })

  it('mid, magnitude, mignitude are inside, whatever the ends', () => {
    expect([interval(1, 2), ENTIRE, interval(1, Infinity)].map(mid)).toEqual([
      1.5,
      0,
      Number.MAX_VALUE,
    ])
    expect(mid(interval(-Infinity, 1))).toBe(-Number.MAX_VALUE)
    expect(mid(interval(1e308, 1.6e308))).toBeCloseTo(1.3e308, -300)
    expect(mid(interval(0, 5e-324))).toBeGreaterThanOrEqual(0)
    expect(mid(EMPTY)).toBeNaN()
    expect([interval(-3, 2), interval(-3, -1), interval(2, 5)].map(magnitude)).toEqual([3, 3, 5])
    expect([interval(-3, 2), interval(-3, -1), interval(2, 5)].map(mignitude)).toEqual([0, 1, 2])
  })

  it('a box holds the ball, and refuses a radius that is none', () => {
    expect(box([0.1], 0.2)[0].hi).toBeGreaterThanOrEqual(0.30000000000000004)
    expect(() => box([1], -1)).toThrow('box: expected radius')
    expect(() => box([NaN])).toThrow(RangeError)
  })
})
