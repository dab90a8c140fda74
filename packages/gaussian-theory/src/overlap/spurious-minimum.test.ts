import { describe, expect, it } from 'vitest'
import { norm2, stream, type Vec } from '@nonconvex/tensor'
import { eigenSymmetric } from '@nonconvex/tensor/eigen'
import {
  antiparallelRay,
  hessianLipschitz,
  localEvidence,
  overlapEvidence,
  overlapGradient,
  overlapHessian,
  overlapLoss,
  overlapSmoothness,
  pairLipschitz,
  reflectedLoss,
  spuriousMinimum,
  telescopeIndex,
  quadrantWalls,
  type OverlapOptions,
} from './index.js'
import { coefficients } from '../index.js'

const draws = stream(5).child('spurious-minimum')
const normals = (n: number): Float64Array => draws.normalInto(new Float64Array(n))
const along = (t: number, w: Vec): Float64Array => Float64Array.from(w, (x) => -t * x)

/** The radius of §8.4 by bisection: largest ρ with Λ(r − ρ) ρ ≤ ν/2. */
function radius(w: Vec, wStar: Vec, options: OverlapOptions): { rho: number; nu: number } {
  const at = localEvidence(w, wStar, options)
  const nu = eigenSymmetric(at.hessian).values[0] - 1e-10
  let [low, high] = [0, at.kinkDistance]
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (at.hessianLipschitz(middle) * middle <= nu / 2) low = middle
    else high = middle
  }
  return { rho: low, nu }
}

describe('the reflected teacher', () => {
  it('has loss ‖ΣP_iᵀw*‖²/k² for every m, stride and k', () => {
    for (let i = 0; i < 60; i++) {
      const m = 1 + (i % 8)
      const options = { k: 1 + draws.integer(9), stride: 1 + draws.integer(m + 1) }
      const t = normals(m)
      const off = Math.abs(overlapLoss(along(1, t), t, options) - reflectedLoss(t, options))
      expect(off).toBeLessThan(1e-13 * Math.max(1, norm2(t) ** 2))
    }
  })
  it('telescopes for (−1, 1), and not without overlap', () => {
    expect(reflectedLoss([-3, 3], { k: 10, stride: 1 })).toBeCloseTo(18 / 100, 15)
    expect(reflectedLoss([-3, 3], { k: 10, stride: 2 })).toBeCloseTo(18 / 10, 15)
    expect(telescopeIndex([-1, 1], { k: 10, stride: 1 })).toBeCloseTo(0.1, 15)
    expect(telescopeIndex([0.3, -0.8, 0.1], { k: 7, stride: 3 })).toBeCloseTo(1, 15)
  })
  it('has index 1 + ((k − 1)/k) sin 2ω for m = 2', () => {
    for (let i = 0; i < 36; i++) {
      const omega = (5 * i * Math.PI) / 180
      const index = telescopeIndex([Math.cos(omega), Math.sin(omega)], { k: 6, stride: 1 })
      expect(index).toBeCloseTo(1 + (5 / 6) * Math.sin(2 * omega), 13)
    }
  })
})

describe('the ray opposite to the teacher', () => {
  it('is a parabola with its minimum at t₀', () => {
    const t = normals(5)
    const options = { k: 6, stride: 2 }
    const { A, B, t0, loss } = antiparallelRay(t, options)
    const R2 = norm2(t) ** 2
    for (const s of [0.2, 0.9, t0, 1.7]) {
      const want = (R2 * (A * s * s - 2 * B * s + A)) / (2 * Math.PI * 36)
      expect(overlapLoss(along(s, t), t, options)).toBeCloseTo(want, 12)
    }
    expect(overlapLoss(along(t0, t), t, options)).toBeCloseTo(loss, 12)
  })
  it('is the saddle −αw* without overlap', () => {
    const ray = antiparallelRay([0.3, -0.7, 0.2], { k: 5, stride: 3 })
    expect(ray.t0).toBeCloseTo(coefficients(5).alpha, 14)
    expect(ray.critical).toBe(true)
  })
  it('is not critical for a general teacher, nor for one patch, where it ends at 0', () => {
    expect(antiparallelRay([0.3, -0.7, 0.2], { k: 5, stride: 1 }).critical).toBe(false)
    const one = antiparallelRay([0.3, -0.7], { k: 1, stride: 1 })
    expect(Math.abs(one.t0)).toBeLessThan(1e-15)
    expect(one.critical).toBe(false)
  })
})

