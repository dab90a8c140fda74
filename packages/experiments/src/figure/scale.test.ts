import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { place, scaleOf } from './scale.js'
import { powerOfTen, ticksOf } from './ticks.js'

const linear = { label: 'x' }
const log = { label: 'x', scale: 'log' } as const
const labels = (axis: typeof linear | typeof log, values: number[], count = 5): string =>
  ticksOf(scaleOf(axis, values), count)
    .map(({ label }) => label)
    .join(' ')

describe('scaleOf', () => {
  it('holds the values between round ends', () => {
    expect(scaleOf(linear, [0.13, 0.87]).domain).toEqual([0.1, 0.9])
    expect(scaleOf(linear, [0.1 + 0.2, 3]).domain).toEqual([0.2, 3])
    expect(scaleOf(linear, [-7, 1003]).domain).toEqual([-100, 1100])
    expect(scaleOf(log, [3, 41]).domain).toEqual([2, 50])
    expect(scaleOf(log, [3e-9, 0.4]).domain).toEqual([1e-9, 1])
    expect(scaleOf(linear, [0.13, 0.87], { tight: true }).domain).toEqual([0.13, 0.87])
  })

  it('has an answer for no values, one value, and values it cannot show', () => {
    expect(scaleOf(linear, []).domain).toEqual([0, 1])
    expect(scaleOf(log, [null, 0, -1]).domain).toEqual([1, 10])
    expect(scaleOf(linear, [5]).domain).toEqual([2.5, 7.5])
    expect(scaleOf(linear, [0]).domain).toEqual([-1, 1])
    expect(scaleOf(log, [10]).domain).toEqual([5, 20])
  })

  it('keeps the domain it is given, if there is one', () => {
    expect(scaleOf({ ...log, domain: [2, 3] }, [1, 100]).domain).toEqual([2, 3])
    expect(() => scaleOf({ ...log, domain: [0, 3] }, [])).toThrow('got [0, 3]')
    expect(() => scaleOf({ ...linear, domain: [1, 1] }, [])).toThrow('got [1, 1]')
  })

  it('holds every value, and has two to a dozen ticks in it with different labels', () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })
    const positive = fc.double({ noNaN: true, min: 1e-30, max: 1e30 })
    for (const [axis, arbitrary] of [
      [linear, value],
      [log, positive],
    ] as const) {
      fc.assert(
        fc.property(fc.array(arbitrary, { minLength: 1 }), (values) => {
          const span = Math.max(...values) - Math.min(...values)
          // closer together than the digits of an axis
          fc.pre(span === 0 || span > 1e-9 * Math.max(...values.map(Math.abs)))
          const scale = scaleOf(axis, values)
          for (const v of values) {
            expect(place(scale, v)).toBeGreaterThanOrEqual(-1e-6)
            expect(place(scale, v)).toBeLessThanOrEqual(1 + 1e-6)
          }
          const ticks = ticksOf(scale, 6)
          expect(ticks.length).toBeGreaterThanOrEqual(2)
          expect(ticks.length).toBeLessThanOrEqual(12)
          expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length)
        }),
      )
    }
  })
})

describe('ticksOf', () => {
  it('writes linear ticks with the digits of their step and a true minus', () => {
    expect(labels(linear, [-1.5, 1.5])).toBe('−1.5 −1.0 −0.5 0.0 0.5 1.0 1.5')
    expect(labels(linear, [0, 0.05])).toBe('0.00 0.01 0.02 0.03 0.04 0.05')
    expect(labels(linear, [1000, 4000], 4)).toBe('1,000 2,000 3,000 4,000')
    expect(labels(linear, [0, 400_000], 4)).toBe('0 10⁵ 2·10⁵ 3·10⁵ 4·10⁵')
    expect(labels(linear, [0, 2e-5], 4)).toBe('0 0.5·10⁻⁵ 1.0·10⁻⁵ 1.5·10⁻⁵ 2.0·10⁻⁵')
  })

  it('writes log ticks at powers of ten', () => {
    expect(labels(log, [1e-10, 1], 6)).toBe('10⁻¹⁰ 10⁻⁸ 10⁻⁶ 10⁻⁴ 10⁻² 1')
    expect(labels(log, [1, 1000], 6)).toBe('1 10 100 1,000')
    expect(labels(log, [0.01, 10], 6)).toBe('0.01 0.1 1 10')
    // few as they may be, two are left
    expect(labels(log, [1e-18, 100], 2)).toBe('10⁻¹⁰ 1')
    expect(labels(log, [1e-4, 1e-2], 1)).toBe('10⁻⁴ 10⁻²')
    expect(labels(log, [900, 200_000], 6)).toBe('10³ 10⁴ 10⁵')
  })

  it('writes 1, 2, 5 or 1, 3 times powers of ten in few decades', () => {
    expect(labels(log, [1, 50], 8)).toBe('1 2 5 10 20 50')
    expect(labels(log, [1, 50], 5)).toBe('1 3 10 30')
    expect(labels(log, [1e-7, 1e-6], 8)).toBe('10⁻⁷ 2·10⁻⁷ 5·10⁻⁷ 10⁻⁶')
    expect(labels(log, [10, 20], 5)).toBe('10 12 14 16 18 20')
  })

  it('writes whole numbers only where the axis counts', () => {
    const whole = (axis: typeof linear | typeof log, values: number[], count = 10): string =>
      ticksOf(scaleOf(axis, values, { whole: true }), count)
        .map(({ label }) => label)
        .join(' ')
    expect(labels(linear, [1, 4], 6)).toBe('1.0 1.5 2.0 2.5 3.0 3.5 4.0')
    expect(whole(linear, [1, 4])).toBe('1 2 3 4')
    expect(whole(linear, [5])).toBe('3 4 5 6 7')
    expect(whole(linear, [0, 1000], 4)).toBe('0 200 400 600 800 1,000')
    expect(whole(log, [1, 2])).toBe('1 2')
    expect(whole({ ...log, domain: [0.5, 20] } as typeof log, [1, 20])).toBe('1 2 5 10 20')
  })
  it('knows its powers', () => {
    expect([0, 1, 2, -13].map(powerOfTen)).toEqual(['1', '10', '10²', '10⁻¹³'])
  })
})
