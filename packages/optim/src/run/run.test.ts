import { describe, expect, it } from 'vitest'
import { boundMonitor, resume, run, type Monitor, type RunOptions } from '../index.js'
import type { Claim } from '../claims/index.js'

const claim = (id: string): Claim => ({ id, title: id, rigor: 'float64', source: {} })
const halve = (x: number) => x / 2
const below = (id: string, bound: number) =>
  boundMonitor<number>({ claim: claim(id), measured: (x) => x, relation: '<=', bound })

describe('a run', () => {
  it('converges with the reason of stop', () => {
    const stop = (x: number) => (x < 1e-3 ? 'x < 1e-3' : undefined)
    const outcome = run({ start: 1, step: halve, stop, maxSteps: 100 }).finish()
    expect(outcome).toStrictEqual({
      status: 'converged',
      message: 'converged at step 10: x < 1e-3',
      step: 10,
      state: 2 ** -10,
      trace: { steps: [], columns: {} },
      breaches: [],
      tallies: [],
    })
  })

  it('converges at the start without a step', () => {
    const step = () => {
      throw new Error('not called')
    }
    const outcome = run({ start: 1, step, stop: () => 'there', maxSteps: 5 }).finish()
    expect(outcome).toMatchObject({ status: 'converged', step: 0, state: 1 })
  })

  it('numbers steps by the state they make', () => {
    const seen: number[] = []
    run({
      start: 0,
      step: (x, step) => (seen.push(step), x + step),
      maxSteps: 3,
    }).finish()
    expect(seen).toEqual([1, 2, 3])
  })

  it('ends at maxSteps, and says that', () => {
    const outcome = run({ start: 1, step: halve, maxSteps: 2000 }).finish()
    expect(outcome).toMatchObject({ status: 'max-steps', step: 2000, state: 0 })
    expect(outcome.message).toBe('stopped at step 2,000: maxSteps is 2,000')
    expect(run({ start: 1, step: halve, maxSteps: 0 }).finish()).toMatchObject({
      status: 'max-steps',
      step: 0,
      state: 1,
    })
  })

  it('is violated at the first breach, of all monitors that break there', () => {
    const monitors = [below('test/a', 5), below('test/b', 100), below('test/c', 6)]
    const outcome = run({ start: 1, step: (x) => x + 1, monitors, maxSteps: 50 }).finish()
    // 6 <= 5 fails at step 5, before 7 <= 6 can
    expect(outcome).toMatchObject({ status: 'violated', step: 5, state: 6 })
    expect(outcome.message).toBe('step 5 broke test/a (measured 6, expected <= 5)')
    expect(outcome.breaches).toEqual([
      { claim: 'test/a', step: 5, measured: 6, relation: '<=', bound: 5 },
    ])
    const both = run({ start: 7, step: halve, monitors, maxSteps: 50 }).finish()
    expect(both).toMatchObject({ status: 'violated', step: 0 })
    expect(both.breaches.map((b) => b.claim)).toEqual(['test/a', 'test/c'])
  })

  it('counts breaches and goes on if asked to, and keeps the first hundred', () => {
    const monitors = [below('test/a', 5)]
    const options = { start: 1, step: (x: number) => x + 1, monitors, maxSteps: 300 } as const
    const outcome = run({ ...options, onBreach: 'count' }).finish()
    expect(outcome).toMatchObject({ status: 'max-steps', step: 300 })
    expect(outcome.breaches).toHaveLength(100)
    expect(outcome.tallies).toEqual([
      {
        claim: 'test/a',
        checks: 301,
        breaches: 296,
        firstBreach: { claim: 'test/a', step: 5, measured: 6, relation: '<=', bound: 5 },
        smallestRoom: { room: -296, step: 300 },
      },
    ])
  })

  it.each([
    ['a number', { w: [1, 2] }, { w: [1, NaN] }, 'state.w[1]'],
    ['an array', { w: Float64Array.of(1, 2) }, { w: Float64Array.of(1, -Infinity) }, 'state.w[1]'],
    ['deep data', { a: [{ b: 1 }] }, { a: [{ b: Infinity }] }, 'state.a[0].b'],
    ['the state', 1, NaN, 'state'],
    ['a list', [1], [NaN], 'state[0]'],
  ])('stops where %s is not finite, with the place', (_, good, bad, place) => {
    const options = { start: good as unknown, maxSteps: 9 }
    const outcome = run({ ...options, step: (_, step) => (step === 3 ? bad : good) }).finish()
    expect(outcome).toMatchObject({ status: 'not-finite', step: 3, place, lastFinite: good })
    expect(outcome.message).toBe(`step 3 is not finite: ${place}`)
    expect(outcome.state).toBe(bad)
  })

  it('stops at a start that is not finite, before a monitor sees it', () => {
    const outcome = run({
      start: NaN,
      step: halve,
      monitors: [below('a', 1)],
      maxSteps: 3,
    }).finish()
    expect(outcome).toMatchObject({ status: 'not-finite', step: 0, place: 'state' })
    expect(outcome).not.toHaveProperty('lastFinite')
    expect(outcome.tallies[0].checks).toBe(0)
  })

  it('believes the finite it is given', () => {
    const free = run({ start: NaN, step: (x) => x, finite: () => true, maxSteps: 3 }).finish()
    expect(free.status).toBe('max-steps')
    const strict = run({ start: 1, step: halve, finite: (x) => x > 0.2, maxSteps: 9 }).finish()
    expect(strict).toMatchObject({ status: 'not-finite', step: 3, place: 'state' })
  })

  it('stops where a monitor or an observed number is not finite', () => {
    const nan = boundMonitor<number>({
      claim: claim('test/nan'),
      measured: (x) => (x < 0.3 ? NaN : x),
      relation: '<=',
      bound: 1,
    })
    const monitored = run({ start: 1, step: halve, monitors: [nan], maxSteps: 9 }).finish()
    expect(monitored).toMatchObject({ status: 'not-finite', step: 2, place: 'monitor test/nan' })
    expect(monitored.tallies[0].checks).toBe(2)
    const bare: Monitor<number> = {
      claim: claim('test/bare'),
      check: (x, _, step) => ({
        claim: 'test/bare',
        step,
        measured: x / 0,
        relation: '<=',
        bound: 1,
      }),
    }
    const unmeasured = run({ start: 1, step: halve, monitors: [bare], maxSteps: 9 }).finish()
    expect(unmeasured).toMatchObject({ status: 'not-finite', step: 0, place: 'monitor test/bare' })
    const observe = (x: number) => ({ log: Math.log(x - 0.25) })
    const observed = run({ start: 1, step: halve, observe, maxSteps: 9 }).finish()
    expect(observed).toMatchObject({ status: 'not-finite', step: 2, place: 'observed log' })
  })

  it('notices a last row that is not finite even where the trace leaves it out', () => {
    const observe = (x: number) => ({ inverse: 1 / (x - 7) })
    const options = { start: 0, step: (x: number) => x + 1, observe, thin: { every: 5 } }
    expect(run({ ...options, maxSteps: 8 }).finish().status).toBe('max-steps')
    expect(run({ ...options, maxSteps: 7 }).finish()).toMatchObject({
      status: 'not-finite',
      step: 7,
      place: 'observed inverse',
    })
  })

  it('is aborted before the next step, keeps the state, and can be resumed', () => {
    const controller = new AbortController()
    const options: RunOptions<number> = {
      start: 1,
      step: halve,
      maxSteps: 10,
      signal: controller.signal,
    }
    const going = run(options)
    for (const { step } of going) if (step === 4) controller.abort()
    const outcome = going.finish()
    expect(outcome).toMatchObject({ status: 'aborted', step: 4, state: 2 ** -4 })
    const again = { ...options, signal: new AbortController().signal }
    expect(resume(again, going.save()).finish()).toMatchObject({ status: 'max-steps', step: 10 })
    expect(run(options).finish()).toMatchObject({ status: 'aborted', step: 0, state: 1 })
  })

  it('is aborted by a step that throws because of the signal', () => {
    const controller = new AbortController()
    const step = (x: number, t: number) => {
      if (t === 3) controller.abort()
      controller.signal.throwIfAborted()
      return x / 2
    }
    const outcome = run({ start: 1, step, maxSteps: 9, signal: controller.signal }).finish()
    expect(outcome).toMatchObject({ status: 'aborted', step: 2, state: 0.25 })
  })

  it('fails with what was thrown, wherever that was', () => {
    const error = new RangeError('gemv: expected x to have length 3, got 2')
    const thrower = (at: number) => (_: unknown, step: number) => {
      if (step === at) throw error
      return undefined
    }
    const base: RunOptions<number> = { start: 1, step: halve, maxSteps: 9 }
    const step = run({ ...base, step: (x, t) => (thrower(3)(x, t), x) }).finish()
    expect(step).toMatchObject({ status: 'failed', step: 2, place: 'step', error })
    expect(step.message).toBe(
      'step 3 failed in step: RangeError: gemv: expected x to have length 3, got 2',
    )
    const check: Monitor<number> = {
      claim: claim('test/thrower'),
      check: (x, _, t) => thrower(3)(x, t),
    }
    const monitored = run({ ...base, monitors: [below('test/a', 9), check] }).finish()
    expect(monitored).toMatchObject({ status: 'failed', step: 3, place: 'monitor test/thrower' })
    expect(run({ ...base, stop: thrower(3) }).finish()).toMatchObject({ step: 3, place: 'stop' })
    const finite = (x: number) => {
      if (x < 0.2) throw error
      return true
    }
    expect(run({ ...base, finite }).finish()).toMatchObject({ step: 3, place: 'finite' })
    const observe = (x: number) => (finite(x), { x })
    const observed = run({ ...base, observe }).finish()
    expect(observed).toMatchObject({ status: 'failed', step: 3, place: 'observe' })
    expect(observed.trace.steps).toEqual([0, 1, 2])
    const last = run({ ...base, observe, thin: { every: 99 } }).finish()
    expect(last).toMatchObject({ status: 'failed', step: 9, place: 'observe' })
  })

  it('keeps what it ended with when only the last row goes wrong', () => {
    const observe = (x: number) => ({ x: x < 0.3 ? NaN : x })
    const monitor = boundMonitor<number>({
      claim: claim('test/large'),
      measured: (x) => x,
      relation: '>=',
      bound: 0.3,
    })
    const options = { start: 1, step: halve, monitors: [monitor], observe, maxSteps: 9 } as const
    expect(run({ ...options, thin: { every: 50 } }).finish().status).toBe('violated')
  })

  it('fails if the observed names change', () => {
    const observe = (x: number) => (x < 0.3 ? { x, y: 1 } : { x })
    const outcome = run({ start: 1, step: halve, observe, maxSteps: 9 }).finish()
    expect(outcome.status).toBe('failed')
    expect(outcome.message).toContain('expected the names [x] of the first step, got [x, y]')
  })

  it.each([
    [{ maxSteps: -1 }, 'maxSteps'],
    [{ maxSteps: NaN }, 'maxSteps'],
    [{ maxSteps: 1.5 }, 'maxSteps'],
    [{ maxSteps: 1, monitors: [below('a', 1), below('a', 2)] }, 'one monitor for each claim'],
    [{ maxSteps: 1, onBreach: 'shrug' as 'stop' }, 'onBreach'],
    [{ maxSteps: 1, thin: { every: 0 } }, 'every'],
    [{ maxSteps: 1, thin: { perDecade: 0.5 } }, 'perDecade'],
    [{ maxSteps: 1, thin: { limit: 1 } }, 'limit'],
  ])('refuses %j', (options, part) => {
    expect(() => run({ start: 1, step: halve, ...options })).toThrow(RangeError)
    expect(() => run({ start: 1, step: halve, ...options })).toThrow(part)
  })
})
