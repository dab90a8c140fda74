import { describe, expect, it } from 'vitest'
import { type Interval, box } from '@nonconvex/tensor/interval'
import { stream } from '@nonconvex/tensor'
import { encloses, exactly, ONE, over, PI, sinCos, SLACK, times } from '../../test/digits.js'
import {
  derivatives,
  isDefiniteAbove,
  length,
  populationGradient,
  populationLoss,
} from '../../test/population.js'
import { noOverlapIntervals, proveCriticalPoints, type CriticalPointProofs } from '../index.js'

const draws = stream(22).child('critical-point-digits')
const digits = (v: ArrayLike<number>): bigint[] => Array.from(v, exactly)
const shapeOf = (k: number, m: number) => ({ k, stride: m })
const scaled = (v: readonly bigint[], by: bigint): bigint[] => v.map((x) => times(x, by))
const small = (x: bigint): boolean => x <= SLACK && x >= -SLACK

describe('the interval functions of the loss without overlap, in 78 digits', () => {
  it.each([
    [1, 2],
    [2, 1],
    [2, 5],
    [3, 3],
    [4, 2],
  ])('hold gradient and Hessian at m = %i, k = %i, at a point and in a cube', (m, k) => {
    const [w, t] = [0, 1].map(() => draws.normalInto(new Float64Array(m)))
    const objective = noOverlapIntervals(t, k)
    for (const radius of [0, 2 ** -6]) {
      const v = w.map((x, i) => x + (i % 2 === 0 ? radius : -radius))
      const truth = derivatives(digits(v), digits(t), shapeOf(k, m))
      objective
        .gradient(box(w, radius))
        .forEach((x, i) => expect([i, encloses(x, truth.gradient[i])]).toEqual([i, true]))
      objective
        .hessian(box(w, radius))
        .data.forEach((x, i) => expect([i, encloses(x, truth.hessian[i])]).toEqual([i, true]))
    }
  })
  it('hold the gradient at 100 points', () => {
    for (let i = 0; i < 100; i++) {
      const k = 2 + (i % 2)
      const [w, t] = [0, 1].map(() => draws.normalInto(new Float64Array(2)))
      const truth = populationGradient(digits(w), digits(t), shapeOf(k, 2))
      const found = noOverlapIntervals(t, k).gradient(box(w))
      expect(found.map((x, j) => encloses(x, truth[j]))).toEqual([true, true])
    }
  })
  it('hold them on the line of the teacher, on both sides', () => {
    for (const fraction of [-0.5, 1, 2]) {
      const t = [1, 0.5]
      const w = t.map((x) => fraction * x)
      const truth = derivatives(digits(w), digits(t), shapeOf(3, 2))
      const objective = noOverlapIntervals(t, 3)
      expect(objective.gradient(box(w)).every((x, i) => encloses(x, truth.gradient[i]))).toBe(true)
      const { data } = objective.hessian(box(w))
      expect(data.every((x, i) => encloses(x, truth.hessian[i]))).toBe(true)
    }
  })
})

