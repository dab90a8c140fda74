import { describe, expect, it } from 'vitest'
import { stream } from '@nonconvex/tensor'
import {
  box,
  interval,
  mid,
  mignitude,
  type Interval,
  type IntervalVector,
} from '@nonconvex/tensor/interval'
import {
  angle,
  encloses,
  exactly,
  ONE,
  over,
  PI,
  root,
  sinCos,
  SLACK,
  times,
} from '../../test/digits.js'
import { derivatives, length } from '../../test/population.js'
import {
  coefficients,
  discRadii,
  noOverlapIntervals,
  proveCriticalPoints,
  proveNoOther,
} from '../index.js'

const product = (u: readonly bigint[], v: readonly bigint[]): bigint =>
  u.reduce((sum, x, i) => sum + times(x, v[i]), 0n)
const small = (x: bigint): boolean => x <= SLACK && x >= -SLACK

describe('the part of the gradient across w', () => {
  it('is enclosed over all angles, in 78 digits', () => {
    const { across } = proveNoOther(2)
    for (const fraction of [1e-30, 1e-9, 0.01, 0.03125, 0.1, 0.3, 0.5, 0.7, 0.99, 1 - 1e-9]) {
      const theta = times(PI, exactly(fraction))
      const quotient = over(sinCos(theta).sin, times(PI, times(theta, PI - theta)))
      expect([fraction, encloses(across, quotient)]).toEqual([fraction, true])
    }
    // between 1/π² on the line and 4/π³ at a right angle
    expect(across.lo).toBeGreaterThan(0.95 / Math.PI ** 2)
    expect(across.hi).toBeLessThan((1.1 * 4) / (Math.PI ** 2 * Math.PI))
    const rightAngle = over(4n * ONE, times(PI, times(PI, PI)))
    expect(encloses({ lo: across.lo, hi: 0.129 }, rightAngle)).toBe(false)
  })

  it('is what the loss has, in 78 digits: τ = aR(φ/π) sin θ, and c(r − ρ) along w', () => {
    const draws = stream(23).child('no-other-point')
    for (const [m, k] of [
      [2, 2],
      [2, 5],
      [3, 3],
      [4, 2],
    ] as const) {
      const [w, t] = [0, 1].map(() => Array.from(draws.normalInto(new Float64Array(m)), exactly))
      const { gradient } = derivatives(w, t, { k, stride: m })
      const [r, R, dot] = [length(w), length(t), product(w, t)]
      const size = times(r, R)
      const area = root(times(size - dot, size + dot))
      const [sine, phi] = [over(area, size), angle(area, -dot)]
      const [a, b] = [ONE / BigInt(k), over(BigInt(k - 1) * ONE, BigInt(k) * PI)]
      const radial = over(product(gradient, w), r)
      const pull = times(R, b + over(times(a, sine + times(phi, over(dot, size))), PI))
      expect(small(radial - (times(a + b, r) - pull))).toBe(true)
      const rest = gradient.map((x, i) => x - times(radial, over(w[i], r)))
      expect(small(length(rest) - over(times(times(a, R), times(phi, sine)), PI))).toBe(true)
    }
  })
})

/**
 * Where on [−2, 2] × [0, 2] the interval gradient is not shown to differ from 0 by more than
 * `least`: boxes down to a width, all of them or up to the first that is `enough`.
 */
function uncovered(
  k: number,
  least: number,
  enough: (cell: IntervalVector) => boolean = () => false,
): { readonly boxes: number; readonly left: IntervalVector[] } {
  const { gradient } = noOverlapIntervals([1, 0], k)
  const half = (x: Interval): Interval[] => [interval(x.lo, mid(x)), interval(mid(x), x.hi)]
  const open: IntervalVector[] = [[interval(-2, 2), interval(0, 2)]]
  const left: IntervalVector[] = []
  let boxes = 0
  for (let cell = open.pop(); cell; cell = open.pop()) {
    boxes++
    if (Math.max(...gradient(cell).map(mignitude)) > least) continue
    if (cell[0].hi - cell[0].lo < 1 / 64) {
      left.push(cell)
      if (enough(cell)) break
    } else for (const x of half(cell[0])) for (const y of half(cell[1])) open.push([x, y])
  }
  return { boxes, left }
}

describe('a cover of the plane by boxes', () => {
  it.each([2, 5, 10])('leaves the neighborhoods of the three points, k = %i', (k) => {
    const { alpha, a } = coefficients(k)
    const { boxes, left } = uncovered(k, 0)
    const centres = [
      [0, discRadii.origin],
      [1, discRadii.minimum],
      [-alpha, 2 * discRadii.saddle],
    ]
    const near = (cell: IntervalVector): boolean =>
      centres.some(([x, radius]) => Math.hypot(mid(cell[0]) - x, mid(cell[1])) < radius)
    expect(boxes).toBeGreaterThan(500)
    expect(left.filter((cell) => !near(cell)).map((cell) => cell.map(mid))).toEqual([])
    // nothing is shown to differ by more than it does
    const other = uncovered(k, a, (cell) => !near(cell)).left.at(-1)
    expect(other && near(other)).toBe(false)
  })
  it('leaves a point on a line where the minimum is looked for elsewhere', () => {
    const { gradient } = noOverlapIntervals([1, 0], 3)
    expect(Math.max(...gradient(box([1, 0], 1 / 128)).map(mignitude))).toBe(0)
    expect(Math.max(...gradient(box([0.9, 0.3], 1 / 128)).map(mignitude))).toBeGreaterThan(0)
  })
})

describe('the proof', () => {
  it('holds for every number of patches, and is part of that of the critical points', () => {
    for (const k of [1, 2, 10, 1e6, 2 ** 53 - 1]) {
      const found = proveNoOther(k)
      expect(found.proved).toBe(true)
      expect(found.across).toEqual(proveNoOther(2).across)
      expect(
        encloses(found.along, ONE / BigInt(k) + over(BigInt(k - 1) * ONE, BigInt(k) * PI)),
      ).toBe(true)
    }
    expect(proveCriticalPoints([3, -4, 1], 5).others).toEqual(proveNoOther(5))
  })
  it.each([0, 1.5, NaN, -3])('refuses k = %d', (k) => {
    expect(() => proveNoOther(k)).toThrow('k to be an integer ≥ 1')
  })
})