describe('the explicit minimum for (−1, 1)', () => {
  it.each([
    [2, 0.549142470303952, 0.193642808787994, [0.386505048, 0.554498891], 0.029159],
    [3, 0.754457269451282, 0.097469848302849, [0.290381479, 0.452512322], 0.041379],
    [5, 0.896818936931953, 0.0379363787386391, [0.192818348, 0.387668035], 0.046646],
    [10, 0.971330498687103, 0.00985665249343551, [0.104742889, 0.348802719], 0.04249],
    [50, 0.998764435463, 0.000399752887, [0.022543027, 0.323738654], 0.018461],
  ])('has the values of the table at k = %i', (k, t0, loss, eigenvalues, rho) => {
    const options = { k, stride: 1 }
    const exact = spuriousMinimum(k)
    const tolerance = k === 50 ? 1e-11 : 1e-12
    expect(Math.abs(exact.t0 - t0)).toBeLessThan(tolerance)
    expect(Math.abs(exact.lossOverR2 - loss) / loss).toBeLessThan(k === 50 ? 1e-8 : 1e-12)
    const ray = antiparallelRay([-1, 1], options)
    expect(ray.t0).toBeCloseTo(exact.t0, 14)
    expect(ray.loss).toBeCloseTo(2 * exact.lossOverR2, 14)
    expect(ray.critical).toBe(true)
    const found = overlapEvidence([exact.t0, -exact.t0], [-1, 1], options)
    expect(found.gradientNorm).toBeLessThan(1e-13)
    found.eigenvalues.forEach((x, i) => expect(Math.abs(x - eigenvalues[i])).toBeLessThan(1e-9))
    expect(Math.abs(radius([exact.t0, -exact.t0], [-1, 1], options).rho - rho)).toBeLessThan(1e-4)
  })
  it('is a saddle for (1, 1)', () => {
    const ray = antiparallelRay([1, 1], { k: 2, stride: 1 })
    expect(Math.abs(ray.t0 - 0.067742655)).toBeLessThan(1e-9)
    expect(Math.abs(ray.loss / 2 - 0.400403496)).toBeLessThan(1e-9)
    expect(ray.critical).toBe(true)
    const { eigenvalues } = overlapEvidence([-ray.t0, -ray.t0], [1, 1], { k: 2, stride: 1 })
    expect(Math.abs(eigenvalues[0] + 2.241694)).toBeLessThan(1e-6)
    expect(Math.abs(eigenvalues[1] - 0.804499)).toBeLessThan(1e-6)
  })
  it.each([
    [2, 0.241453007, -1],
    [5, 0.802182424, -0.00511],
    [10, 0.943341004, 0.006631],
  ])('for (−1, 0, 1) turns from saddle to minimum between k = 5 and 10: k = %i', (k, t0, least) => {
    const options = { k, stride: 1 }
    const ray = antiparallelRay([-1, 0, 1], options)
    expect(Math.abs(ray.t0 - t0)).toBeLessThan(1e-9)
    expect(ray.critical).toBe(true)
    const { eigenvalues } = overlapEvidence(along(ray.t0, [-1, 0, 1]), [-1, 0, 1], options)
    if (k === 2) expect(eigenvalues[0]).toBeLessThan(0)
    else expect(Math.abs(eigenvalues[0] - least)).toBeLessThan(5e-6)
    if (k !== 10) return
    expect(Math.abs(ray.loss / 2 - 0.01943341)).toBeLessThan(1e-9)
    const table = [0.006631, 0.140489, 0.352989]
    expect(eigenvalues).toHaveLength(3)
    eigenvalues.forEach((x, i) => expect(Math.abs(x - table[i])).toBeLessThan(6e-7))
  })
  it('refuses one patch, and zero teachers', () => {
    expect(() => spuriousMinimum(1)).toThrow('k to be an integer ≥ 2')
    expect(() => quadrantWalls(1, 1, 1)).toThrow('k to be an integer ≥ 2')
    expect(() => antiparallelRay([0, 0], { k: 2, stride: 1 })).toThrow('not to be zero')
    expect(() => telescopeIndex([0, 0], { k: 2, stride: 1 })).toThrow('not to be zero')
    expect(reflectedLoss([0, 0], { k: 2, stride: 1 })).toBe(0)
    expect(() => reflectedLoss([1, 1], { k: 2, stride: 0 })).toThrow('stride')
  })
})

