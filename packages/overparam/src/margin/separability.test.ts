import { stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyData, dataset, separableData } from '../../test/problems.js'
import { minMargin, radius, type Dataset } from '../data/dataset.js'
import { margin, minNormPoint } from './margin.js'
import { certifyMargin, separability, type SeparabilityOptions } from './separability.js'

const norm = (w: Float64Array): number =>
  Math.sqrt(w.reduce((sum, value) => sum + value * value, 0))

/** ‖Σ λ_i y_i x_i‖, summed by the textbook. */
function combined({ x, y }: Dataset, lambda: Float64Array): number {
  const sum = new Float64Array(x.cols)
  lambda.forEach((weight, i) => {
    for (let c = 0; c < x.cols; c++) sum[c] += weight * y[i] * x.data[i * x.cols + c]
  })
  return norm(sum)
}

/** Pairs y(γu ± t) with t ⟂ u: the largest margin is γ, whatever the t. */
function knownMargin(seed: number): { data: Dataset; gamma: number } {
  const source = stream(seed)
  const [d, pairs] = [2 + source.integer(7), 1 + source.integer(15)]
  const gamma = 10 ** (-4 * source.uniform())
  const u = source.unitVector(d)
  const rows: number[][] = []
  const y: number[] = []
  for (let p = 0; p < pairs; p++) {
    const t = source.unitVector(d)
    const along = t.reduce((sum, value, c) => sum + value * u[c], 0)
    const label = source.uniform() < 0.5 ? 1 : -1
    for (const side of [1, -1]) {
      rows.push(Array.from(t, (v, c) => label * (gamma * u[c] + side * (v - along * u[c]))))
      y.push(label)
    }
  }
  return { data: dataset(rows, y), gamma }
}

/** Largest margin in the plane over a fine fan of directions: at most this, and not much less. */
function fan(data: Dataset): number {
  let most = -Infinity
  for (let i = 0; i < 20_000; i++) {
    const angle = (2 * Math.PI * i) / 20_000
    most = Math.max(most, minMargin(data, Float64Array.of(Math.cos(angle), Math.sin(angle))))
  }
  return most
}

function separable(
  data: Dataset,
  options: SeparabilityOptions = {},
): Extract<ReturnType<typeof separability>, { kind: 'separable' }> {
  const answer = separability(data, options)
  if (answer.kind !== 'separable') throw new Error(answer.kind)
  return answer
}

