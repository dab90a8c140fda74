import { readSafetensors, writeSafetensors } from '@nonconvex/tensor/safetensors'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataset } from '../../test/problems.js'
import { radius } from '../index.js'
import { modelFrom, modelOutputs, modelTensors } from './model.js'
import { prepare, standardisation, unitScale } from './preparation.js'

const x = { rows: 3, cols: 3, data: Float64Array.of(1, 7, 0.1, 5, 7, 0.1, 3, 7, 0.1) }

describe('standardisation', () => {
  it('gives mean 0 and deviation 1, and constants become exactly 0', () => {
    const { mean, deviation } = standardisation(x)
    const { data } = prepare(x, { mean, deviation, bias: 0, scale: 1 })
    const first = [0, 3, 6].map((p) => data[p])
    expect(first.reduce((a, b) => a + b)).toBeCloseTo(0, 14)
    expect(first.reduce((a, b) => a + b * b, 0) / 3).toBeCloseTo(1, 14)
    expect([1, 2, 4, 5, 7, 8].map((p) => data[p])).toEqual([0, 0, 0, 0, 0, 0])
  })

  it('refuses what is no matrix', () => {
    expect(() => standardisation({ ...x, data: Float64Array.of(1) })).toThrow(
      'standardisation: expected x to have 9 entries, got 1',
    )
  })
})

describe('prepare', () => {
  it('appends the constant before it scales', () => {
    const { cols, data } = prepare(x, { bias: 3, scale: 2 })
    expect([cols, ...data.subarray(0, 4)]).toEqual([4, 2, 14, 0.2, 6])
  })

  it('refuses what does not fit, and what overflows', () => {
    const short = Float64Array.of(1)
    expect(() => prepare(x, { bias: 0, scale: 0 })).toThrow(
      'prepare: expected scale to be positive and finite, got 0',
    )
    expect(() => prepare(x, { mean: short, deviation: short, bias: 0, scale: 1 })).toThrow(
      'prepare: expected mean to have d = 3 entries, got 1',
    )
    const large = { rows: 1, cols: 1, data: Float64Array.of(1e308) }
    expect(() => prepare(large, { bias: 0, scale: 4 })).toThrow(
      'prepare: expected x to be finite, got Infinity in row 0, column 0',
    )
  })
})

it('unitScale brings the radius to (½, 1] by a power of two', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (r) => {
      const scale = unitScale(r)
      expect(r * scale).toBeGreaterThan(0.5)
      expect(r * scale).toBeLessThanOrEqual(1)
      expect(Number.isInteger(Math.log2(scale))).toBe(true)
    }),
  )
  expect(unitScale(1)).toBe(1)
  expect(() => unitScale(0)).toThrow('unitScale: expected radius to be positive and finite, got 0')
})

describe('a model', () => {
  const { mean, deviation } = standardisation(x)
  const weights = Float64Array.from({ length: 16 }, (_, p) => Math.sin(p))
  const net = { k: 2, d: 4, v: 0.5, alpha: 0.1, weights }
  const model = { net, preparation: { mean, deviation, bias: 1, scale: 0.25 } }
  const { k, v, alpha } = net

  it('comes back from its file to the last bit', () => {
    for (const one of [model, { net, preparation: { bias: 1, scale: 0.25 } }]) {
      const { tensors } = readSafetensors(writeSafetensors(modelTensors(one)))
      const { bias, scale } = one.preparation
      const back = modelFrom({ k, v, alpha, bias, scale }, tensors)
      expect(back).toEqual(one)
      expect(modelOutputs(back, x)).toEqual(modelOutputs(one, x))
    }
  })

  it('refuses arrays that are none of it, and features that it does not have', () => {
    const tensors = modelTensors(model)
    const settings = { k, v, alpha, bias: 1, scale: 1 }
    expect(() => modelFrom({ ...settings, k: 3 }, tensors)).toThrow(
      'modelFrom: expected weights to be F64 with 2k = 6 rows, got F64 [4, 4]',
    )
    expect(() => modelFrom(settings, {})).toThrow('got none')
    expect(() => modelFrom({ ...settings, bias: 0 }, tensors)).toThrow(
      'modelFrom: expected mean to be F64 [4], got another array',
    )
    expect(() => modelFrom({ ...settings, alpha: 2 }, tensors)).toThrow(
      'expected alpha to be in [0, 1]',
    )
    expect(() => modelOutputs(model, { rows: 1, cols: 2, data: new Float64Array(2) })).toThrow(
      'modelOutputs: expected x to have d = 3 columns, got 2',
    )
  })

  it('sees rows as long as its scale makes them', () => {
    const data = dataset(
      [
        [3, 4],
        [0, 1],
      ],
      [1, -1],
    )
    const scaled = prepare(data.x, { bias: 0, scale: unitScale(radius(data)) })
    expect(radius({ x: scaled, y: data.y })).toBe(0.625)
  })
})
