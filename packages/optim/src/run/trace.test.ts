import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { run, type Thin, type Trace } from '../index.js'

function traced(maxSteps: number, thin?: Thin): Trace {
  const observe = (x: number) => ({ x, square: x * x })
  const options = { start: 0, step: (x: number) => x + 1, observe, maxSteps }
  return run(thin ? { ...options, thin } : options).finish().trace
}

describe('a trace', () => {
  it('has one column for each name and one row for each kept step', () => {
    expect(traced(3)).toStrictEqual({
      steps: [0, 1, 2, 3],
      columns: { x: [0, 1, 2, 3], square: [0, 1, 4, 9] },
    })
  })

  it('keeps every n-th step and the last', () => {
    expect(traced(10, { every: 4 }).steps).toEqual([0, 4, 8, 10])
    expect(traced(8, { every: 4 }).steps).toEqual([0, 4, 8])
    expect(traced(3, { every: 50 }).steps).toEqual([0, 3])
    expect(traced(0, { every: 50 }).steps).toEqual([0])
  })

  it('keeps log-spaced steps and the last', () => {
    expect(traced(1000, { perDecade: 1 }).steps).toEqual([0, 1, 10, 100, 1000])
    expect(traced(30, { perDecade: 4 }).steps).toEqual([0, 1, 2, 3, 6, 10, 18, 30])
  })

  it('thins itself at the limit, on an even grid', () => {
    expect(traced(10, { limit: 4 }).steps).toEqual([0, 4, 8, 10])
    expect(traced(12, { limit: 4 }).steps).toEqual([0, 4, 8, 12])
    expect(traced(100_000).steps).toHaveLength(783)
  })

  it('always has first and last, ascending steps, true rows, and at most one row beyond the limit', () => {
    const thin: fc.Arbitrary<Thin> = fc.oneof(
      fc.record({ every: fc.integer({ min: 1, max: 9 }), limit: fc.integer({ min: 2, max: 30 }) }),
      fc.record({
        perDecade: fc.integer({ min: 1, max: 99 }),
        limit: fc.integer({ min: 2, max: 30 }),
      }),
    )
    fc.assert(
      fc.property(fc.nat(500), thin, (maxSteps, how) => {
        const { steps, columns } = traced(maxSteps, how)
        expect(steps[0]).toBe(0)
        expect(steps.at(-1)).toBe(maxSteps)
        expect(steps.every((s, i) => i === 0 || s > steps[i - 1])).toBe(true)
        expect(columns['x']).toEqual(steps)
        expect(steps.length).toBeLessThanOrEqual((how.limit ?? 0) + 1)
        const gaps = steps.slice(1, -1).map((s, i) => s - steps[i])
        if ('every' in how) expect(new Set(gaps).size).toBeLessThanOrEqual(1)
        else expect(gaps.every((g, i) => i === 0 || g >= gaps[i - 1] - 1)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('observes only the steps that it keeps', () => {
    let calls = 0
    const observe = (x: number) => (calls++, { x })
    run({ start: 0, step: (x) => x + 1, observe, thin: { every: 100 }, maxSteps: 1000 }).finish()
    expect(calls).toBe(11)
  })
})
