import { describe, expect, it } from 'vitest'
import { hypothesis, type Claim } from '../claims/index.js'
import { boundMonitor, run, verdictOfRun, type Monitor } from '../index.js'

const claim: Claim = { id: 'test/small', title: 'Small', rigor: 'float64', source: {} }
const small = (bound: number) =>
  boundMonitor<number>({ claim, measured: (x) => x, relation: '<=', bound })
const outcomeOf = (bound: number, start = 1, others: readonly Monitor<number>[] = []) =>
  run({ start, step: (x) => x + 1, monitors: [small(bound), ...others], maxSteps: 9 }).finish()

describe('verdictOfRun', () => {
  it('holds with the number of checks and the smallest room', () => {
    expect(verdictOfRun(claim, outcomeOf(12))).toStrictEqual({
      claim: 'test/small',
      title: 'Small',
      status: 'holds',
      statement: 'holds at each of 10 checks; closest at step 9, 2 from the bound',
      rigor: 'float64',
      measured: 2,
      relation: '>=',
      bound: 0,
      hypotheses: [],
      source: {},
    })
  })

  it('holds without a room where the monitor has none', () => {
    const bare: Monitor<number> = { claim, check: () => undefined }
    const outcome = run({ start: 1, step: (x) => x, monitors: [bare], maxSteps: 9 }).finish()
    expect(verdictOfRun(claim, outcome)).toMatchObject({
      status: 'holds',
      statement: 'holds at each of 10 checks',
    })
  })

  it('is violated at the first breach, with its numbers and a witness', () => {
    const verdict = verdictOfRun(claim, outcomeOf(4), { witness: { seed: 1 } })
    expect(verdict).toMatchObject({
      status: 'violated',
      statement: 'violated at step 4: 5, expected <= 4; 1 of 5 checks failed',
      measured: 5,
      relation: '<=',
      bound: 4,
      witness: { breach: { run: 0, step: 4, checks: 5, breaches: 1 }, given: { seed: 1 } },
    })
  })

  it('is violated by a breach even if the run went on to converge', () => {
    const options = { start: 1, step: (x: number) => x + 1, monitors: [small(4)], maxSteps: 9 }
    const counted = run({ ...options, onBreach: 'count' }).finish()
    expect(counted.status).toBe('max-steps')
    expect(verdictOfRun(claim, counted)).toMatchObject({
      status: 'violated',
      statement: 'violated at step 4: 5, expected <= 4; 6 of 10 checks failed',
    })
  })

  it('is inapplicable where a hypothesis fails, breach or not', () => {
    const hypotheses = [hypothesis('the step is at most 1/L', false, 3)]
    for (const bound of [4, 12])
      expect(verdictOfRun(claim, outcomeOf(bound), { hypotheses })).toMatchObject({
        status: 'inapplicable',
        statement: 'not met: the step is at most 1/L (measured 3)',
      })
  })

  it.each([
    ['aborted', { signal: AbortSignal.abort() }, 'no step was checked'],
    ['not-finite', { step: (x: number) => x / 0 }, 'step 1 is not finite: state'],
    [
      'failed',
      {
        stop: () => {
          throw new Error('no')
        },
      },
      'step 0 failed in stop: Error: no',
    ],
  ])('is inconclusive about a run that is %s', (status, change, reason) => {
    const base = { start: 1, step: (x: number) => x + 1, monitors: [small(99)], maxSteps: 9 }
    const outcome = run({ ...base, ...change }).finish()
    expect(outcome.status).toBe(status)
    const verdict = verdictOfRun(claim, outcome)
    expect(verdict.status).toBe('inconclusive')
    expect(verdict.statement).toContain(reason)
  })

  it('is inconclusive where another claim stopped the run', () => {
    const other: Claim = { ...claim, id: 'test/other' }
    const stopper = boundMonitor<number>({
      claim: other,
      measured: (x) => x,
      relation: '<=',
      bound: 3,
    })
    const outcome = outcomeOf(99, 1, [stopper])
    expect(verdictOfRun(claim, outcome).status).toBe('inconclusive')
    expect(verdictOfRun(other, outcome).status).toBe('violated')
  })

  it('is inconclusive if no step could be checked', () => {
    const moves = boundMonitor<number>({
      claim,
      measured: (now, before) => now - before,
      relation: '>=',
      bound: 0,
      transition: true,
    })
    const outcome = run({ start: 1, step: (x) => x, monitors: [moves], maxSteps: 0 }).finish()
    expect(verdictOfRun(claim, outcome)).toMatchObject({
      status: 'inconclusive',
      statement: 'holds at each of 0 checks; undecided: no step was checked',
    })
    expect(verdictOfRun(claim, []).status).toBe('inconclusive')
  })

  it('takes several runs together, and names the one that counts', () => {
    expect(verdictOfRun(claim, [outcomeOf(12), outcomeOf(12, 2)]).statement).toBe(
      'holds at each of 20 checks on 2 runs; closest at step 9 of run 1, 1 from the bound',
    )
    expect(verdictOfRun(claim, [outcomeOf(12), outcomeOf(12, 12)]).statement).toBe(
      'violated at step 1 of run 1: 13, expected <= 12; 1 of 12 checks on 2 runs failed',
    )
  })

  it('refuses an outcome without a monitor of the claim', () => {
    const other = { ...claim, id: 'test/other' }
    expect(() => verdictOfRun(other, outcomeOf(12))).toThrow(
      'verdictOfRun: expected a monitor of test/other, got [test/small]',
    )
  })
})

describe('boundMonitor', () => {
  const at = (relation: '<=' | '>=' | '==', slack: number, x: number) => {
    const monitor = boundMonitor<number>({ claim, measured: (y) => y, relation, bound: 1, slack })
    return [monitor.room?.(x, undefined, 7), monitor.check(x, undefined, 7)] as const
  }

  it('has a room that is negative exactly at a breach', () => {
    expect(at('<=', 0.5, 1.5)).toEqual([0, undefined])
    expect(at('<=', 0.5, 2)[0]).toBe(-0.5)
    expect(at('>=', 0.5, 0.5)).toEqual([0, undefined])
    expect(at('>=', 0.5, 0.25)[1]).toEqual({
      claim: 'test/small',
      step: 7,
      measured: 0.25,
      relation: '>=',
      bound: 1,
    })
    expect(at('==', 0.5, 0.5)).toEqual([0, undefined])
    expect(at('==', 0, 1.25)[0]).toBe(-0.25)
  })

  it('takes bounds and slacks that move, and the state before', () => {
    const monitor = boundMonitor<number>({
      claim,
      measured: (now) => now,
      relation: '<=',
      bound: (_, before) => before,
      slack: (_, before, step) => before * step,
      transition: true,
    })
    expect(monitor.room?.(5, 4, 1)).toBe(3)
    expect(monitor.check(9, 4, 1)).toMatchObject({ measured: 9, bound: 4 })
  })

  it('refuses a slack that is negative or not finite', () => {
    expect(() => at('<=', -1, 0)).toThrow('boundMonitor: expected slack >= 0')
    expect(() => at('<=', NaN, 0)).toThrow(RangeError)
  })
})

describe('a tally', () => {
  it('takes a monitor at its room where its check overlooks it', () => {
    const odd: Monitor<number> = { claim, room: () => -2, check: () => undefined }
    const outcome = run({ start: 1, step: (x) => x, monitors: [odd], maxSteps: 9 }).finish()
    expect(outcome.breaches).toEqual([
      { claim: 'test/small', step: 0, measured: -2, relation: '>=', bound: 0 },
    ])
  })
})
