import { beforeAll, describe, expect, it } from 'vitest'
import { broken, theorem } from '../../../test/sgd-verdicts.js'
import { those, Trial } from '../../../test/verdicts.js'
import type { Measured } from '../runs/facts.js'

const id = 'overparam/updates'
const small = { k: [1, 10, 100], d: 10, n: 40, alphas: [0.1, 1], seeds: 2 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

describe('the conclusion on the number of updates', () => {
  it('holds on separable data', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(theorem)
  })

  it.each(broken)('violates %s, and nothing else, when one run breaks it', (claim, change) => {
    const rows = trial.changed<Measured>((m, key) =>
      key === 'k=100/seed=0' ? change(m) : undefined,
    )
    const statuses = trial.statuses(rows)
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(theorem.filter((other) => other !== claim))
  })

  it('does not apply to labels that no hyperplane separates, even if the loss ends at 0', async () => {
    const flipped = await Trial.run(id, { ...small, d: 3, flips: 8, epochs: 20 })
    expect(those(flipped.statuses(), 'inapplicable')).toEqual(theorem)
  })

  it('does not apply to ReLU', async () => {
    const relu = await Trial.run(id, { ...small, alpha: 0, epochs: 20 })
    expect(those(relu.statuses(), 'inapplicable')).toEqual(theorem)
  })

  it('does not apply its independence of k to starts that do not shrink with k', async () => {
    const gauss = await Trial.run(id, { ...small, start: 'gauss' })
    expect(those(gauss.statuses(), 'inapplicable')).toEqual(['bound-independent-of-width'])
    // judged as if they did, the bound is seen to depend on k
    expect(gauss.statuses(gauss.rows, { start: 'scaled' })['bound-independent-of-width']).toBe(
      'violated',
    )
  })

  it('allows the bounds of one data set 1 %, and says how far those that use an extreme of the start move', () => {
    const { measured, bound, statement } = trial.verdict('bound-independent-of-width')
    expect(bound).toBe(0.01)
    expect(measured).toBeGreaterThan(0.001)
    const moved = /the displacement bound changes by ([\d.]+) %.*the published bound changes by/
    expect(Number(moved.exec(statement)?.[1])).toBeGreaterThan(5)
  })

  it('does not take a dependence on the draw of a large start for one on k', async () => {
    const large = await Trial.run(id, { ...small, row: 30 })
    expect(those(large.statuses(), 'inapplicable')).toEqual(['bound-independent-of-width'])
    const zero = await Trial.run(id, { ...small, row: 30, start: 'zero' })
    expect(those(zero.statuses(), 'holds')).toEqual(theorem)
  })

  it('is inconclusive where a run was cut off, is missing, or has no other to be compared with', async () => {
    const short = await Trial.run(id, { ...small, epochs: 1 })
    expect(those(short.statuses(), 'inconclusive')).toEqual([
      'global-minimum',
      'published-bounded',
      'updates-bounded',
    ])
    expect(those(trial.statuses(trial.without('k=10/seed=1')), 'inconclusive')).toEqual(theorem)
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(theorem)
    const one = await Trial.run(id, { ...small, k: [10] })
    expect(those(one.statuses(), 'inconclusive')).toEqual(['bound-independent-of-width'])
  })

  it('reports a violation so far while rows are missing', () => {
    const [, change] = broken[0]
    const rows = trial.changed<Measured>(change).slice(1)
    expect(trial.verdict('updates-bounded', rows)).toMatchObject({
      status: 'inconclusive',
      statement: expect.stringMatching(/^violated so far: /) as string,
    })
  })
})
