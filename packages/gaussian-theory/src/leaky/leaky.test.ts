import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { norm2, ShapeError, stream, type Vec } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import { differences, jacobian, largestDifference } from '../../test/differences.js'
import {
  arcCosineLoss,
  leakyEscape,
  leakyRises,
  leakySaddle,
  leakyAntiparallel,
  leakyDescent,
  leakyEscapePerDecade,
  leakyGradient,
  leakyHessian,
  leakyLoss,
  leakyOneSided,
  leakySmoothness,
  leakyThreshold,
} from './index.js'
import { coefficients, noOverlapGradient, noOverlapLoss, type PointEvidence } from '../index.js'

const w = [0.3, -0.7, 0.2]
const wStar = [1, 0.5, -0.25]
const draws = stream(41)
const normals = (n: number): Float64Array => draws.normalInto(new Float64Array(n))
const relative = (got: number, want: number): number => Math.abs(got - want) / Math.abs(want)

function evidence(at: Vec, teacher: Vec, k: number, slope: number): PointEvidence {
  return {
    gradientNorm: norm2(leakyGradient(at, teacher, k, slope)),
    loss: leakyLoss(at, teacher, k, slope),
    eigenvalues: [...eigenSymmetric(leakyHessian(at, teacher, k, slope)).values],
  }
}

describe('reference values', () => {
  it('are met by the loss', () => {
    expect(relative(leakyLoss(w, wStar, 3, 0.1), 0.278495686454747)).toBeLessThan(1e-12)
  })
  it.each([
    [2, 0.122539318752229],
    [4, 0.26085553085857],
    [10, 0.44353911489493],
  ])('are met by the threshold at k = %i', (k, want) => {
    expect(relative(leakyThreshold(k), want)).toBeLessThan(1e-12)
  })
  it.each([
    [10, 0.05, 0.692723358913, -0.0144357770982, 0.358797205053],
    [4, 0.1, 0.321556078938, -0.155493872687, 0.445873255857],
  ])('are met by the critical point at k = %i, λ = %d', (k, slope, r, transverse, radial) => {
    const point = leakyAntiparallel(1, k, slope)
    expect(relative(point?.r ?? NaN, r)).toBeLessThan(2e-12)
    expect(relative(point?.transverse ?? NaN, transverse)).toBeLessThan(2e-11)
    expect(relative(point?.radial ?? NaN, radial)).toBeLessThan(2e-12)
  })
  it('have no critical point at k = 2, λ = 0.2', () => {
    expect(leakyAntiparallel(1, 2, 0.2)).toBeNull()
  })
})

