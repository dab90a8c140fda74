import { beforeAll, describe, expect, it } from 'vitest'
import { norm2, stream } from '@nonconvex/tensor'
import {
  descendToCritical,
  grad,
  orthonormalInitialization,
  orthonormalTeacher,
  solveFamily,
  type DescentEnd,
} from './index.js'

const shape = { n: 8, k: 8, d: 8 }
const options = { eta: 0.4, maxSteps: 20_000 }

describe('descendToCritical', () => {
  let ends: DescentEnd[]
  beforeAll(() => {
    const seed = stream(1)
    ends = Array.from({ length: 24 }, (_, i) =>
      descendToCritical(orthonormalInitialization(shape, seed.child('run', i)), shape, options),
    )
  })
  it('ends at the teacher or at a closed-form minimum with eight neurons', () => {
    const closed = [solveFamily('II', 8), solveFamily('II', 8, 2)]
    for (const { kind, loss, gradientNorm, W, smallestEigenvalue } of ends) {
      if (kind === 'global') {
        expect(loss).toBeLessThan(1e-6)
        continue
      }
      expect(kind).toBe('local minimum')
      const same = closed.find((point) => Math.abs(point.loss - loss) < 1e-11)
      expect(Math.abs((same?.smallestEigenvalue ?? NaN) - smallestEigenvalue)).toBeLessThan(1e-8)
      // by the gradient of the engine, which the descent does not use
      const [outW, outA] = [new Float64Array(64), new Float64Array(8)]
      grad(orthonormalTeacher(W, shape), outW, outA)
      expect(norm2(outW)).toBe(gradientNorm)
      expect(gradientNorm).toBeLessThan(1e-13)
    }
    const bad = ends.filter(({ kind }) => kind === 'local minimum').length
    // published: 126 of 1000; four standard errors of 24 runs and of these
    expect(bad).toBeGreaterThan(0)
    expect(Math.abs(bad / 24 - 0.126)).toBeLessThan(4 * Math.sqrt(0.126 * 0.874 * (1 / 24 + 1e-3)))
  })
  it('leaves a saddle that it starts next to, and stays at one that it starts at', () => {
    const five = { n: 5, k: 5, d: 5 }
    const { W } = solveFamily('II', 5)
    const draws = stream(2)
    const beside = W.map((x) => x + 1e-6 * draws.normal())
    expect(descendToCritical(beside, five, options).kind).toBe('global')
    const stuck = descendToCritical(W, five, options)
    expect([stuck.kind, stuck.loss.toFixed(9)]).toEqual(['unfinished', '0.026970470'])
  })
  it('takes wider students and inputs, and reports what does not finish', () => {
    const wide = { n: 4, k: 3, d: 5 }
    const W = orthonormalInitialization(wide, stream(3))
    const before = W.slice()
    expect(descendToCritical(W, wide, options).loss).toBeLessThan(1e-6)
    expect(descendToCritical(W, wide, { ...options, maxSteps: 3 })).toMatchObject({
      kind: 'unfinished',
      steps: 3,
    })
    expect(descendToCritical(W, wide, { eta: 1e9, maxSteps: 100 }).kind).toBe('unfinished')
    expect(W).toEqual(before)
    // at a zero neuron there is no gradient
    expect(descendToCritical(new Float64Array(20), wide, options).kind).toBe('unfinished')
  })
  it('refuses other arguments', () => {
    const W = new Float64Array(64).fill(1)
    expect(() => descendToCritical(W, shape, { ...options, eta: 0 })).toThrow('eta')
    expect(() => descendToCritical(W, shape, { ...options, maxSteps: 0.5 })).toThrow('maxSteps')
    expect(() => descendToCritical(W, { ...shape, d: 7 }, options)).toThrow('k')
    expect(() => descendToCritical(W.fill(NaN), shape, options)).toThrow('W[0]')
  })
})