describe('on separable data', () => {
  it('brackets margins that are known', () => {
    for (let seed = 0; seed < 200; seed++) {
      const { data, gamma } = knownMargin(seed)
      const { lo, hi, w } = separable(data)
      expect(lo).toBeLessThanOrEqual(gamma * (1 + 1e-9))
      expect(hi).toBeGreaterThanOrEqual(gamma * (1 - 1e-9))
      expect(hi - lo).toBeLessThanOrEqual(1e-6 * hi)
      expect(minMargin(data, w)).toBeCloseTo(1, 9)
      expect(norm(w) * lo).toBeCloseTo(1, 9)
    }
  })

  it('agrees in the plane with a fan of 20,000 directions', () => {
    for (let seed = 0; seed < 30; seed++) {
      const { data } = separableData({ n: 12, d: 2, gamma: 0.05, size: 3, seed })
      const { lo, hi } = separable(data)
      const found = fan(data)
      expect(found).toBeLessThanOrEqual(hi * (1 + 1e-9))
      expect(found).toBeGreaterThanOrEqual(lo - radius(data) * 4e-4)
    }
  })

  it('agrees with dual ascent and with the point of least norm', () => {
    for (let seed = 0; seed < 60; seed++) {
      const shape = { n: 60, d: 2 + (seed % 9), gamma: 0.03, size: 10 ** (seed % 5), seed }
      const { data } = separableData(shape)
      const exact = separable(data)
      const ascent = margin(data, { gap: 1e-4, sweeps: 1e5 })
      expect(ascent.hi - ascent.lo).toBeLessThanOrEqual(1e-4 * ascent.hi)
      expect(ascent.lo).toBeLessThanOrEqual(exact.hi * (1 + 1e-12))
      expect(ascent.hi).toBeGreaterThanOrEqual(exact.lo * (1 - 1e-12))
      const point = minNormPoint(data)
      expect(Math.abs(norm(point.x) / exact.lo - 1)).toBeLessThan(1e-6)
      expect(point.support.length).toBeLessThanOrEqual(shape.d + 1)
      expect(point.lambda.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12)
      expect(combined(data, point.lambda)).toBeCloseTo(norm(point.x), 9)
    }
  })

  it('is a function of the data: scaled by c, the margin is scaled by c', () => {
    const { data } = separableData({ n: 30, d: 4, gamma: 0.1, size: 1, seed: 5 })
    const x = { ...data.x, data: data.x.data.map((value) => 1000 * value) }
    expect(separable({ ...data, x }).lo / separable(data).lo).toBeCloseTo(1000, 6)
  })

  it('scales exactly, as far as squares are numbers; beyond that it says so', () => {
    const { data } = separableData({ n: 30, d: 4, gamma: 0.1, size: 1, seed: 5 })
    const by = (c: number): Dataset => ({
      ...data,
      x: { ...data.x, data: data.x.data.map((v) => c * v) },
    })
    const { lo, hi } = separable(data)
    for (const c of [2 ** -400, 2 ** 400])
      expect(separable(by(c))).toMatchObject({ lo: c * lo, hi: c * hi })
    for (const c of [1e-150, 1e150])
      for (const solve of [separability, margin, minNormPoint])
        expect(() => solve(by(c))).toThrow(
          /^(separability|margin|minNormPoint): expected x to have rows of norm in \[1e-140, 1e140\], got .* in row 0; scale the data$/,
        )
    expect(radius(by(1e-200)) / (1e-200 * radius(data))).toBeCloseTo(1, 12)
    expect(radius(by(1e200)) / (1e200 * radius(data))).toBeCloseTo(1, 12)
  })

  it('works for one example and for one feature', () => {
    expect(separable(dataset([[3, 4]], [-1])).lo).toBeCloseTo(5, 12)
    expect(separable(dataset([[2], [-3]], [1, -1])).lo).toBeCloseTo(2, 12)
  })
})

it('ends where rounding allows no further gain, with what it has, however large the budget', () => {
  for (let seed = 0; seed < 6; seed++) {
    // thousands of rows closer to each other than 1e-3, all of them nearly support
    const source = stream(seed)
    const data = Float64Array.from({ length: 6000 }, (_, p) =>
      p % 3 === 0 ? 1 + Math.abs(source.normal()) * 1e-5 : source.normal() * 3e-3,
    )
    const x = { rows: 2000, cols: 3, data }
    const y = new Float64Array(2000).fill(1)
    const { lo, hi } = separable({ x, y }, { gap: 1e-12, rounds: 1e9 })
    expect(hi - lo).toBeLessThanOrEqual(1e-4 * hi)
    // the first feature alone has a margin of 1, and no row goes much beyond it
    expect(hi).toBeGreaterThanOrEqual(1 - 1e-12)
    expect(hi).toBeLessThan(1 + 1e-5)
  }
})

