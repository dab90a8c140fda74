import { describe, expect, it } from 'vitest'
import {
  certifyByIntervals,
  type Certified,
  type IntervalObjective,
} from '@nonconvex/optim/certify'
import { stream } from '@nonconvex/tensor'
import { box, type Interval } from '@nonconvex/tensor/interval'
import {
  encloses,
  exactly,
  ONE,
  over,
  PI,
  root,
  SLACK,
  times,
  toNumber,
} from '../../test/digits.js'
import {
  derivatives,
  isDefiniteAbove,
  length,
  populationLoss,
  type Derivatives,
} from '../../test/population.js'
import { certifyMinimum, overlapIntervals, spuriousMinimum } from './index.js'

const teacher = [-1, 1]
const digits = (v: ArrayLike<number>): bigint[] => Array.from(v, exactly)
const whole = (x: number): bigint => BigInt(x) * ONE

/** Which enclosures of an objective on a box do not hold the true numbers at a point of it. */
function missed(
  objective: IntervalObjective,
  cube: readonly Interval[],
  truth: Derivatives,
): string[] {
  const pairs: [string, Interval, bigint][] = [
    ...objective
      .gradient(cube)
      .map((x, i): [string, Interval, bigint] => [`∂${i}`, x, truth.gradient[i]]),
    ...objective
      .hessian(cube)
      .data.map((x, i): [string, Interval, bigint] => [`∂²${i}`, x, truth.hessian[i]]),
  ]
  if (objective.value) pairs.push(['value', objective.value(cube), truth.value])
  return pairs.filter(([, x, value]) => !encloses(x, value)).map(([name]) => name)
}

const draws = stream(21).child('overlap-digits')
const normals = (m: number): Float64Array => draws.normalInto(new Float64Array(m))

describe('the interval functions of the loss with overlap, in 78 digits', () => {
  it.each([
    [1, 3, 1],
    [2, 2, 1],
    [2, 4, 1],
    [2, 3, 2],
    [3, 3, 1],
    [3, 3, 2],
    [4, 2, 1],
    [4, 3, 3],
  ])('hold value, gradient and Hessian at m = %i, k = %i, stride %i', (m, k, stride) => {
    const [w, t] = [normals(m), normals(m)]
    const objective = overlapIntervals(t, { k, stride })
    const shape = { k, stride }
    expect(missed(objective, box(w), derivatives(digits(w), digits(t), shape))).toEqual([])
    // and at a point of a cube, and at a corner, where the enclosures end
    for (const fraction of [0.6, 1]) {
      const v = w.map((x, i) => x + 2 ** -5 * (i % 2 === 0 ? fraction : -fraction))
      const truth = derivatives(digits(v), digits(t), shape)
      expect(missed(objective, box(w, 2 ** -5), truth)).toEqual([])
    }
  })
  it('hold them where a shifted filter is parallel to the teacher, or nearly', () => {
    for (const gap of [0, 1e-15, 1e-9]) {
      const [w, t] = [
        [1, gap, 0],
        [0, 1, 0],
      ]
      const truth = derivatives(digits(w), digits(t), { k: 3, stride: 1 })
      expect(missed(overlapIntervals(t, { k: 3, stride: 1 }), box(w), truth)).toEqual([])
    }
  })
  it('is refuted with one step of float64 too little on one side', () => {
    const w = [0.7, -0.4]
    const objective = overlapIntervals(teacher, { k: 2, stride: 1 })
    const truth = derivatives(digits(w), digits(teacher), { k: 2, stride: 1 })
    /** [hi, hi + (hi − lo)]: beside the enclosure */
    const beside = ({ lo, hi }: Interval): Interval => ({ lo: hi, hi: hi + (hi - lo) })
    const { gradient, hessian, value } = objective
    const all = (change: Partial<IntervalObjective>): string[] =>
      missed({ ...objective, ...change }, box(w), truth)
    expect(all({ gradient: (cube) => gradient(cube).map(beside) })).toEqual(['∂0', '∂1'])
    expect(all({ value: (cube) => beside(value(cube)) })).toEqual(['value'])
    const moved = all({
      hessian: (cube) => ({ ...hessian(cube), data: hessian(cube).data.map(beside) }),
    })
    expect(moved).toEqual(['∂²0', '∂²1', '∂²2', '∂²3'])
  })
})

