import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { problems, separableData } from '../../test/problems.js'
import { SgdRun, replay, trainSgd, type SgdOptions, type UpdateList } from '../index.js'

const { data, u: wStar } = separableData({ n: 20, d: 5, gamma: 0.05, size: 1, seed: 3 })
/** Rows of five numbers and then zeros. */
const startOf = (d: number, rows: number): Float64Array =>
  new Float64Array(rows * d).map((_, p) =>
    p % d < 5 ? Math.sin(5 * Math.floor(p / d) + (p % d)) : 0,
  )
const options: SgdOptions = {
  k: 2,
  start: startOf(5, 4),
  order: { kind: 'cyclic' },
  eta: 0.5,
  trace: { wStar },
}
const run = trainSgd(data, options)
/** Some update in the middle, with clean visits before and after it. */
const middle = run.atStep.findIndex(
  (step, u) => u > 0 && step - run.atStep[u - 1] > 2 && run.atStep[u + 1] - step > 2,
)

const changed = (change: (sequence: number[], atStep: number[]) => void): UpdateList => {
  const [sequence, atStep] = [Array.from(run.sequence), Array.from(run.atStep)]
  change(sequence, atStep)
  return { sequence: Int32Array.from(sequence), atStep: Int32Array.from(atStep) }
}
const cut = (at: number): UpdateList =>
  changed((...lists) => lists.forEach((list) => list.splice(at, 1)))

describe('replay', () => {
  it('has something to do here', () => {
    expect(run.status).toBe('converged')
    expect(middle).toBeGreaterThan(0)
  })

  it('accepts an honest list and reports the run to the last bit', () => {
    expect(replay(data, options, run)).toStrictEqual(run)
  })

  it('accepts any honest list', () => {
    fc.assert(
      fc.property(problems, (p) => {
        const traced = { ...p.options, trace: { wStar: p.wStar } }
        const honest = trainSgd(p.data, traced)
        expect(replay(p.data, traced, honest)).toStrictEqual(honest)
      }),
      { numRuns: 100 },
    )
  })

  it('accepts a run without updates', () => {
    const again = { ...options, start: run.net.weights }
    expect(
      replay(data, again, { sequence: new Int32Array(0), atStep: new Int32Array(0) }),
    ).toMatchObject({ status: 'converged', updates: 0, steps: 20 })
  })

  it('rejects an update where the visit is clean', () => {
    const list = changed((sequence, atStep) => {
      sequence.splice(middle, 0, atStep[middle] === 0 ? 0 : (atStep[middle] - 2) % 20)
      atStep.splice(middle, 0, atStep[middle] - 1)
    })
    expect(() => replay(data, options, list)).toThrow(
      `replay: update ${middle + 1} of ${run.updates + 1} at step ${run.atStep[middle] - 1}: expected an example with y N(x) < 1, got a larger margin, which causes no update`,
    )
  })

  it('rejects an update at another step', () => {
    for (const by of [-1, 1]) {
      const list = changed((_, atStep) => (atStep[middle] += by))
      expect(() => replay(data, options, list)).toThrow(RangeError)
    }
  })

  it('rejects an update of another example', () => {
    const list = changed((sequence) => (sequence[middle] = (sequence[middle] + 1) % 20))
    expect(() => replay(data, options, list)).toThrow(
      `expected example ${run.sequence[middle]}, which the order visits at this step, got ${(run.sequence[middle] + 1) % 20}`,
    )
  })

  it('rejects a list from which any one update is missing', () => {
    for (let at = 0; at < run.updates; at++)
      expect(() => replay(data, options, cut(at))).toThrow(RangeError)
  })

  it('rejects a list without its last update: the loss is not 0', () => {
    expect(() => replay(data, options, cut(run.updates - 1))).toThrow(
      `replay: expected ${run.updates - 1} updates, got another one at step`,
    )
  })

  it('rejects the list of a run that refused some of its updates, however wide the data', () => {
    // features of zeros: they cost no work, but a rule that saves work may count them
    const cols = 50_000
    const x = { rows: 20, cols, data: new Float64Array(20 * cols) }
    for (let i = 0; i < 20; i++) x.data.set(data.x.data.subarray(5 * i, 5 * i + 5), i * cols)
    const wide = { x, y: data.y }
    const untraced: SgdOptions = {
      k: 10,
      start: startOf(cols, 20),
      order: { kind: 'cyclic' },
      eta: 0.5,
    }
    const liar = new SgdRun(wide, untraced)
    // the visit right after an update is passed over, whether it would be another or not
    while (liar.status === 'running') {
      const { updates } = liar.progress()
      liar.advance(1)
      if (liar.progress().updates > updates) liar.pass(1)
    }
    const forged = liar.outcome()
    expect(forged.status).toBe('converged')
    expect(() => replay(wide, untraced, forged)).toThrow(
      /^replay: update \d+ of \d+ at step \d+: expected no update before this step, got one at step \d+$/,
    )
  })

  it('rejects steps that do not ascend, and lists of two lengths', () => {
    const twice = changed((_, atStep) => (atStep[middle] = atStep[middle - 1]))
    expect(() => replay(data, options, twice)).toThrow(/expected a step after/)
    expect(() => replay(data, options, { ...run, atStep: run.atStep.subarray(1) })).toThrow(
      `replay: expected a step for each of ${run.updates} updates, got ${run.updates - 1}`,
    )
  })

  it('rejects a list that goes on after the end', () => {
    const list = changed((sequence, atStep) => {
      sequence.push(0)
      atStep.push(run.steps + 20 - ((run.steps - 1) % 20))
    })
    expect(() => replay(data, options, list)).toThrow(RangeError)
  })

  it('rejects the list of a run with another step size', () => {
    expect(() => replay(data, { ...options, eta: 0.7 }, run)).toThrow(RangeError)
  })
})