describe('on data that nothing separates', () => {
  const witnessed = (data: Dataset): { lambda: Float64Array; residual: number } => {
    const answer = separability(data)
    if (answer.kind !== 'inseparable') throw new Error(answer.kind)
    expect(answer.lambda.every((weight) => weight >= 0)).toBe(true)
    expect(answer.lambda.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(combined(data, answer.lambda)).toBeLessThanOrEqual(1e-9 * radius(data))
    expect(answer.residual).toBeLessThanOrEqual(1e-9 * radius(data))
    return answer
  }

  it('gives a witness for exclusive or with a bias', () => {
    const square = [
      [0, 0, 1],
      [1, 1, 1],
      [0, 1, 1],
      [1, 0, 1],
    ]
    expect(
      Array.from(witnessed(dataset(square, [1, 1, -1, -1])).lambda, (v) => +v.toFixed(9)),
    ).toEqual([0.25, 0.25, 0.25, 0.25])
  })

  it('names two equal rows with opposite labels, and a row of zeros', () => {
    const rows = [
      [1, 2],
      [3, 1],
      [1, 2],
    ]
    expect(Array.from(witnessed(dataset(rows, [1, 1, -1])).lambda)).toEqual([0.5, 0, 0.5])
    const zero = [
      [1, 2],
      [0, 0],
    ]
    expect(Array.from(witnessed(dataset(zero, [1, 1])).lambda)).toEqual([0, 1])
  })

  it('finds a planted contradiction: a mean of positive examples with the label −1', () => {
    for (let seed = 0; seed < 60; seed++) {
      const d = 3 + (seed % 10)
      const { data } = separableData({ n: 40, d, gamma: 0.1, size: 1, seed })
      const rows = Array.from({ length: 40 }, (_, i) =>
        Array.from(data.x.data.subarray(i * d, (i + 1) * d)),
      )
      const weights = [0.5, 0.3, 0.2]
      const mean = rows[0].map((_, c) =>
        weights.reduce((sum, weight, p) => sum + weight * rows[2 * p][c], 0),
      )
      const planted = dataset([...rows, mean], [...data.y, -1])
      const { lambda } = witnessed(planted)
      expect(lambda.filter((weight) => weight > 0).length).toBeLessThanOrEqual(d + 2)
      expect(minNormPoint(planted).hi).toBeLessThanOrEqual(1e-9 * radius(planted))
      expect(margin(planted).lo).toBeLessThanOrEqual(0)
    }
  })
})

it('answers for any small data, and what it says can be checked', () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(anyData, (data) => {
      const answer = separability(data)
      kinds.add(answer.kind)
      const r = radius(data)
      if (answer.kind === 'separable') {
        expect(minMargin(data, answer.w)).toBeGreaterThan(0)
        expect(certifyMargin(data, answer.lambda)).toEqual({ lo: answer.lo, hi: answer.hi })
      } else {
        expect(answer.kind).toBe('inseparable')
        expect(combined(data, answer.lambda)).toBeLessThanOrEqual(1e-9 * r)
      }
    }),
    { numRuns: 500 },
  )
  expect([...kinds].sort()).toEqual(['inseparable', 'separable'])
})

describe('certifyMargin', () => {
  it('brackets the margin from any weights, good or bad', () => {
    const { data, gamma } = knownMargin(7)
    const source = stream(1)
    for (let i = 0; i < 100; i++) {
      const lambda = source.uniformInto(new Float64Array(data.y.length))
      const { lo, hi } = certifyMargin(data, lambda)
      expect(lo).toBeLessThanOrEqual(gamma * (1 + 1e-12))
      expect(hi).toBeGreaterThanOrEqual(gamma * (1 - 1e-12))
    }
  })

  it('knows nothing from no weights', () => {
    const { data } = knownMargin(7)
    expect(certifyMargin(data, new Float64Array(data.y.length))).toEqual({ lo: 0, hi: Infinity })
  })

  it('wants weights that can be some', () => {
    const data = dataset([[1], [2]], [1, 1])
    expect(() => certifyMargin(data, Float64Array.of(1))).toThrow(
      'certifyMargin: expected n = 2 weights, got 1',
    )
    expect(() => certifyMargin(data, Float64Array.of(1, -1))).toThrow(
      'certifyMargin: expected lambda[1] to be finite and not negative, got -1',
    )
  })
})

it('undecided when the budget is too small, never wrong', () => {
  const { data } = separableData({ n: 60, d: 8, gamma: 0.001, size: 1, seed: 4 })
  const exact = separable(data)
  const answer = separability(data, { sweeps: 0, rounds: 0 })
  expect(answer.kind).toBe('undecided')
  if (answer.kind === 'undecided') {
    expect(answer.lo).toBeLessThanOrEqual(exact.hi)
    expect(answer.hi).toBeGreaterThanOrEqual(exact.lo)
  }
})
