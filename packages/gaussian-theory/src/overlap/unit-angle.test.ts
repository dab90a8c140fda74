import { atan2, sqrt, mul, type Interval } from '@nonconvex/tensor/interval'
import { expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import { sMinusTCos } from '../integral/s-minus-t-cos.js'
import { ShiftedPair } from './shifted-pair.js'
import { UnitAngle } from './unit-angle.js'

const ULP = 2 ** -52
const draws = stream(31).child('unit-angle')
const angle = new UnitAngle()

/** How far outside an enclosure a number lies, relative to it. */
const outside = (x: number, { lo, hi }: Interval): number =>
  Math.max(0, lo - x, x - hi) / Math.abs(lo)

/**
 * Squares of all sizes: angles near 0, near π, at 60°, 90° and 120°, where the formula changes, and
 * between.
 */
const halves = [
  ...[1e-300, 1e-30, 1e-9, 0.01, 0.3].flatMap((x): [number, number][] => [
    [x, 4 - x],
    [4 - x, x],
  ]),
  ...[1, 2, 3].flatMap((x) =>
    [-ULP, 0, ULP, 2 * ULP].map((d): [number, number] => [x * (1 + d), 4 - x]),
  ),
  ...Array.from({ length: 3000 }, (): [number, number] => {
    const small = 2 * 10 ** (-12 * draws.uniform() * draws.uniform())
    return draws.uniform() < 0.5 ? [small, 4 - small] : [4 - small, small]
  }),
]

it('is 2 atan2(√minus, √plus) to 6e-16, by Math.atan2 and by intervals, and so is its supplement', () => {
  for (const [minus, plus] of halves) {
    angle.setHalves(minus, plus)
    for (const [got, x, y] of [
      [angle.theta, minus, plus],
      [angle.phi, plus, minus],
    ]) {
      const enclosed = mul(2, atan2(sqrt(x), sqrt(y)))
      expect(outside(got, enclosed)).toBeLessThan(6e-16)
      const plain = 2 * Math.atan2(Math.sqrt(x), Math.sqrt(y))
      expect(Math.abs(got - plain) / plain).toBeLessThan(8e-16)
    }
    const sine = (2 * Math.sqrt(minus) * Math.sqrt(plus)) / (minus + plus)
    expect(Math.abs(angle.sin - sine) / sine).toBeLessThan(1e-15)
  }
})

it('is 0, π/2 and π where it should be, exactly', () => {
  angle.setHalves(0, 4)
  expect([angle.theta, angle.phi, angle.sin, angle.cos]).toEqual([0, Math.PI, 0, 1])
  angle.setHalves(4, 0)
  expect([angle.theta, angle.phi, angle.sin, angle.cos]).toEqual([Math.PI, 0, 0, -1])
  angle.setHalves(2, 2)
  expect([angle.theta, angle.phi, angle.sin, angle.cos]).toEqual([Math.PI / 2, Math.PI / 2, 1, 0])
})

it('has sin θ − θ cos θ as accurately as sMinusTCos', () => {
  for (const [minus, plus] of halves) {
    angle.setHalves(minus, plus)
    const want = sMinusTCos(Math.min(angle.theta, Math.PI))
    expect(Math.abs(angle.curve - want)).toBeLessThanOrEqual(4e-15 * want)
  }
})

it('is the angle of shifted filters: by products, and by sums where they nearly coincide or oppose', () => {
  const pair = new ShiftedPair()
  for (let i = 0; i < 3000; i++) {
    const m = 2 + draws.integer(9)
    const shift = draws.integer(m)
    const u = draws.unitVector(m)
    const v = draws.unitVector(m)
    if (i % 3 > 0) {
      // nearly the same shape, `shift` places on, or its opposite
      const x = draws.unitVector(m - shift)
      const near = 10 ** (-9 * draws.uniform())
      u.fill(0)
      v.fill(0)
      for (let t = shift; t < m; t++) {
        u[t] = x[t - shift]
        v[t - shift] = (i % 3 === 1 ? 1 : -1) * x[t - shift]
      }
      v[m - 1] += near
      const size = Math.hypot(...v)
      for (let t = 0; t < m; t++) v[t] /= size
    }
    if (shift === 0) angle.setClose(u, v, 0)
    else angle.set(u, v, shift)
    pair.set(u, v, shift)
    expect(Math.abs(angle.theta - pair.theta)).toBeLessThan(4e-15 * pair.theta)
    expect(Math.abs(angle.phi - pair.phi)).toBeLessThan(4e-15 * pair.phi)
    expect(Math.abs(angle.h - pair.h)).toBeLessThan(6e-15)
  }
})
