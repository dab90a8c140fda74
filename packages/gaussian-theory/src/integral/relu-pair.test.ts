import { describe, expect, it } from 'vitest'
import { dot, gemv, ShapeError, stream, type Matrix } from '@nonconvex/tensor'
import { differences, jacobian, largestDifference } from '../../test/differences.js'
import { arcCosineKernel, reluPair, reluPairGradient, reluPairHessian } from '../index.js'

const root = stream(1).child('relu-pair')
const normals = (name: string, index: number, m: number): Float64Array =>
  root.child(name, index).normalInto(new Float64Array(m))

describe('independent witnesses', () => {
  it('is the integral over the angle', () => {
    // E relu(u·x) relu(v·x) = (‖u‖‖v‖/2π) ∫ cos⁺(t) cos⁺(t − θ) ∫ ρ³ e^{−ρ²/2} dρ dt, the inner one
    // is 2
    for (const theta of [0, 0.4, 1.3, 2.2, 3]) {
      const n = 200_000
      let sum = 0
      for (let i = 0; i < n; i++) {
        const t = -Math.PI + ((i + 0.5) * 2 * Math.PI) / n
        sum += Math.max(0, Math.cos(t)) * Math.max(0, Math.cos(t - theta))
      }
      const integral = (sum * (2 * Math.PI)) / n / Math.PI
      expect(reluPair([1, 0], [Math.cos(theta), Math.sin(theta)])).toBeCloseTo(integral, 8)
    }
  })

  it('is the mean over samples, to 4 standard errors, with its kernels of degree 0 and 2', () => {
    const [u, v] = [normals('u', 0, 4), normals('v', 0, 4)]
    const x = new Float64Array(4)
    const draws = root.child('samples')
    const n = 200_000
    const sums = [0, 0, 0]
    const squares = [0, 0, 0]
    for (let i = 0; i < n; i++) {
      draws.normalInto(x)
      const [p, q] = [dot(u, x), dot(v, x)]
      if (p <= 0 || q <= 0) continue
      for (let degree = 0; degree < 3; degree++) {
        const value = (p * q) ** degree
        sums[degree] += value
        squares[degree] += value * value
      }
    }
    for (const degree of [0, 1, 2] as const) {
      const mean = sums[degree] / n
      const error = Math.sqrt((squares[degree] / n - mean * mean) / n)
      expect(Math.abs(mean - arcCosineKernel(u, v, degree)) / error).toBeLessThan(4)
    }
  })

  it('has the gradient and Hessian blocks of central differences', () => {
    for (let i = 0; i < 40; i++) {
      const m = 1 + (i % 7)
      const [u, v] = [normals('u', i, m), normals('v', i, m)]
      expect(
        largestDifference(
          reluPairGradient(u, v),
          differences((w) => reluPair(w, v), u),
        ),
      ).toBeLessThan(1e-7)
      const { uu, uv } = reluPairHessian(u, v)
      if (m === 1 && u[0] * v[0] < 0) continue // the gradient is 0 there, and so is its difference
      expect(
        largestDifference(
          uu.data,
          jacobian((w) => reluPairGradient(w, v), u),
        ),
      ).toBeLessThan(1e-6)
      expect(
        largestDifference(
          uv.data,
          jacobian((w) => reluPairGradient(u, w), v),
        ),
      ).toBeLessThan(1e-6)
    }
  })

  it('obeys the three Euler identities', () => {
    for (let i = 0; i < 40; i++) {
      const m = 2 + (i % 6)
      const [u, v] = [normals('euler-u', i, m), normals('euler-v', i, m)]
      const gradient = reluPairGradient(u, v)
      const { uu, uv } = reluPairHessian(u, v)
      expect(Math.abs(dot(u, gradient) - reluPair(u, v))).toBeLessThan(1e-13 * (1 + reluPair(u, v)))
      expect(largestDifference(gemv(uu, u), new Float64Array(m))).toBeLessThan(1e-13)
      expect(largestDifference(gemv(uv, v), gradient)).toBeLessThan(1e-13)
    }
  })
})

describe('edges', () => {
  const zeros = (a: Matrix): boolean => a.data.every((x) => x === 0)

  it('is 0 with a zero vector and has no gradient at u = 0', () => {
    expect(reluPair([0, 0], [1, 2])).toBe(0)
    expect(reluPair([1, 2], [0, 0])).toBe(0)
    expect([...reluPairGradient([1, 2], [0, 0])]).toEqual([0, 0])
    expect(() => reluPairGradient([0, 0], [1, 2])).toThrow(RangeError)
    expect(() => reluPairGradient([0, 0], [1, 2])).toThrow('not differentiable')
    expect(() => reluPairHessian([1, 2], [0, 0])).toThrow('v not to be zero')
  })
  it('has I/2 as mixed block of equal vectors, and no curvature', () => {
    const { uu, uv } = reluPairHessian([2, 1], [2, 1])
    expect([...uv.data]).toEqual([0.5, 0, 0, 0.5])
    expect(zeros(uu)).toBe(true)
  })
  it('vanishes with all derivatives at opposite vectors', () => {
    expect(reluPair([0, 1], [0, -3])).toBe(0)
    expect(reluPairGradient([0, 1], [0, -3]).every((x) => x === 0)).toBe(true)
    const { uu, uv } = reluPairHessian([0, 1], [0, -3])
    expect(zeros(uu) && zeros(uv)).toBe(true)
  })
  it('survives norms of 1e150 and 1e-150', () => {
    const large = reluPair([1e150, 0], [0, 1e150])
    expect(Math.abs(large / 1.59154943091895e299 - 1)).toBeLessThan(1e-14)
    expect(Math.abs(reluPair([1e-150, 0], [0, 1e-150]) / 1.59154943091895e-301 - 1)).toBeLessThan(
      1e-14,
    )
  })
  it('refuses NaN, infinities, unequal lengths, nothing at all, other degrees', () => {
    expect(() => reluPair([1, NaN], [1, 2])).toThrow(
      'reluPair: expected u[1] to be finite, got NaN',
    )
    expect(() => reluPair([1, 1], [Infinity, 2])).toThrow(RangeError)
    expect(() => reluPair([1], [1, 2])).toThrow(ShapeError)
    expect(() => reluPair([], [])).toThrow('u not to be empty')
    expect(() => arcCosineKernel([1], [1], 3 as 2)).toThrow('n to be 0, 1 or 2, got 3')
    expect(() => arcCosineKernel([0], [1], 0)).toThrow('degree 0')
    expect(arcCosineKernel([0], [1], 1)).toBe(0)
  })
})
