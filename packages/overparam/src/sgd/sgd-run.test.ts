import { boundMonitor } from '@nonconvex/optim'
import { stream } from '@nonconvex/tensor'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataset, problems, separableData } from '../../test/problems.js'
import {
  forward,
  hingeLoss,
  lowerLine,
  initialWeights,
  type SgdOptions,
  type UpdateState,
} from '../index.js'
import { epochOf } from './order.js'
import { SgdRun } from './sgd-run.js'
import { trainSgd, trainSgdAsync } from './train-sgd.js'

const { data, u: wStar } = separableData({ n: 30, d: 6, gamma: 0.03, size: 1, seed: 1 })
const start = initialWeights({ kind: 'scaled', stream: stream(2) }, 3, 6)
const options: SgdOptions = { k: 3, start, order: { kind: 'permutation', stream: stream(3) } }

describe('the stopping rule', () => {
  /**
   * Steps at which `wanted` clean visits in a row were made after the last update, whoever was
   * visited.
   */
  function cleanInARow(n: number, atStep: Int32Array, steps: number): number {
    const updates = new Set(atStep)
    let run = 0
    for (let step = 1; step <= steps; step++) {
      run = updates.has(step) ? 0 : run + 1
      if (run === n) return step
    }
    return steps
  }

  it('is not fooled by n clean visits in a row that miss an example', () => {
    let fooled = 0
    for (let seed = 0; seed < 60; seed++) {
      const n = 12
      const order = {
        kind: seed % 2 ? 'permutation' : 'replacement',
        stream: stream(seed),
      } as const
      const set = separableData({ n, d: 4, gamma: 0.02, size: 1, seed }).data
      const run = trainSgd(set, { k: 1, start: new Float64Array(8), order, eta: 3 })
      expect(run.status).toBe('converged')
      expect(hingeLoss(forward(run.net, set.x), set.y)).toBe(0)
      if (cleanInARow(n, run.atStep, run.steps) < run.lastUpdate) fooled++
      // exactly then: after the last update all n are seen, and the last step saw a new one
      const visits = Array.from({ length: run.steps - run.lastUpdate }, (_, i) => {
        const step = run.lastUpdate + i
        return epochOf(order, n, Math.floor(step / n))[step % n]
      })
      expect(new Set(visits).size).toBe(n)
      expect(new Set(visits.slice(0, -1)).size).toBe(n - 1)
    }
    expect(fooled).toBeGreaterThan(0)
  })

  it('keeps the bounds on steps: n(U+1) in cyclic order, (2n−1)(U+1) for permutations', () => {
    fc.assert(
      fc.property(problems, (p) => {
        const run = trainSgd(p.data, p.options)
        const n = p.data.y.length
        const { kind } = p.options.order
        if (kind === 'cyclic') expect(run.steps).toBeLessThanOrEqual(n * (run.updates + 1))
        if (kind === 'permutation')
          expect(run.steps).toBeLessThanOrEqual((2 * n - 1) * (run.updates + 1))
      }),
      { numRuns: 300 },
    )
  })

  it('keeps its bound on the mean of the steps with replacement: n U + n H_n, over 400 runs', () => {
    const n = 12
    const harmonic = Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0)
    const set = separableData({ n, d: 4, gamma: 0.05, size: 1, seed: 8 }).data
    const excess = Array.from({ length: 400 }, (_, seed) => {
      const order = { kind: 'replacement', stream: stream(seed) } as const
      const run = trainSgd(set, { k: 1, start: new Float64Array(8), order, eta: 1 })
      return run.steps - n * run.updates - n * harmonic
    })
    const mean = excess.reduce((a, b) => a + b, 0) / 400
    const variance = excess.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 399
    expect(mean).toBeLessThanOrEqual(3 * Math.sqrt(variance / 400))
  })

  it('a margin of exactly 1 is clean', () => {
    const one = dataset([[1]], [1])
    const at = (w: number): number => {
      const net = { k: 1, v: 1, alpha: 0.5, start: Float64Array.of(w, 0) }
      return trainSgd(one, { ...net, order: { kind: 'cyclic' } }).updates
    }
    expect([at(1), at(1 - 2 ** -53)]).toEqual([0, 1])
  })

  it('the slope at 0 is α', () => {
    const net = { k: 1, v: 1, alpha: 0.25, eta: 4, start: new Float64Array(2) }
    const run = trainSgd(dataset([[1]], [1]), { ...net, order: { kind: 'cyclic' }, maxSteps: 1 })
    expect(Array.from(run.net.weights)).toEqual([1, -1])
    expect([run.active[0], run.margins[0]]).toEqual([0, 0])
  })
})