describe('the leaky loss', () => {
  it('has right derivatives for every slope', () => {
    for (const slope of [-1, -0.3, 0, 0.1, 0.7, 1])
      for (const k of [1, 3, 50]) {
        const [v, t] = [normals(4), normals(4)]
        const slopes = differences((at) => leakyLoss(at, t, k, slope), v)
        expect(largestDifference(slopes, leakyGradient(v, t, k, slope))).toBeLessThan(1e-7)
        const bend = jacobian((at) => leakyGradient(at, t, k, slope), v)
        expect(largestDifference(bend, leakyHessian(v, t, k, slope).data)).toBeLessThan(1e-6)
      }
  })
  it('is ReLU at 0, linear at 1, even at −1', () => {
    expect(leakyLoss(w, wStar, 3, 0)).toBe(noOverlapLoss(w, wStar, 3))
    expect(leakyGradient(w, wStar, 3, 0)).toEqual(noOverlapGradient(w, wStar, 3))
    const square = norm2(w.map((x, i) => x - wStar[i])) ** 2
    expect(leakyLoss(w, wStar, 3, 1)).toBeCloseTo(square / 3, 15)
    const back = wStar.map((x) => -x)
    expect(Math.abs(leakyLoss(back, wStar, 3, -1))).toBeLessThan(1e-15)
    const there = leakyLoss(w, wStar, 3, -1)
    const mirrored = leakyLoss(
      w.map((x) => -x),
      wStar,
      3,
      -1,
    )
    expect(mirrored).toBeCloseTo(there, 14)
  })
  it('is 0 with gradient 0 at the teacher, and has no gradient at 0 unless it is linear', () => {
    expect(leakyLoss(wStar, wStar, 3, 0.1)).toBe(0)
    expect(norm2(leakyGradient(wStar, wStar, 3, 0.1))).toBeLessThan(1e-16)
    expect(() => leakyGradient([0, 0, 0], wStar, 3, 0.1)).toThrow('not to be zero')
    expect([...leakyGradient([0, 0, 0], wStar, 2, 1)]).toEqual(wStar.map((x) => -x))
  })
  it('has slopes at the origin as it is left', () => {
    for (const slope of [0, 0.05, 0.3, 1]) {
      const e = draws.unitVector(3)
      const step = 1e-7
      const along = e.map((x) => step * x)
      const zero = leakyLoss([0, 0, 0], wStar, 4, slope)
      const measured = (leakyLoss(along, wStar, 4, slope) - zero) / step
      expect(Math.abs(measured - leakyOneSided(e, wStar, 4, slope))).toBeLessThan(1e-5)
    }
  })
  it.each([
    [1.5, 'slope in [-1, 1], got 1.5'],
    [NaN, 'got NaN'],
  ])('refuses slope %d', (slope, message) => {
    for (const f of [leakyLoss, leakyGradient, leakyHessian, leakyOneSided])
      expect(() => f(w, wStar, 3, slope)).toThrow(message)
    expect(() => leakySmoothness(3, slope)).toThrow(message)
    expect(() => leakyAntiparallel(1, 3, slope)).toThrow(RangeError)
  })
  it('refuses other lengths and k', () => {
    expect(() => leakyLoss([1], wStar, 3, 0.1)).toThrow(ShapeError)
    expect(() => leakyLoss(w, wStar, 0, 0.1)).toThrow('k to be an integer ≥ 1')
    expect(() => leakyThreshold(0)).toThrow('k to be an integer ≥ 1')
    expect(() => leakyAntiparallel(-1, 3, 0.1)).toThrow('R to be finite and ≥ 0')
    expect(() => leakyAntiparallel(1, 3, -0.1)).toThrow('slope in [0, 1]')
  })
})

describe('the point opposite to the teacher', () => {
  it('is a strict saddle for every leak below the threshold', () => {
    for (const k of [2, 4, 10])
      for (const fraction of [0.01, 0.3, 0.9]) {
        const slope = fraction * leakyThreshold(k)
        const point = leakyAntiparallel(2, k, slope)
        const r = point?.r ?? NaN
        const found = evidence([-r, 0, 0], [2, 0, 0], k, slope)
        const verdict = verdictOn(leakySaddle, { k, m: 3, R: 2, slope, found })
        expect(verdict.status).toBe('holds')
        expect(Math.abs(found.eigenvalues[2] - (point?.radial ?? NaN))).toBeLessThan(1e-12)
      }
  })
  it('is −αw*, degenerate, without a leak', () => {
    const point = leakyAntiparallel(2, 5, 0)
    expect(point?.r).toBeCloseTo(2 * coefficients(5).alpha, 15)
    expect(point?.transverse).toBe(0)
  })
  it('is gone from the threshold on, and with it the maximum at 0', () => {
    for (const k of [2, 4, 10]) {
      const threshold = leakyThreshold(k)
      expect(leakyAntiparallel(1, k, threshold + 1e-12)).toBeNull()
      expect(leakyAntiparallel(1, k, threshold - 1e-9)).not.toBeNull()
      for (const slope of [threshold + 1e-9, 0.9, 1]) {
        let flattest = leakyOneSided([-1, 0], [1, 0], k, slope)
        for (let r = 0.01; r < 2; r += 0.01)
          flattest = Math.min(flattest, -leakyGradient([-r, 0], [1, 0], k, slope)[0])
        expect(verdictOn(leakyRises, { k, m: 2, R: 1, slope, flattest, points: 200 }).status).toBe(
          'holds',
        )
      }
    }
    expect(leakyThreshold(1)).toBe(0)
    expect(leakyAntiparallel(1, 1, 0)).toBeNull()
    expect(leakyAntiparallel(0, 5, 0.1)).toBeNull()
  })
})

