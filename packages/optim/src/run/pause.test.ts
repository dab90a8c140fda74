import { describe, expect, it } from 'vitest'
import { boundMonitor, resume, run, type RunOptions, type RunState } from '../index.js'

const claim = { id: 'test/small', title: 'Small', rigor: 'float64', source: {} } as const
const options: RunOptions<{ w: Float64Array }> = {
  start: { w: Float64Array.of(1, -0) },
  step: ({ w }) => ({ w: w.map((x) => x / 3) }),
  monitors: [
    boundMonitor({ claim, measured: (s) => s.w[0], relation: '<=', bound: 2 }),
    boundMonitor({
      claim: { ...claim, id: 'test/descent' },
      measured: (now) => now.w[0],
      relation: '<=',
      bound: (_, before) => before.w[0],
      transition: true,
    }),
  ],
  observe: ({ w }) => ({ w0: w[0] }),
  thin: { every: 3 },
  maxSteps: 10,
}

describe('iterating', () => {
  it('yields the start and every state made', () => {
    const visits = [...run({ start: 1, step: (x: number) => x + 1, maxSteps: 3 })]
    expect(visits).toEqual([
      { step: 0, state: 1 },
      { step: 1, state: 2 },
      { step: 2, state: 3 },
      { step: 3, state: 4 },
    ])
  })

  it('pauses when left, and goes on', () => {
    const going = run({ start: 1, step: (x: number) => x + 1, maxSteps: 5 })
    const seen: number[] = []
    for (const { step } of going) {
      seen.push(step)
      if (step === 2) break
    }
    expect([going.step, going.state, going.ended]).toEqual([2, 3, false])
    for (const { step } of going) seen.push(step)
    expect(seen).toEqual([0, 1, 2, 3, 4, 5])
    expect(going.ended).toBe(true)
    expect([...going]).toEqual([])
    expect(going.finish()).toBe(going.finish())
  })

  it('yields the state in which the run ends, and none for a step that failed', () => {
    const stop = (x: number) => (x === 3 ? 'three' : undefined)
    const states = [...run({ start: 1, step: (x: number) => x + 1, stop, maxSteps: 9 })]
    expect(states.at(-1)).toEqual({ step: 2, state: 3 })
    const step = (x: number, t: number) => {
      if (t === 2) throw new Error('two')
      return x
    }
    expect([...run({ start: 1, step, maxSteps: 9 })].map((v) => v.step)).toEqual([0, 1])
  })

  it('does nothing before it is asked to', () => {
    let calls = 0
    const going = run({ start: 1, step: (x) => x, stop: () => (calls++, undefined), maxSteps: 1 })
    expect(calls).toBe(0)
    expect(going.advance()).toBe(true)
    expect([calls, going.step]).toEqual([1, 0])
  })
})

describe('finishAsync', () => {
  it('has the outcome of finish', async () => {
    expect(await run(options).finishAsync({ slice: 3 })).toStrictEqual(run(options).finish())
  })

  it('sees a signal that is given from outside', async () => {
    const controller = new AbortController()
    const endless = run({
      start: 0,
      step: (x) => x + 1,
      maxSteps: Number.MAX_SAFE_INTEGER,
      signal: controller.signal,
    })
    setTimeout(() => controller.abort())
    const outcome = await endless.finishAsync()
    expect(outcome.status).toBe('aborted')
    expect(outcome.state).toBe(outcome.step)
  })

  it('refuses a slice that is no integer >= 1', async () => {
    await expect(run(options).finishAsync({ slice: 0 })).rejects.toThrow('slice')
  })
})

describe('save and resume', () => {
  it('writes plain JSON', () => {
    const going = run(options)
    for (const { step } of going) if (step === 1) break
    expect(going.save()).toStrictEqual(JSON.parse(JSON.stringify(going.save())))
  })

  it('goes on from maxSteps with more', () => {
    const first = run({ ...options, maxSteps: 4 })
    first.finish()
    expect(resume(options, first.save()).finish()).toStrictEqual(run(options).finish())
  })

  it.each([
    ['converged', { stop: (_: unknown, t: number) => (t === 4 ? 'four' : undefined) }],
    [
      'not-finite',
      { step: (s: { w: Float64Array }, t: number) => ({ w: t < 4 ? s.w : s.w.map((x) => x / 0) }) },
    ],
    ['violated', { step: ({ w }: { w: Float64Array }) => ({ w: w.map((x) => x + 1) }) }],
  ] as const)('has the outcome of a run that ended %s at once', (status, change) => {
    const ended = run({ ...options, ...change })
    const outcome = ended.finish()
    expect(outcome.status).toBe(status)
    const saved = JSON.parse(JSON.stringify(ended.save())) as RunState<{ w: Float64Array }>
    const again = resume({ ...options, ...change }, saved)
    expect(again.ended).toBe(true)
    expect(again.finish()).toStrictEqual(outcome)
  })

  it('keeps the message of a failure, not the error', () => {
    const step = () => {
      throw new Error('no')
    }
    const ended = run({ ...options, step })
    const { error, ...outcome } = ended.finish()
    expect(error).toBeInstanceOf(Error)
    expect(resume({ ...options, step }, ended.save()).finish()).toStrictEqual(outcome)
  })

  it('does not share the state with what it saved', () => {
    const going = run(options)
    going.advance()
    const saved = going.save()
    going.state.w[0] = 99
    expect(resume(options, saved).state.w[0]).toBe(1)
  })

  it('refuses what is no saved run, or one with other monitors', () => {
    const saved = run(options).save()
    expect(() => resume(options, {} as typeof saved)).toThrow(
      "resume: expected a saved run 'nonconvex/run@1', got undefined",
    )
    expect(() => resume({ ...options, monitors: [] }, saved)).toThrow(
      'resume: expected monitors [test/small, test/descent] as saved, got []',
    )
    expect(() => resume({ ...options, maxSteps: -1 }, saved)).toThrow('resume: expected maxSteps')
  })

  it('refuses to save what is not plain data, with its place', () => {
    const map = run({ start: { a: new Map() }, step: (s) => s, maxSteps: 1 })
    expect(() => map.save()).toThrow(
      'encode: expected plain data at state.a, got an instance of Map',
    )
  })
})
