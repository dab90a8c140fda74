import fc from 'fast-check'
import { stream, type Stream } from '@nonconvex/tensor'
import { describe, expect, it } from 'vitest'
import { doubleWell, noisyMean } from '../../test/objectives.js'
import { gradientDescent, residualAtMost, sgd, type SgdState } from '../index.js'
import { run } from '../index.js'
import { manyStarts, summarise, type ManyStartsOptions } from '../index.js'

const descent = gradientDescent(doubleWell, { eta: 0.3 })
const options: ManyStartsOptions<ReturnType<typeof descent.init>> = {
  stream: stream(4),
  count: 12,
  start: (s) => descent.init(s.normalInto(new Float64Array(2))),
  step: descent.step,
  stop: residualAtMost(1e-6),
  observe: ({ residual }) => ({ residual }),
  maxSteps: 40,
}
const straight = manyStarts(options).finish()

describe('manyStarts', () => {
  it('runs each start from its own named stream', () => {
    straight.finished.forEach(({ index, outcome }, i) => {
      expect(index).toBe(i)
      const start = options.start(stream(4).child('start', i), i)
      const { stop, step, observe, maxSteps } = options
      const alone = run({
        start,
        step,
        maxSteps,
        ...(stop && { stop }),
        ...(observe && { observe }),
      })
      expect(outcome).toStrictEqual(alone.finish())
    })
    expect(straight.finished).toHaveLength(12)
  })

  it('gives the same runs alone, in part, and in lockstep of any width', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.nat(12), fc.integer({ min: 1, max: 15 }), (first, n, batch) => {
        const count = Math.min(n, 12 - first)
        const part = manyStarts({ ...options, first, count, batch }).finish()
        expect(part.finished).toStrictEqual(straight.finished.slice(first, first + count))
      }),
      { numRuns: 60 },
    )
  })

  it('yields runs in lockstep as they finish', () => {
    const starts = [5, 1, 3, 1]
    const count = manyStarts({
      stream: stream(1),
      count: 4,
      batch: 3,
      start: (_, i) => starts[i],
      step: (x) => x - 1,
      stop: (x) => (x === 0 ? 'zero' : undefined),
      maxSteps: 9,
    })
    expect([...count].map(({ index, outcome }) => [index, outcome.step])).toEqual([
      [1, 1],
      [2, 3],
      [3, 1],
      [0, 5],
    ])
  })

  it('pauses when left, and finishes what is left', () => {
    const starts = manyStarts({ ...options, batch: 5 })
    const seen: number[] = []
    for (const { index } of starts) {
      seen.push(index)
      if (seen.length === 4) break
    }
    const { finished, summary } = starts.finish()
    expect(summary.count).toBe(8)
    expect([...seen, ...finished.map((f) => f.index)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => i),
    )
  })

  it.each([1, 4])('is aborted, keeping the runs under way, batch %d', (batch) => {
    const controller = new AbortController()
    const step = (state: ReturnType<typeof descent.init>, t: number) => {
      if (t === 7) controller.abort()
      return descent.step(state)
    }
    const { finished, summary } = manyStarts({
      ...options,
      batch,
      step,
      signal: controller.signal,
    }).finish()
    expect(summary.statuses).toEqual({ aborted: batch })
    expect(finished.every(({ outcome }) => outcome.step <= 7 && outcome.step >= 6)).toBe(true)
    const never = manyStarts({ ...options, batch, signal: AbortSignal.abort() }).finish()
    expect(never.summary).toEqual({ count: 0, statuses: {} })
  })

  it('takes options of one run, such as an sgd with its own stream', () => {
    const own = (s: Stream) => sgd(noisyMean([3]), { eta: 0.1, stream: s })
    const starts = (count: number) =>
      manyStarts<SgdState>({
        stream: stream(2),
        count,
        start: (s) => own(s).init([0]),
        step: (s) => s,
        each: (s) => ({ step: own(s).step }),
        maxSteps: 20,
      }).finish().finished
    const [a, b] = starts(2)
    expect(a.outcome.state.w[0]).not.toBe(b.outcome.state.w[0])
    expect(starts(5).slice(0, 2)).toStrictEqual([a, b])
  })

  it('reports every status', () => {
    const { summary } = manyStarts({
      stream: stream(1),
      count: 4,
      start: (_, i) => i,
      step: (x) => {
        if (x === 1) throw new Error('one')
        return x === 2 ? NaN : x
      },
      stop: (x) => (x === 0 ? 'zero' : undefined),
      maxSteps: 3,
    }).finish()
    expect(summary.statuses).toEqual({ converged: 1, failed: 1, 'not-finite': 1, 'max-steps': 1 })
  })

  it.each([
    [{ count: -1 }, 'count'],
    [{ count: 1.5 }, 'count'],
    [{ first: -1 }, 'first'],
    [{ batch: 0 }, 'batch'],
  ])('refuses %j', (change, name) => {
    expect(() => manyStarts({ ...options, ...change })).toThrow(RangeError)
    expect(() => manyStarts({ ...options, ...change })).toThrow(`manyStarts: ${name} must be`)
  })
})

describe('summarise', () => {
  it('counts statuses and orders the steps of the converged', () => {
    const all = [9, 1, 5, 7].map((step) => ({ status: 'converged', step }) as const)
    expect(summarise([...all, { status: 'failed', step: 100 }])).toEqual({
      count: 5,
      statuses: { converged: 4, failed: 1 },
      steps: { min: 1, median: 5, max: 9 },
    })
    expect(summarise([])).toEqual({ count: 0, statuses: {} })
  })
})
