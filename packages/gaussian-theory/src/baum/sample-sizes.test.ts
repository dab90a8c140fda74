import { verdictOn } from '@nonconvex/optim/claims'
import { describe, expect, it } from 'vitest'
import { baumRate, baumSampleSizes, guaranteedError, type BaumCurve } from './index.js'

describe('sample sizes', () => {
  it('are those of the guarantee', () => {
    expect(baumSampleSizes({ n: 3, eps: 0.1, delta: 0.1 })).toMatchObject({
      m1: 339135232,
      m2: 7702,
    })
    expect(baumSampleSizes({ n: 5, eps: 0.1, delta: 0.1 })).toMatchObject({
      m1: 1494433152,
      m2: 19254,
    })
  })
  it.each([
    [{ n: 0, eps: 0.1, delta: 0.1 }, 'n to be'],
    [{ n: 3, eps: 0, delta: 0.1 }, 'eps in (0, 1), got 0'],
    [{ n: 3, eps: 0.1, delta: 1 }, 'delta in (0, 1), got 1'],
  ])('refuse %j', (options, message) => {
    expect(() => baumSampleSizes(options)).toThrow(message)
  })
})

describe('the guaranteed error', () => {
  it('is the ε of the sizes', () => {
    for (const n of [1, 3, 5, 8])
      for (const eps of [0.5, 0.1, 0.01]) {
        const { m2 } = baumSampleSizes({ n, eps, delta: 0.05 })
        const at = (kept: number): number => guaranteedError({ n, kept, delta: 0.05 })
        expect(at(m2)).toBeLessThanOrEqual(eps * (1 + 1e-12))
        expect(at(m2 - 1)).toBeGreaterThan(eps)
      }
  })
  it('is 1 where nothing is guaranteed', () => {
    expect(guaranteedError({ n: 3, kept: 1, delta: 0.05 })).toBe(1)
    expect(guaranteedError({ n: 1, kept: 1, delta: 0.999 })).toBe(1)
  })
  it.each([
    [{ n: 0, kept: 10, delta: 0.1 }, 'n to be an integer ≥ 1, got 0'],
    [{ n: 3, kept: 0, delta: 0.1 }, 'kept to be an integer ≥ 1, got 0'],
    [{ n: 3, kept: NaN, delta: 0.1 }, 'kept to be an integer ≥ 1, got NaN'],
    [{ n: 3, kept: 10, delta: 0 }, 'delta in (0, 1), got 0'],
  ])('refuses %j', (options, message) => {
    expect(() => guaranteedError(options)).toThrow(message)
  })
})

describe('the claim about the number of examples', () => {
  const sizes = [100, 200, 400, 800, 1600]
  const curve = (n: number, error: (size: number) => number): BaumCurve => ({
    n,
    sizes,
    first: 5000,
    runs: 20,
    points: 10_000,
    errors: sizes.map(error),
    guaranteed: sizes.map((size) => guaranteedError({ n, kept: size / 2, delta: 0.05 })),
    failed: 0,
  })
  const right = [curve(2, (m) => 1 / m), curve(3, (m) => 3 / m)]
  it('holds for errors like 1/m', () => {
    expect(verdictOn(baumRate, { symmetric: true, curves: right }).status).toBe('holds')
    // what the fit leaves out, fewer than twenty examples for each number, does not count
    expect(
      verdictOn(baumRate, { symmetric: true, curves: [curve(3, (m) => (m < 120 ? 0.01 : 1 / m))] })
        .status,
    ).toBe('holds')
  })
  it.each([
    ['another exponent', [curve(2, (m) => 1 / Math.sqrt(m))]],
    ['an error that stays', [...right, curve(2, () => 0.01)]],
    ['an error above the guarantee', [curve(2, (m) => 2000 / m)]],
    ['a run without a hypothesis', [{ ...right[0], failed: 1 }]],
  ])('is violated by %s', (_, curves) => {
    expect(verdictOn(baumRate, { symmetric: true, curves }).status).toBe('violated')
  })
  it('needs a first sample that suits the largest second one', () => {
    const bad = { ...right[1], failed: 1 }
    expect(
      verdictOn(baumRate, { symmetric: true, curves: [right[0], { ...bad, first: 2400 }] }).status,
    ).toBe('violated')
    expect(
      verdictOn(baumRate, { symmetric: true, curves: [right[0], { ...bad, first: 2399 }] }).status,
    ).toBe('inapplicable')
    expect(
      verdictOn(baumRate, { symmetric: true, curves: [{ ...right[0], first: 1599 }, bad] }).status,
    ).toBe('inapplicable')
  })
  it('is undecided with too few runs or too few errors counted', () => {
    const other = curve(2, (m) => 1 / Math.sqrt(m))
    expect(verdictOn(baumRate, { symmetric: true, curves: [{ ...other, runs: 10 }] }).status).toBe(
      'violated',
    )
    expect(verdictOn(baumRate, { symmetric: true, curves: [{ ...other, runs: 9 }] }).status).toBe(
      'inconclusive',
    )
    // sizes up to 800 are needed: 16 errors there, 20 · 640/800
    const few = verdictOn(baumRate, { symmetric: true, curves: [{ ...right[0], points: 200 }] })
    expect(few.status).toBe('inconclusive')
    expect(few.statement).toContain('unknown for n = 2')
    expect(
      verdictOn(baumRate, { symmetric: true, curves: [{ ...right[0], points: 640 }] }).status,
    ).toBe('holds')
    expect(
      verdictOn(baumRate, { symmetric: true, curves: [{ ...right[0], points: 639 }] }).status,
    ).toBe('inconclusive')
  })
  it('is undecided with too few sizes, and does not apply to asymmetric inputs', () => {
    expect(verdictOn(baumRate, { symmetric: true, curves: [] }).status).toBe('inconclusive')
    expect(
      verdictOn(baumRate, { symmetric: true, curves: [{ ...curve(8, (m) => 1 / m), first: 6400 }] })
        .status,
    ).toBe('inconclusive')
    expect(verdictOn(baumRate, { symmetric: false, curves: right }).status).toBe('inapplicable')
    expect(baumRate.rigor).toBe('statistical')
  })
})