/** −t₀w* and the loss there, for w* = (−1, 1): t₀ = B/A with √3 and π in 300 digits. */
function minimumInDigits(k: number): { readonly w: bigint[]; readonly value: bigint } {
  const half = root(3n * ONE) / 2n
  const near = 2n * BigInt(k - 1)
  const apart = whole((k - 1) * (k - 2))
  const A = BigInt(k) * PI + near * (half - PI / 6n) + apart
  const B = near * (half + PI / 3n) + apart
  const t0 = over(B, A)
  return { w: [t0, -t0], value: over(2n * (A - times(B, t0)), 2n * BigInt(k * k) * PI) }
}

/**
 * Λ on ‖w‖ ≥ ρ for two weights at stride 1, see `hessianLipschitz`, times √2 for the norm of w* =
 * (−1, 1).
 */
function lipschitzInDigits(rho: bigint, k: number): bigint {
  const s = over(2n * ONE, root(3n * ONE))
  const [c1, c2] = [over(4n * ONE + s, 2n * PI), over(ONE + s, 2n * PI)]
  const near = 2n * BigInt(k - 1)
  const far = BigInt(k * k - k) - near
  const R = root(2n * ONE)
  const own = over((2n * c1 + 6n * c2) * near, rho)
  const cross = times(2n * c1 * (BigInt(k) + near) + over(2n * ONE, PI) * far, R)
  return (own + over(cross, times(rho, rho))) / BigInt(k * k)
}

function proofAt(k: number): Certified {
  const { t0 } = spuriousMinimum(k)
  const found = certifyMinimum([t0, -t0], teacher, { k, stride: 1, rigor: 'proof' })
  if (found.status !== 'certified') throw new Error(found.message)
  expect(found.rigor).toBe('proof')
  return found
}

/** What of a certificate is not so in 78 digits. */
function refuted(found: Certified, k: number): string[] {
  const shape = { k, stride: 1 }
  const at = digits(found.w)
  const star = digits(teacher)
  const { value, gradient, hessian } = derivatives(at, star, shape)
  const size = length(gradient)
  const minimum = minimumInDigits(k)
  const { lo, hi } = found.smallestEigenvalue
  const [radius, convexity] = [exactly(found.radius), exactly(found.convexity)]
  const distance = length(minimum.w.map((x, i) => x - at[i]))
  // on the circle, and the corners of the square that holds it
  const around = Array.from({ length: 24 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 24
    return found.w.map((x, j) => x + found.radius * (j === 0 ? Math.cos(angle) : Math.sin(angle)))
  })
  const curvatures = around.map((w) => derivatives(digits(w), star, shape))
  const checks: readonly [string, boolean][] = [
    ['‖∇ℓ‖ ≤ gradientBound', size <= exactly(found.gradientBound) + SLACK],
    ['λ_min ≥ lower end', isDefiniteAbove(hessian, exactly(lo) - SLACK)],
    ['λ_min ≤ upper end', !isDefiniteAbove(hessian, exactly(hi) + SLACK)],
    ['‖∇ℓ‖ < μρ', size < times(convexity, radius) - SLACK],
    ['curvature on the circle ≥ μ', curvatures.every((x) => isDefiniteAbove(x.hessian, convexity))],
    ['the minimum is in the ball', distance <= exactly(found.minimumWithin) + SLACK],
    ['the gradient there is 0', length(derivatives(minimum.w, star, shape).gradient) <= SLACK],
    ['value at the minimum', encloses(found.minimumValue, minimum.value)],
    ['value at w', exactly(found.minimumValue.hi) >= value - SLACK],
    ['positive', found.minimumValue.lo > 0],
    [
      'value on the circle',
      curvatures.every((x) => encloses(found.ballValue ?? { lo: NaN, hi: NaN }, x.value)),
    ],
  ]
  return checks.filter(([, holds]) => !holds).map(([name]) => name)
}

