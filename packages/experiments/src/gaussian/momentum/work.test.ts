import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { MomentumMeasured } from './work.js'

const ball = 'heavy-ball-rate'
const polyak = 'polyak-beats-descent'
const descent = 'descent-attains-rate'
const all = [descent, ball, polyak]
const params = { k: [10], betas: [0, 0.3, 0.8], starts: 2 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/momentum', params)
})

describe('the conclusion on the heavy-ball method', () => {
  it('holds, for other numbers of patches and weights too', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    for (const change of [{ k: [2, 50] }, { m: 2 }, { step: 0.5 }]) {
      const other = await Trial.run('gaussian/momentum', { ...params, ...change })
      expect(those(other.statuses(), 'holds')).toEqual(all)
    }
  })

  const scaled = (factor: number) => (m: MomentumMeasured) => ({
    ...m,
    starts: m.starts.map((start) => ({ ...start, rate: factor * start.rate })),
  })
  it.each([
    [ball, 'ball', 1.02],
    [ball, 'ball', 0.98],
    [descent, 'descent', 1.02],
    [descent, 'descent', 0.98],
    [polyak, 'polyak', 2],
  ])('violates %s alone when rates of %s are %d times as large', (claim, part, factor) => {
    const statuses = trial.statuses(trial.changedIn(part, scaled(factor)))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to one patch, one weight, a too large step size or a run that ends elsewhere', async () => {
    for (const change of [{ k: [1] }, { m: 1 }]) {
      const other = await Trial.run('gaussian/momentum', { ...params, ...change })
      expect(those(other.statuses(), 'inapplicable')).toEqual(all)
    }
    const long = await Trial.run('gaussian/momentum', { ...params, step: 1.5 })
    expect(those(long.statuses(), 'inapplicable')).toEqual([ball])
    const elsewhere = trial.changed<MomentumMeasured>((m) => ({
      ...m,
      starts: m.starts.map((start) => ({ ...start, converged: false })),
    }))
    expect(those(trial.statuses(elsewhere), 'inapplicable')).toEqual(all)
    const others = trial.changedIn<MomentumMeasured>('polyak', (m) => ({ ...m, beta: 0.5 }))
    expect(those(trial.statuses(others), 'inapplicable')).toEqual([polyak])
  })
})
