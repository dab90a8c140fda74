import { describe, expect, it } from 'vitest'
import { norm2, ShapeError, stream, type Matrix } from '@nonconvex/tensor'
import { gordanResidual, separate } from './index.js'

const draws = stream(61)

function points(rows: number, cols: number): Matrix {
  return { rows, cols, data: draws.normalInto(new Float64Array(rows * cols)) }
}

const of = (...rows: number[][]): Matrix => ({
  rows: rows.length,
  cols: rows[0].length,
  data: Float64Array.from(rows.flat()),
})

/**
 * Whether some direction of the plane has positive product with all signed rows: half-plane test by
 * angles.
 */
function separableInPlane(x: Matrix, labels: Float64Array): boolean {
  const angles = Array.from(labels, (y, i) => Math.atan2(y * x.data[2 * i + 1], y * x.data[2 * i]))
  angles.sort((a, b) => a - b)
  let gap = angles[0] + 2 * Math.PI - angles[angles.length - 1]
  for (let i = 1; i < angles.length; i++) gap = Math.max(gap, angles[i] - angles[i - 1])
  return gap > Math.PI
}

describe('separate', () => {
  it('agrees with the half-plane test on 500 sets in the plane', () => {
    let separable = 0
    for (let i = 0; i < 500; i++) {
      const x = points(1 + draws.integer(6), 2)
      const labels = Float64Array.from({ length: x.rows }, () => (draws.uniform() < 0.5 ? 1 : -1))
      const found = separate(x, labels)
      expect(found.kind).toBe(separableInPlane(x, labels) ? 'separable' : 'inseparable')
      if (found.kind === 'separable') separable++
    }
    expect(separable).toBeGreaterThan(100)
    expect(separable).toBeLessThan(400)
  })
  it('gives a unit vector with its margin, or a witness that checks, in any dimension', () => {
    for (let i = 0; i < 200; i++) {
      const cols = 1 + draws.integer(8)
      const x = points(1 + draws.integer(4 * cols), cols)
      const labels = Float64Array.from({ length: x.rows }, () => (draws.uniform() < 0.5 ? 1 : -1))
      const found = separate(x, labels)
      if (found.kind === 'separable') {
        expect(norm2(found.w)).toBeCloseTo(1, 12)
        let least = Infinity
        for (let j = 0; j < x.rows; j++) {
          const row = x.data.subarray(j * cols, (j + 1) * cols)
          const dot = row.reduce((sum, value, t) => sum + value * found.w[t], 0)
          least = Math.min(least, (labels[j] * dot) / norm2(row))
        }
        expect(found.margin).toBeCloseTo(least, 12)
        expect(least).toBeGreaterThan(0)
      } else if (found.kind === 'inseparable') {
        const { rows, weights, residual } = found.witness
        expect(rows.length).toBeLessThanOrEqual(cols + 1)
        expect(weights.every((y) => y > 0)).toBe(true)
        expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14)
        expect(gordanResidual(x, labels, found.witness)).toBe(residual)
        expect(residual).toBeLessThan(1e-9)
      } else expect(found.kind).toBe('decided')
    }
  })
  it('finds half of the largest margin at least', () => {
    const found = separate(of([1, 0], [0, 1]), [1, 1])
    expect(found.kind === 'separable' && found.margin).toBeGreaterThan(0.5 * Math.SQRT1_2)
  })
  it('finds a margin of 1e-6, and distinguishes it from none', () => {
    const rows = (slant: number) => of([1, slant], [-1, slant], [0.5, slant], [-0.3, 2 * slant])
    expect(separate(rows(1e-6), [1, 1, 1, 1]).kind).toBe('separable')
    expect(separate(rows(-1e-6), [1, 1, 1, 1]).kind).toBe('separable')
    expect(separate(of([1, 1e-6], [-1, 1e-6], [0.5, -1e-6]), [1, 1, 1]).kind).toBe('inseparable')
  })
  it('is right for repeated, opposite and zero rows, and rows of very different size', () => {
    expect(separate(of([1, 2], [1, 2], [1, 2]), [1, 1, 1]).kind).toBe('separable')
    expect(separate(of([1, 2], [1, 2]), [1, -1]).kind).toBe('inseparable')
    expect(separate(of([1, 2], [-3, -6]), [1, 1]).kind).toBe('inseparable')
    const zero = separate(of([1, 2], [0, 0]), [1, 1])
    expect(zero).toMatchObject({ kind: 'inseparable', witness: { rows: [1], residual: 0 } })
    expect(separate(of([1e100, 1e100], [1e-100, -1e-101]), [1, 1]).kind).toBe('separable')
  })
  it('refuses what does not fit', () => {
    expect(() => separate(of([1, 2]), [1, 1])).toThrow(ShapeError)
    expect(() => separate(of([1, 2]), [0])).toThrow('labels[0] to be 1 or −1, got 0')
    expect(() => separate(of([1, NaN]), [1])).toThrow(RangeError)
    const none = { rows: 0, cols: 2, data: new Float64Array(0) }
    expect(() => separate(none, [])).toThrow('features not to be empty')
    expect(() => gordanResidual(of([1, 2]), [1], { rows: [1], weights: [1] })).toThrow('got row 1')
    expect(() => gordanResidual(of([1, 2]), [1], { rows: [0], weights: [0] })).toThrow('with 0')
  })
})
