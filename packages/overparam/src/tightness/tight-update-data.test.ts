import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import {
  boundSetting,
  displacementBound,
  initialPush,
  minNormPoint,
  trainSgd,
  updateBounds,
  type EngineName,
} from '../index.js'
import { displacementFloor, tightUpdateData, worstCaseFactor, type TightInstance } from './index.js'

const run = (instance: TightInstance, more: { readonly engine?: EngineName } = {}) => {
  const { data, start, k, v, eta, alpha } = instance
  return trainSgd(data, { start, k, v, eta, alpha, order: { kind: 'cyclic' }, ...more })
}

const boundsOf = ({ data, start, k, v, eta, alpha, separator }: TightInstance) =>
  updateBounds(boundSetting({ k, d: 4, v, alpha, weights: start }, data, separator, eta))

describe('worstCaseFactor', () => {
  it.each([
    [0.1, 0.2, 21],
    [0.01, 0.2, 2001],
    [0.1, 0.001, 1.21 / (4 * 0.099)],
    [1, 0.7, 1.7],
    [0.1, 0.045, 5.5],
  ])('is that of the theory: α = %d, β = %d', (alpha, beta, factor) => {
    expect(worstCaseFactor(alpha, beta).factor).toBeCloseTo(factor, 9)
  })

  it('is the maximum over a fine grid of mean slopes', () => {
    const draws = stream(71)
    for (let i = 0; i < 200; i++) {
      const alpha = 0.01 + 0.99 * draws.uniform()
      const beta = 10 ** (4 * draws.uniform() - 3)
      const at = (a: number): number => (1 + alpha) / a + (beta - alpha) / a ** 2
      const { slope, factor } = worstCaseFactor(alpha, beta)
      expect(at(slope)).toBeCloseTo(factor, 8)
      for (let j = 0; j <= 100; j++)
        expect(at(alpha + ((1 - alpha) * j) / 100)).toBeLessThanOrEqual(factor * (1 + 1e-12))
    }
  })

  it('refuses what has no bound', () => {
    expect(() => worstCaseFactor(0, 1)).toThrow(RangeError)
    expect(() => worstCaseFactor(0.5, 0)).toThrow(RangeError)
  })
})