describe('escape', () => {
  const steps = (slope: number, k = 5): (number | undefined)[] =>
    [1e-1, 1e-2, 1e-3, 1e-4].map((phi) => {
      const w0 = [-Math.cos(phi), Math.sin(phi)]
      return leakyDescent({ w0, wStar: [1, 0], k, slope, maxSteps: 50_000 }).escaped
    })
  it('takes the steps of the table', () => {
    expect(steps(0)).toEqual([42, 404, 4007, 40009])
    expect(steps(0.01)).toEqual([32, 126, 261, 403])
    expect(steps(0.1)).toEqual([10, 21, 31, 42])
  })
  it('costs the same for each factor ten, with a leak', () => {
    for (const slope of [0.01, 0.1]) {
      const [, , third, fourth] = steps(slope)
      const at = { k: 5, m: 2, R: 1, slope }
      const eta = 1 / leakySmoothness(5, slope)
      expect(
        verdictOn(leakyEscape, { ...at, steps: [third ?? NaN, fourth ?? NaN], eta }).status,
      ).toBe('holds')
      expect(verdictOn(leakyEscape, { ...at, steps: [4007, 40009], eta }).status).toBe('violated')
    }
    expect(leakyEscapePerDecade(5, 0)).toBe(Infinity)
    expect(() => leakyEscapePerDecade(2, 0.2)).toThrow('slope below the threshold')
    expect(() => leakyEscapePerDecade(5, 0.1, 0)).toThrow('eta to be positive')
  })
  it('reaches the teacher from 200 random initializations, turning towards it at every step', () => {
    for (let i = 0; i < 200; i++) {
      const slope = [0.01, 0.1, 0.3, 0.9][i % 4]
      const m = 2 + draws.integer(5)
      const at = { w0: normals(m), wStar: normals(m), k: 1 + draws.integer(19), slope }
      const run = leakyDescent({ ...at, maxSteps: 20_000 })
      expect(run.status).toBe('converged')
      expect(run.turnedAway).toBe(0)
    }
  })
  it('stays on the ray from exactly opposite; lands on the origin for one patch', () => {
    const at = { w0: [-1, 0], wStar: [1, 0], maxSteps: 200 }
    const run = leakyDescent({ ...at, k: 4, slope: 0.1 })
    expect(run.status).toBe('max-steps')
    expect(run.escaped).toBeUndefined()
    expect(-run.w[0]).toBeCloseTo(leakyAntiparallel(1, 4, 0.1)?.r ?? NaN, 12)
    expect(leakyDescent({ ...at, k: 1, slope: 0 }).status).toBe('origin')
    // above the threshold the ray leads through the origin, to the teacher
    expect(leakyDescent({ ...at, k: 2, slope: 0.5 }).status).toBe('converged')
    // one weight: the point is a local minimum
    const one = leakyDescent({ ...at, w0: [-1], wStar: [1], k: 4, slope: 0.1 })
    expect(one.status).toBe('max-steps')
  })
  it('refuses zero initializations, teachers and steps', () => {
    const at = { w0: [1, 0], wStar: [0, 1], k: 3, slope: 0.1, maxSteps: 5 }
    expect(() => leakyDescent({ ...at, w0: [0, 0] })).toThrow('w0 not to be zero')
    expect(() => leakyDescent({ ...at, wStar: [0, 0] })).toThrow('wStar not to be zero')
    expect(() => leakyDescent({ ...at, eta: 0 })).toThrow('eta to be positive')
    expect(() => leakyDescent({ ...at, maxSteps: 0 })).toThrow('maxSteps')
    expect(() => leakyDescent({ ...at, slope: 2 })).toThrow('slope')
  })
})