describe('the proof of the spurious minimum, in 78 digits', () => {
  it.each([2, 3, 5])('has only true numbers, k = %i', (k) => {
    expect(refuted(proofAt(k), k)).toEqual([])
  })
  it('is refuted with any of its numbers wrong', () => {
    const found = proofAt(2)
    const { lo, hi } = found.smallestEigenvalue
    const wrong: readonly [Partial<Certified>, string][] = [
      [{ gradientBound: found.gradientBound / 1000 }, '‖∇ℓ‖ ≤ gradientBound'],
      [{ smallestEigenvalue: { lo: hi, hi: hi + 1 } }, 'λ_min ≥ lower end'],
      [{ smallestEigenvalue: { lo: lo - 1, hi: lo } }, 'λ_min ≤ upper end'],
      [{ convexity: lo }, 'curvature on the circle ≥ μ'],
      [{ radius: 1e-18 }, '‖∇ℓ‖ < μρ'],
      [{ minimumWithin: 1e-18 }, 'the minimum is in the ball'],
      [{ minimumValue: { lo: found.minimumValue.hi, hi: 1 } }, 'value at the minimum'],
      [{ ballValue: found.minimumValue }, 'value on the circle'],
    ]
    for (const [change, name] of wrong) expect(refuted({ ...found, ...change }, 2)).toContain(name)
  })
  it.each([2, 3, 5, 10])(
    'is confirmed by the Lipschitz constant of the float64 certificate, k = %i',
    (k) => {
      const { t0 } = spuriousMinimum(k)
      const found = certifyMinimum([t0, -t0], teacher, { k, stride: 1 })
      if (found.status !== 'certified') throw new Error(found.message)
      const w = digits(found.w)
      const { value, gradient, hessian } = derivatives(w, digits(teacher), { k, stride: 1 })
      const ball = exactly(found.radius)
      const bend = (radius: bigint): bigint =>
        times(lipschitzInDigits(length(w) - radius, k), radius)
      // Λρ ≤ ν/2, μ ≤ ν − Λρ, ‖∇ℓ‖ ≤ G < μρ
      expect(isDefiniteAbove(hessian, 2n * bend(ball))).toBe(true)
      expect(isDefiniteAbove(hessian, 2n * bend((ball * 11n) / 10n))).toBe(false)
      expect(isDefiniteAbove(hessian, exactly(found.convexity) + bend(ball))).toBe(true)
      expect(isDefiniteAbove(hessian, exactly(found.smallestEigenvalue.lo))).toBe(true)
      expect(isDefiniteAbove(hessian, exactly(found.smallestEigenvalue.hi))).toBe(false)
      expect(length(gradient) <= exactly(found.gradientBound)).toBe(true)
      expect(length(gradient) < times(exactly(found.convexity), ball)).toBe(true)
      expect(encloses(found.minimumValue, minimumInDigits(k).value)).toBe(true)
      expect(exactly(found.minimumValue.hi) >= value).toBe(true)
      expect(found.minimumValue.lo).toBeGreaterThan(0)
    },
  )
  it('is in the closed form of the value, too', () => {
    for (const k of [2, 10]) {
      const { w, value } = minimumInDigits(k)
      const off = populationLoss(w, digits(teacher), { k, stride: 1 }) - value
      expect(off < SLACK && off > -SLACK).toBe(true)
      expect(toNumber(value) / 2).toBeCloseTo(spuriousMinimum(k).lossOverR2, 15)
    }
  })
})

it('a saddle is refused with an eigenvalue that is negative in 78 digits', () => {
  const w = [-0.067742655, -0.067742655]
  const objective = overlapIntervals([1, 1], { k: 2, stride: 1 })
  const found = certifyByIntervals(objective, w)
  expect(found.status).toBe('hessian-not-definite')
  const { hessian } = derivatives(digits(w), digits([1, 1]), { k: 2, stride: 1 })
  const { lo, hi } = found.smallestEigenvalue
  expect(isDefiniteAbove(hessian, exactly(lo) - SLACK)).toBe(true)
  expect(isDefiniteAbove(hessian, exactly(hi) + SLACK)).toBe(false)
  expect(hi).toBeLessThan(-2.24)
})