describe('tightUpdateData', () => {
  // n, of them fast, and n / B_slope: the table of the theory
  const table: readonly [number, number, number, number, number, number][] = [
    [0.03, 0.2, 0.1, 22_174, 0, 0.9827],
    [0.1, 0.2, 0.1, 2086, 0, 0.9836],
    [0.1, 0.2, 0.05, 8386, 0, 0.9958],
    [0.3, 0.2, 0.1, 320, 0, 0.9879],
    [1, 0.2, 0.1, 119, 0, 0.9914],
    [0.1, 1, 0.05, 40_332, 0, 0.9956],
    [0.01, 0.001, 0.1, 2804, 22, 0.9891],
    [0.1, 0.001, 0.05, 1219, 108, 0.9974],
    [0.3, 0.001, 0.1, 140, 32, 0.9908],
    [0.5, 0.001, 0.02, 2817, 931, 0.9996],
    [1, 0.001, 0.02, 2502, 0, 0.9998],
  ]
  it.each(table)('α = %d, β = %d, γ = %d: %i updates', (alpha, beta, gamma, n, fast, ratio) => {
    const instance = tightUpdateData({ alpha, beta, gamma, v: 1 })
    const { status, updates, steps } = run(instance)
    expect([instance.data.x.rows, instance.fast]).toEqual([n, fast])
    // every example once, then a clean epoch
    expect([status, updates, steps]).toEqual(['converged', n, 2 * n])
    expect(updates / boundsOf(instance).slope).toBeCloseTo(ratio, 4)
  })

  it('begins with the examples of the theory', () => {
    const { x, y } = tightUpdateData({ alpha: 0.1, beta: 0.001, gamma: 0.1 }).data
    expect([...y.subarray(0, 2)]).toEqual([1, -1])
    const first = [0.1, -0.5, 0.8602325267, 0]
    const second = [-0.1, -0.5, -0.2795755706, -0.8135339577]
    for (const [i, value] of [...first, ...second].entries())
      expect(x.data[i]).toBeCloseTo(value, 10)
  })

  it.each([1, 5, 50])('makes the same updates at width k = %i, with every engine', (k) => {
    const instance = tightUpdateData({ alpha: 0.1, beta: 0.001, gamma: 0.1, k })
    for (const engine of ['primal', 'blocks', 'gram'] as const)
      expect(run(instance, { engine }).updates, engine).toBe(302)
    expect(run(instance).net.weights.reduce((sum, w) => sum + w * w, 0) ** 0.5).toBeCloseTo(
      10_963.77853644,
      6,
    )
  })

  it('has examples of norm 1, whose largest margin is γ', () => {
    const { data, separator } = tightUpdateData({ alpha: 0.1, beta: 0.2, gamma: 0.1 })
    const { radius, gamma } = boundSetting(
      { k: 1, d: 4, v: 1, alpha: 0.1, weights: new Float64Array(8) },
      data,
      separator,
      1,
    )
    expect(radius).toBeCloseTo(1, 12)
    expect(gamma).toBeCloseTo(0.1, 12)
    const { lo, hi } = minNormPoint(data)
    expect(lo).toBeCloseTo(0.1, 7)
    expect(hi).toBeCloseTo(0.1, 7)
  })

  it.each([
    [0.02, 100, 72_480, 0.9995],
    [0.02, 250, 102_472, 0.9996],
  ])('attains the terms of initial weights −ρW*: γ = %d, ρ = %i', (gamma, rho, n, ratio) => {
    const instance = tightUpdateData({ alpha: 0.1, beta: 0.2, gamma, v: 1, rho })
    const { updates, status } = run(instance)
    expect([updates, status]).toEqual([n, 'converged'])
    expect(updates / boundsOf(instance).slope).toBeCloseTo(ratio, 4)
  })

  it('attains the bound up to 2γ² for any leak, step and width', () => {
    const draws = stream(72)
    for (let i = 0; i < 60; i++) {
      const alpha = 10 ** (-2 * draws.uniform())
      const beta = 10 ** (4 * draws.uniform() - 3)
      const gamma = [0.05, 0.07, 0.1][i % 3]
      const k = 1 + Math.floor(5 * draws.uniform())
      if (worstCaseFactor(alpha, beta).factor / gamma ** 2 > 20_000) continue
      const instance = tightUpdateData({ alpha, beta, gamma, k })
      const { updates, steps } = run(instance)
      const ratio = updates / boundsOf(instance).slope
      expect([updates, steps]).toEqual([instance.data.x.rows, 2 * updates])
      expect(ratio).toBeLessThanOrEqual(1)
      expect(ratio).toBeGreaterThan(1 - 2 * gamma ** 2)
    }
  })

  it('refuses numbers outside their ranges, and instances that are too large', () => {
    const good = { alpha: 0.1, beta: 0.2, gamma: 0.1 }
    for (const bad of [
      { alpha: 0 },
      { beta: -1 },
      { gamma: 0 },
      { gamma: 0.6 },
      { k: 0 },
      { rho: -1 },
    ])
      expect(() => tightUpdateData({ ...good, ...bad }), JSON.stringify(bad)).toThrow(RangeError)
    expect(() => tightUpdateData({ ...good, maxExamples: 2000 })).toThrow(/2100 are needed/)
  })

  it('reaches the floor of the displacement bound, and not much more of it', () => {
    for (const alpha of [0.01, 0.03, 0.1, 0.5, 1])
      for (const beta of [0.001, 0.01, 0.2])
        for (const size of [0, 1]) {
          const options = { alpha, beta, gamma: 0.1, k: 1, rho: (size / alpha) * Math.SQRT2 }
          if (worstCaseFactor(alpha, beta).factor > 500) continue
          const instance = tightUpdateData(options)
          const { data, start, k, v, eta, separator } = instance
          const before = { k, d: 4, v, alpha, weights: start }
          const setting = boundSetting(before, data, separator, eta)
          const bound = displacementBound({ ...setting, ...initialPush(before, data) })
          const { updates } = run(instance)
          const [part, floor] = [updates / bound, displacementFloor(options)]
          const name = JSON.stringify(options)
          expect(part, name).toBeGreaterThanOrEqual(floor)
          expect(part, name).toBeLessThan(floor + 0.021)
        }
    expect(() => displacementFloor({ alpha: 0.1, beta: 0.1, gamma: NaN })).toThrow(RangeError)
    expect(() => displacementFloor({ alpha: 2, beta: 0.1, gamma: 0.1 })).toThrow(RangeError)
  })
})