it('closes the quadrant by slopes on its walls', () => {
  for (const k of [2, 3, 7])
    for (const q of [0.1, 1, 3])
      for (const p of [0.5, 2]) {
        const options = { k, stride: 1 }
        const walls = quadrantWalls(q, p, k)
        expect(overlapGradient([0, -q], [-p, p], options)[0]).toBeCloseTo(walls.spurious, 14)
        expect(overlapGradient([0, q], [-p, p], options)[0]).toBeCloseTo(walls.global, 14)
        expect(overlapGradient([q, 0], [-p, p], options)[1]).toBeCloseTo(-walls.spurious, 14)
        expect(walls.spurious).toBeLessThan(0)
      }
})

describe('bounds', () => {
  it('has the constants of the reference table', () => {
    expect(Math.abs(pairLipschitz.C1 - 0.820396070841512)).toBeLessThan(1e-14)
    expect(Math.abs(pairLipschitz.C2 - 0.342931241565826)).toBeLessThan(1e-14)
    expect(Math.abs(2 * pairLipschitz.C1 + 6 * pairLipschitz.C2 - 3.69838)).toBeLessThan(1e-6)
  })
  it('is never exceeded by the Hessian: 1000 pairs of points', () => {
    let largest = 0
    for (let i = 0; i < 1000; i++) {
      const m = 2 + (i % 4)
      const options = { k: 2 + draws.integer(5), stride: 1 + draws.integer(m) }
      const [w, t, step] = [normals(m), normals(m), normals(m)]
      const size = 0.2 * draws.uniform() * norm2(w)
      const v = w.map((x, j) => x + (size * step[j]) / norm2(step))
      const gap = overlapHessian(v, t, options)
      const before = overlapHessian(w, t, options)
      gap.data.forEach((x, j) => (gap.data[j] = x - before.data[j]))
      const { values } = eigenSymmetric(gap)
      const change = Math.max(-values[0], values[m - 1])
      const bound = hessianLipschitz(norm2(w) - size, norm2(t), { m, ...options })
      largest = Math.max(largest, change / (bound * size))
    }
    expect(largest).toBeLessThan(1)
    // the bound is not idle either
    expect(largest).toBeGreaterThan(0.1)
  })
  it('is never exceeded by the curvature, and is c without overlap', () => {
    for (const m of [2, 4])
      for (const k of [4, 5]) {
        const L = overlapSmoothness({ m, k, stride: 1 })
        for (let i = 0; i < 100; i++) {
          const { values } = eigenSymmetric(
            overlapHessian(normals(m), normals(m), { k, stride: 1 }),
          )
          expect(values[m - 1]).toBeLessThan(L)
        }
        expect(overlapSmoothness({ m, k, stride: m })).toBeCloseTo(coefficients(k).c, 15)
      }
  })
  it('says Infinity at the kink, and refuses what is no norm', () => {
    const shape = { m: 2, k: 2, stride: 1 }
    expect(hessianLipschitz(0, 1, shape)).toBe(Infinity)
    expect(localEvidence([1, 0], [0, 1], shape).hessianLipschitz(1)).toBe(Infinity)
    expect(localEvidence([1, 0], [0, 1], shape).kinkDistance).toBe(1)
    expect(() => hessianLipschitz(-1, 1, shape)).toThrow('minNorm to be finite and ≥ 0, got -1')
    expect(() => hessianLipschitz(1, 1, { ...shape, m: 0 })).toThrow('m to be an integer ≥ 1')
  })
})