describe('a run', () => {
  it('goes on from any step to the same bytes', () => {
    const traced = { ...options, trace: { wStar } }
    const whole = trainSgd(data, traced)
    for (const cut of [0, 1, 29, 30, 31, whole.lastUpdate, whole.steps - 1]) {
      const first = new SgdRun(data, traced)
      first.advance(cut)
      const saved = first.save()
      const copy = structuredClone(saved)
      first.advance(1000) // what it does after it was saved is its own
      expect(saved).toStrictEqual(copy)
      const second = new SgdRun(data, traced, saved)
      while (second.advance(97) === 'running');
      expect(second.outcome()).toStrictEqual(whole)
      expect(saved).toStrictEqual(copy)
    }
  })

  it.each(['sparse', 'gram', 'eager', 'blocks', 'offset'] as const)(
    'goes on from any step to the same bytes with engine %s, also by hand of another',
    (engine) => {
      const set = separableData({ n: 60, d: 80, gamma: 0.01, size: 1, seed: 5 }).data
      const wide = {
        k: 30,
        start: initialWeights({ kind: 'scaled', stream: stream(6) }, 30, 80),
        order: options.order,
        slopes: true,
        engine,
      }
      const whole = trainSgd(set, wide)
      for (const cut of [1, 59, 60, whole.lastUpdate, whole.steps - 1]) {
        const first = new SgdRun(set, { ...wide, engine: 'primal' })
        first.advance(cut)
        const second = new SgdRun(set, wide, first.save())
        while (second.advance(97) === 'running');
        expect(second.outcome()).toStrictEqual(whole)
      }
    },
  )

  it('refuses the state of another run, and steps that are none', () => {
    const saved = new SgdRun(data, options).save()
    const other = separableData({ n: 31, d: 6, gamma: 0.03, size: 1, seed: 1 }).data
    expect(() => new SgdRun(other, options, saved)).toThrow(
      'SgdRun: expected a state of n = 31 examples, got one of 30',
    )
    const wide = { ...options, k: 4, start: new Float64Array(48) }
    expect(() => new SgdRun(data, wide, saved)).toThrow(
      'SgdRun: expected a state of 48 weights, got one of 36',
    )
    const run = new SgdRun(data, options)
    expect(() => run.advance(NaN)).toThrow(
      'SgdRun.advance: expected steps to be an integer ≥ 0, got NaN',
    )
    expect(() => run.pass(-1)).toThrow('SgdRun.pass: expected steps to be an integer ≥ 0, got -1')
  })

  it('leaves its arguments alone', () => {
    const before = [start.slice(), data.x.data.slice(), data.y.slice()]
    trainSgd(data, options)
    expect([start, data.x.data, data.y]).toEqual(before)
  })

  it('says when the budget ran out', () => {
    const run = trainSgd(data, { ...options, maxSteps: 10 })
    expect(run).toMatchObject({ status: 'max-steps', steps: 10 })
    expect(run.message).toMatch(/^\d+ updates in 10 steps; the budget of steps ran out/)
  })

  it('stops on request, and tells how it goes', async () => {
    const steps: number[] = []
    const seen = trainSgd(data, { ...options, watch: ({ step }) => steps.push(step) })
    expect(steps.at(-1)).toBe(seen.steps)
    expect(trainSgd(data, { ...options, signal: AbortSignal.abort() })).toMatchObject({
      status: 'aborted',
      message: '0 updates in 0 steps; stopped on request',
    })
    const controller = new AbortController()
    const endless = dataset([[1], [1]], [1, -1])
    const pending = trainSgdAsync(endless, {
      k: 1,
      start: new Float64Array(2),
      order: { kind: 'cyclic' },
      maxSteps: 1e12,
      signal: controller.signal,
    })
    controller.abort()
    expect((await pending).status).toBe('aborted')
  })

  it('is the same with the event loop turning in between', async () => {
    expect(await trainSgdAsync(data, options)).toStrictEqual(trainSgd(data, options))
  })

  it('says where an output overflows', () => {
    const huge = dataset([[1e200]], [1])
    const net = { k: 1, start: Float64Array.of(-1e200, 0), order: { kind: 'cyclic' } } as const
    expect(trainSgd(huge, net)).toMatchObject({
      status: 'not-finite',
      message:
        '0 updates in 1 step; an output or a potential is not finite at step 1: take a smaller eta or start',
    })
  })

  it('says where a potential overflows, instead of blaming the proof', () => {
    const one = dataset([[1e150]], [1])
    const run = trainSgd(one, {
      k: 1,
      eta: 1e10,
      start: new Float64Array(2),
      order: { kind: 'cyclic' },
      trace: { wStar: Float64Array.of(1) },
    })
    expect(run).toMatchObject({ status: 'not-finite', updates: 1 })
    expect(run.message).toContain('an output or a potential is not finite at step 1')
  })

  it('stops at the update that breaks a monitor', () => {
    const monitor = boundMonitor<UpdateState>({
      claim: lowerLine,
      measured: (now) => now.update,
      relation: '<=',
      bound: () => 3,
    })
    const run = trainSgd(data, { ...options, trace: { wStar, monitors: [monitor] } })
    expect(run).toMatchObject({ status: 'violated', updates: 4 })
    expect(run.message).toMatch(/; update 4 broke overparam\/lower-line$/)
    expect(run.breach).toMatchObject({ claim: 'overparam/lower-line' })
    expect(run.trace?.rooms).toEqual([{ claim: 'overparam/lower-line', room: -1, update: 4 }])
  })

  it('keeps its lines with a vector that separates nothing: they are true of any', () => {
    for (let seed = 0; seed < 50; seed++) {
      const other = stream(seed).unitVector(6)
      const run = trainSgd(data, { ...options, trace: { wStar: other } })
      expect(run.status).toBe('converged')
    }
  })
})
