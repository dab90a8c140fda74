import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { InitRun, RunsOf } from './figures.js'

const all = ['one-weight', 'random-start', 'start-angle']
const but = (...claims: string[]): string[] => all.filter((claim) => !claims.includes(claim))
const params = { m: [1, 2, 4], starts: 250 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/random-init', params)
})

describe('the conclusion on random initialization', () => {
  it.each([{}, { k: 2, step: 0.4 }, { m: [1, 3, 20], radius: 3 }])(
    'holds for %j',
    async (change) => {
      const other = await Trial.run('gaussian/random-init', { ...params, ...change })
      expect(those(other.statuses(), 'holds')).toEqual(all)
    },
  )

  const runs =
    (single: boolean, change: (run: InitRun, i: number) => Partial<InitRun>) =>
    ({ m, runs: list }: RunsOf) =>
      (m === 1) === single
        ? { m, runs: list.map((run, i) => ({ ...run, ...change(run, i) })) }
        : undefined
  const broken: [string, (m: RunsOf) => RunsOf | undefined][] = [
    ['random-start', runs(false, (_, i) => (i === 3 ? { end: 'elsewhere', steps: 1e5 } : {}))],
    ['one-weight', runs(true, () => ({ end: 'teacher' }))],
    ['one-weight', runs(true, (_, i) => (i === 0 ? { end: 'elsewhere' } : {}))],
    ['start-angle', runs(false, ({ phi0 }) => ({ phi0: 0.8 * phi0 }))],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(but(claim))
  })

  it('does not apply without a length of the hypothesis', async () => {
    const several = await Trial.run('gaussian/random-init', { ...params, m: [2] })
    expect(those(several.statuses(), 'inapplicable')).toEqual(['one-weight'])
    const single = await Trial.run('gaussian/random-init', { ...params, m: [1] })
    expect(those(single.statuses(), 'inapplicable')).toEqual(but('one-weight'))
    expect(those(single.statuses(), 'holds')).toEqual(['one-weight'])
  })

  it('does not apply to one patch or larger step sizes; the angles still hold', async () => {
    for (const change of [{ k: 1 }, { step: 1.5 }]) {
      const other = await Trial.run('gaussian/random-init', { ...params, ...change })
      expect(those(other.statuses(), 'inapplicable')).toEqual(but('start-angle'))
      expect(those(other.statuses(), 'holds')).toEqual(['start-angle'])
    }
  })

  it('is inconclusive while rows are missing, with few runs, and with few steps', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('m=4/starts=0')), 'inconclusive')).toEqual(
      but('one-weight'),
    )
    expect(those(trial.statuses(trial.without('m=1/starts=0')), 'inconclusive')).toEqual([
      'one-weight',
    ])
    const few = await Trial.run('gaussian/random-init', { ...params, starts: 10 })
    expect(those(few.statuses(), 'inconclusive')).toEqual(all)
    const short = await Trial.run('gaussian/random-init', { ...params, maxSteps: 10 })
    expect(those(short.statuses(), 'inconclusive')).toEqual(['random-start'])
  })
})