describe('the other kernels', () => {
  it('is the ReLU loss at n = 1', () => {
    expect(arcCosineLoss(w, wStar, 3, 1)).toBeCloseTo(noOverlapLoss(w, wStar, 3), 14)
  })
  it.each([0, 1, 2] as const)('agrees with samples at n = %i', (n) => {
    const [k, m, count] = [3, 3, 40_000]
    const sigma = (z: number): number => (z > 0 ? z ** n : 0)
    const inputs = stream(42).child('kernel', n)
    const x = new Float64Array(m)
    let [sum, squares] = [0, 0]
    for (let j = 0; j < count; j++) {
      let off = 0
      for (let i = 0; i < k; i++) {
        inputs.normalInto(x)
        const dot = (v: readonly number[]) => v.reduce((s, y, t) => s + y * x[t], 0)
        off += (sigma(dot(w)) - sigma(dot(wStar))) / k
      }
      sum += off * off
      squares += off ** 4
    }
    const mean = sum / count
    const se = Math.sqrt((squares / count - mean * mean) / count)
    expect(Math.abs(mean - arcCosineLoss(w, wStar, k, n)) / se).toBeLessThan(4.5)
  })
  it('are 0 at the teacher, scale as they must, and refuse zero at n = 0', () => {
    for (const n of [0, 1, 2] as const) {
      expect(Math.abs(arcCosineLoss(wStar, wStar, 4, n))).toBeLessThan(1e-15)
      const twice = (v: readonly number[]) => v.map((x) => 2 * x)
      const scaled = arcCosineLoss(twice(w), twice(wStar), 4, n)
      expect(relative(scaled, 4 ** n * arcCosineLoss(w, wStar, 4, n))).toBeLessThan(1e-13)
    }
    expect(() => arcCosineLoss([0, 0], [1, 0], 2, 0)).toThrow('degree 0 needs')
    expect(arcCosineLoss([0, 0], [1, 0], 1, 1)).toBe(0.5)
    expect(() => arcCosineLoss(w, wStar, 0, 1)).toThrow('k to be an integer ≥ 1')
  })
})

describe('claims about the leak', () => {
  const at = { k: 4, m: 2, R: 1, slope: 0.1 }
  const point = leakyAntiparallel(1, 4, 0.1)
  const found = evidence([-(point?.r ?? NaN), 0], [1, 0], 4, 0.1)
  it('are violated by another point, by a degenerate saddle, by a falling ray', () => {
    const { alpha } = coefficients(4)
    const there = evidence([-alpha, 0], [1, 0], 4, 0.1)
    expect(verdictOn(leakySaddle, { ...at, found: there }).status).toBe('violated')
    const flat = { ...found, eigenvalues: [0, found.eigenvalues[1]] }
    expect(verdictOn(leakySaddle, { ...at, found: flat }).status).toBe('violated')
    expect(verdictOn(leakyRises, { ...at, slope: 0.5, flattest: -0.01, points: 10 }).status).toBe(
      'violated',
    )
    expect(verdictOn(leakyRises, { ...at, slope: 0.5, flattest: 0.1, points: 0 }).status).toBe(
      'inconclusive',
    )
  })
  it('do not apply outside their range of leaks, to one patch, one weight, no teacher', () => {
    for (const change of [{ slope: 0 }, { slope: 0.3 }, { k: 1 }, { m: 1 }, { R: 0 }]) {
      expect(verdictOn(leakySaddle, { ...at, ...change, found }).status).toBe('inapplicable')
      expect(verdictOn(leakyEscape, { ...at, ...change, steps: [10, 20], eta: 1 }).status).toBe(
        'inapplicable',
      )
    }
    expect(verdictOn(leakyRises, { ...at, flattest: 0.1, points: 10 }).status).toBe('inapplicable')
    expect(verdictOn(leakyEscape, { ...at, steps: [10, 20], eta: 10 }).status).toBe('inapplicable')
    // at 0.01 the square of the angle still counts where the leak is 0.01, and no longer where it
    // is 0.1
    const eta = 1 / leakySmoothness(5, 0.01)
    const wide = { k: 5, m: 2, R: 1, slope: 0.01 }
    expect(verdictOn(leakyEscape, { ...wide, steps: [126, 261], eta, phi0: 0.01 }).status).toBe(
      'inapplicable',
    )
    expect(verdictOn(leakyEscape, { ...wide, steps: [126, 261], eta }).status).toBe('violated')
    expect(verdictOn(leakyEscape, { ...wide, steps: [261, 403], eta, phi0: 0.001 }).status).toBe(
      'holds',
    )
    const eta1 = 1 / leakySmoothness(5, 0.1)
    expect(
      verdictOn(leakyEscape, { ...wide, slope: 0.1, steps: [21, 31], eta: eta1, phi0: 0.01 })
        .status,
    ).toBe('holds')
  })
  it('have a stable id and a source', () => {
    for (const claim of [leakySaddle, leakyRises, leakyEscape]) {
      expect(claim.id).toMatch(/^gaussian\/[a-z-]+$/)
      expect(claim.source.ours).toBeTruthy()
    }
  })
})