/** What of the proofs is not so in 78 digits. */
function refuted(found: CriticalPointProofs, wStar: readonly number[], k: number): string[] {
  const { origin, minimum, saddle, others } = found
  const m = wStar.length
  const star = digits(wStar)
  const shape = shapeOf(k, m)
  const R = length(star)
  const [a, b] = [ONE / BigInt(k), over(BigInt(k - 1) * ONE, BigInt(k) * PI)]
  const c = a + b
  const alpha = over(b, c)
  const loss = (w: readonly bigint[]): bigint => populationLoss(w, star, shape)
  // a unit vector across the teacher, in the first two coordinates
  const plane = length(star.slice(0, 2))
  const normal = star.map((_, i) => (i > 1 ? 0n : over(i === 0 ? -star[1] : star[0], plane)))
  const hat = star.map((x) => over(x, R))
  const turned = (size: bigint, theta: bigint): bigint[] => {
    const { sin, cos } = sinCos(theta)
    return hat.map((x, i) => times(size, times(cos, x) + times(sin, normal[i])))
  }
  const point = scaled(star, -alpha)
  const height = loss(point)
  const { gradient, hessian } = derivatives(point, star, shape)
  const along = hessian.reduce(
    (sum, x, i) => sum + times(times(x, hat[Math.floor(i / m)]), hat[i % m]),
    0n,
  )
  /** (ℓ(−αw*) − ℓ)/φ³ on the sphere */
  const fall = (phi: bigint): bigint =>
    over(height - loss(turned(times(alpha, R), PI - phi)), times(phi, times(phi, phi)))
  const slope = (theta: bigint): bigint => {
    const step = ONE >> 400n
    return (loss(turned(step, theta)) - loss(star.map(() => 0n))) << 400n
  }
  const slopes = [0n, PI, PI / 3n, PI / 2n, (3n * PI) / 4n].map(slope)
  const atStar = derivatives(star, star, shape)
  const isMinimum = minimum.status === 'certified'
  // on the ball in which w* is alone, in directions of the plane and of the last coordinate
  const ball = isMinimum ? [exactly(minimum.radius), exactly(minimum.convexity)] : [0n, 0n]
  const sides = [hat, normal, hat.map((_, i) => (i === m - 1 ? ONE : 0n))]
  const around = sides.flatMap((u) =>
    [ball[0], -ball[0]].map((by) => star.map((x, i) => x + times(by, u[i]))),
  )
  const { lo, hi } = minimum.smallestEigenvalue
  const checks: readonly [string, boolean][] = [
    ['slopes', slopes.every((x) => encloses(origin.slopes, x))],
    ['the slope towards w* is −cR', small(slopes[0] + times(c, R))],
    ['the slope opposite to w* is −bR', small(slopes[1] + times(b, R))],
    ['w* is certified', isMinimum],
    ['‖∇ℓ(w*)‖', length(atStar.gradient) <= exactly(minimum.gradientBound) + SLACK],
    ['λ_min(w*) from below', isDefiniteAbove(atStar.hessian, exactly(lo) - SLACK)],
    ['λ_min(w*) from above', !isDefiniteAbove(atStar.hessian, exactly(hi) + SLACK)],
    [
      '‖∇ℓ(w*)‖ < μρ',
      isMinimum &&
        length(atStar.gradient) < times(exactly(minimum.convexity), exactly(minimum.radius)),
    ],
    [
      'curvature on the ball',
      around.every((w) => isDefiniteAbove(derivatives(w, star, shape).hessian, ball[1])),
    ],
    ['α', encloses(saddle.alpha, alpha)],
    ['ℓ(−αw*)', encloses(saddle.loss, height)],
    ['∇ℓ(−αw*) = 0', small(length(gradient))],
    [
      '0 is the least eigenvalue',
      isDefiniteAbove(hessian, -2n * SLACK) && !isDefiniteAbove(hessian, 2n * SLACK),
    ],
    ['across', encloses(saddle.across, 0n)],
    ['c', small(along - c) && encloses(saddle.along, along) && encloses(others.along, along)],
    ['fall', [1, 0.7, 1e-3, 1e-9].every((phi) => encloses(saddle.fall, fall(exactly(phi))))],
    // what is left at 2^-140 is of the order 2^-280
    ['the limit of the fall', encloses(saddle.coefficient, fall(ONE >> 140n))],
  ]
  return checks.filter(([, holds]) => !holds).map(([name]) => name)
}

const problems = [
  [[1, 0], 2],
  [[1, 0.5, -0.25], 3],
  [[1e-3, 2e-3], 10],
] as const

describe('the proofs of the three points, in 78 digits', () => {
  it.each(problems)('have only true numbers for w* = %j, k = %i', (wStar, k) => {
    expect(refuted(proveCriticalPoints(wStar, k), wStar, k)).toEqual([])
  })
  it('is refuted with any enclosure beside the truth', () => {
    const [wStar, k] = problems[1]
    const found = proveCriticalPoints(wStar, k)
    /** the enclosure of a wider interval's upper half, or of the next numbers */
    const beside = ({ lo, hi }: Interval): Interval => ({ lo: hi + (hi - lo) / 8, hi: hi + 1 })
    const saddle = (name: 'alpha' | 'loss' | 'across' | 'along' | 'coefficient' | 'fall') => ({
      saddle: { ...found.saddle, [name]: beside(found.saddle[name]) },
    })
    const wrong: readonly [Partial<CriticalPointProofs>, string][] = [
      [{ origin: { ...found.origin, slopes: beside(found.origin.slopes) } }, 'slopes'],
      [
        { minimum: { ...found.minimum, smallestEigenvalue: { lo: 0.334, hi: 1 } } },
        'λ_min(w*) from below',
      ],
      [
        { minimum: { ...found.minimum, smallestEigenvalue: { lo: 0, hi: 0.333 } } },
        'λ_min(w*) from above',
      ],
      [
        { minimum: { ...found.minimum, convexity: 0.34 } as typeof found.minimum },
        'curvature on the ball',
      ],
      [saddle('alpha'), 'α'],
      [saddle('loss'), 'ℓ(−αw*)'],
      [saddle('across'), 'across'],
      [saddle('along'), 'c'],
      [saddle('coefficient'), 'the limit of the fall'],
      [saddle('fall'), 'fall'],
      [{ others: { ...found.others, along: beside(found.others.along) } }, 'c'],
    ]
    for (const [change, name] of wrong)
      expect(refuted({ ...found, ...change }, wStar, k)).toEqual([name])
  })
  it('have a limit of the fall that is a few steps wide', () => {
    for (const [wStar, k] of problems) {
      const { coefficient, fall } = proveCriticalPoints(wStar, k).saddle
      expect((coefficient.hi - coefficient.lo) / coefficient.lo).toBeLessThan(2e-15)
      expect(fall.hi).toBeGreaterThanOrEqual(coefficient.lo)
    }
  })
})
