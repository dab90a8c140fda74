import { stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { unrolledErrors, unrolledInference } from './index.js'

const s = stream(7)
const normals = (length: number) => s.normalInto(new Float64Array(length))

describe('unrolledInference', () => {
  it('keeps each iterate at the budget by the exact projection', () => {
    for (const L of [1, 2, 30]) {
      const z = s.uniform() * L
      const score = { u: normals(L), w: normals(3 * L), c: normals(3) }
      const { iterates } = unrolledInference(score, z, { eta: 0.3 })
      expect(iterates).toHaveLength(15)
      for (const y of iterates) {
        expect(y.reduce((sum, label) => sum + label, 0)).toBeCloseTo(z, 12)
        for (const label of y) expect(label).toBeGreaterThanOrEqual(0)
        for (const label of y) expect(label).toBeLessThanOrEqual(1)
      }
    }
  })

  it('finds the labels of the highest score that sum to the budget', () => {
    // of two labels that exclude each other the better one, then the third
    const score = { u: [1, 2, 1.9], w: [0, 1, 1], c: [-4] }
    const { iterates } = unrolledInference(score, 2, { eta: 0.5, steps: 60 })
    expect([...(iterates.at(-1) ?? [])].map((y) => y.toFixed(3))).toEqual([
      '1.000',
      '1.000',
      '0.000',
    ])
  })

  it.each(['exact', 'published'] as const)(
    'has the gradient of its differences: %s',
    (projection) => {
      const errors = unrolledErrors({ projection, problems: 200, stream: s.child(projection) })
      expect(errors).toHaveLength(200)
      expect(Math.max(...errors)).toBeLessThan(1e-6)
    },
  )

  it.each([
    [{ u: [1], w: [], c: [1] }, 1, {}, 'w must have length L·G = 1, got 0'],
    [{ u: [NaN], w: [], c: [] }, 1, {}, 'expected u[0] to be finite'],
    [{ u: [1], w: [], c: [] }, 2, {}, 'z must be in [0, 1]'],
    [{ u: [1], w: [], c: [] }, 1, { steps: 0 }, 'expected steps to be'],
    [{ u: [1], w: [], c: [] }, 1, { eta: -1 }, 'expected eta to be'],
    [{ u: [1], w: [], c: [] }, 1, { projection: 'soft' as 'exact' }, 'projection must be one of'],
  ])('refuses %j, z = %d, %j', (score, z, options, message) => {
    expect(() => unrolledInference(score, z, options)).toThrow(message)
  })
})
