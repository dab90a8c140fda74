import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { DuMeasured } from './work.js'

const all = ['du-above-threshold', 'du-guarantee', 'du-threshold']
const params = { k: 9, runs: 40, fractions: [0.1, 0.5, 1.1] }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/du', params)
})

describe('the conclusion on free output weights', () => {
  it('holds, with the published rate below the threshold and every run above', () => {
    expect(those(trial.statuses(), 'holds').toSorted()).toEqual(all)
    const rates = trial.table('rates').map(({ rate }) => Number(rate))
    expect(rates[0]).toBeLessThan(0.9)
    expect(rates[2]).toBe(1)
  })
  it('is violated by another threshold, and by a run that fails', () => {
    const moved = trial.changedIn<{ ratio: number }>('threshold', ({ ratio }) => ({
      ratio: 1.001 * ratio,
    }))
    expect(those(trial.statuses(moved), 'violated')).toEqual(['du-threshold'])
    const failed = trial.changedIn<DuMeasured>('teacher', (m) => ({ ...m, reached: m.reached - 1 }))
    expect(those(trial.statuses(failed), 'violated')).toEqual(['du-above-threshold'])
    const broken = trial.changedIn<DuMeasured>('teacher', (m) => ({
      ...m,
      guaranteedReached: m.guaranteedReached - 1,
    }))
    expect(those(trial.statuses(broken), 'violated')).toEqual(['du-guarantee'])
  })
  it('does not apply below the threshold, or to long steps', async () => {
    const below = await Trial.run('gaussian/du', { ...params, fractions: [0.5] })
    expect(those(below.statuses(), 'inapplicable')).toEqual(['du-above-threshold'])
    const long = await Trial.run('gaussian/du', { ...params, eta: 0.5, steps: 100 })
    expect(those(long.statuses(), 'inapplicable').toSorted()).toEqual(all.slice(0, 2))
  })
  it('is undecided after too few steps, however few', async () => {
    for (const steps of [1, 30]) {
      const short = await Trial.run('gaussian/du', { ...params, steps })
      expect(those(short.statuses(), 'violated'), String(steps)).toEqual([])
      expect(those(short.statuses(), 'inconclusive')).toContain('du-above-threshold')
    }
    const barely = await Trial.run('gaussian/du', { ...params, fractions: [1.0001], steps: 500 })
    expect(those(barely.statuses(), 'violated')).toEqual([])
  })
  it('is undecided where no run meets the conditions', async () => {
    const none = await Trial.run('gaussian/du', { ...params, fractions: [0] })
    expect(those(none.statuses(), 'inconclusive')).toEqual(['du-guarantee'])
  })
})
