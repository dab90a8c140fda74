import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { SplittingRuns } from './figures.js'

const params = {
  instance: 'path',
  blocked: 'triangle',
  starts: 100,
  instances: 10,
  steps: 4000,
}
const all = [
  'gaussian-is-easy',
  'set-splitting',
  'splitting-gap',
  'splitting-rounding',
  'splitting-zero-loss',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/hardness', params)
})

const starts = (part: 'hard' | 'blocked', change: (m: SplittingRuns) => Partial<SplittingRuns>) =>
  trial.changedIn<SplittingRuns>(part, (m) => ({ ...m, ...change(m) }))
const part = (name: string, change: object) =>
  trial.changedIn<object>(name, (m) => ({ ...m, ...change }))

describe('the conclusion on hardness', () => {
  it('holds where one system has a splitting and the other has none', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('does not apply to systems of the other kind', async () => {
    const swapped = { ...params, instance: 'triangle', blocked: 'path' }
    const other = await Trial.run('gaussian/hardness', swapped)
    expect(those(other.statuses(), 'holds')).toEqual(['set-splitting'])
    expect(those(other.statuses(), 'inapplicable')).toEqual([
      'gaussian-is-easy',
      'splitting-gap',
      'splitting-gap-attained',
      'splitting-rounding',
      'splitting-zero-loss',
    ])
  })

  it('proves the gap where one element left out costs Γ, and nowhere else', async () => {
    expect(trial.statuses()['splitting-gap-attained']).toBe('inapplicable')
    const fano = await Trial.run('gaussian/hardness', { ...params, blocked: 'fano', starts: 1 })
    expect(fano.statuses()['splitting-gap-attained']).toBe('holds')
  })

  const broken: [string, () => ReturnType<typeof part>][] = [
    ['set-splitting', () => starts('hard', () => ({ splitting: [0, 0, 0] }))],
    ['set-splitting', () => starts('blocked', (m) => ({ decoded: m.decoded.map(() => true) }))],
    ['set-splitting', () => part('reduction', { disagreements: 1 })],
    ['set-splitting', () => part('reduction', { largestLoss: 1e-6 })],
    ['splitting-rounding', () => starts('hard', () => ({ best: [0, 0, 0] }))],
    ['gaussian-is-easy', () => starts('hard', (m) => ({ losses: m.losses.map(() => 0) }))],
    [
      'gaussian-is-easy',
      () => part('gaussian', { losses: Array.from({ length: 100 }, () => 0.1) }),
    ],
  ]
  it.each(broken)('violates %s, and nothing else, when its numbers are broken', (claim, rows) => {
    const statuses = trial.statuses(rows())
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('violates both claims without a splitting where a loss lies below Γ', () => {
    const rows = starts('blocked', (m) => ({ losses: m.losses.map(() => 0.02) }))
    expect(those(trial.statuses(rows), 'violated')).toEqual(['set-splitting', 'splitting-gap'])
  })

  it('is inconclusive while its rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(
      [...all, 'splitting-gap-attained'].sort(),
    )
    expect(those(trial.statuses(trial.without('blocked')), 'inconclusive')).toEqual([
      'set-splitting',
      'splitting-gap',
    ])
    expect(those(trial.statuses(trial.without('gaussian')), 'inconclusive')).toEqual([
      'gaussian-is-easy',
    ])
  })
})
