import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type {
  GaussianMeasured,
  HardMeasured,
  HardnessMeasured,
  ReductionMeasured,
} from './measure.js'

const params = { starts: 100, instances: 10, steps: 4000 }
const solvable = ['gaussian-is-easy', 'set-splitting', 'splitting-rounding']
let trial: Trial
let without: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/hardness', { ...params, instance: 'path' })
  without = await Trial.run('gaussian/hardness', { ...params, instance: 'triangle' })
})

const hard = (change: (m: HardMeasured) => Partial<HardMeasured>) => (m: HardnessMeasured) =>
  'decoded' in m ? { ...m, ...change(m) } : undefined
const gaussian = (change: Partial<GaussianMeasured>) => (m: HardnessMeasured) =>
  'losses' in m && !('decoded' in m) ? { ...m, ...change } : undefined
const reduction = (change: Partial<ReductionMeasured>) => (m: HardnessMeasured) =>
  'disagreements' in m ? { ...m, ...change } : undefined

describe('the conclusion on hardness', () => {
  it('holds where there is a splitting, and the gap where there is none', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(solvable)
    expect(those(trial.statuses(), 'inapplicable')).toEqual(['splitting-gap'])
    expect(those(without.statuses(), 'holds')).toEqual(['set-splitting', 'splitting-gap'])
    expect(those(without.statuses(), 'inapplicable')).toEqual([
      'gaussian-is-easy',
      'splitting-rounding',
    ])
  })

  const broken: [string, (m: HardnessMeasured) => HardnessMeasured | undefined][] = [
    ['set-splitting', reduction({ disagreements: 1 })],
    ['set-splitting', reduction({ largestLoss: 1e-6 })],
    ['splitting-rounding', hard(() => ({ best: [0, 0, 0] }))],
    ['gaussian-is-easy', hard((m) => ({ losses: m.losses.map(() => 0) }))],
    ['gaussian-is-easy', gaussian({ losses: Array.from({ length: 100 }, () => 0.1) })],
  ]
  it.each(broken)('violates %s, and nothing else, when its numbers are broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(solvable.filter((other) => other !== claim))
  })

  it('violates the gap by a loss below it', () => {
    const rows = without.changed(hard((m) => ({ losses: m.losses.map(() => 0.02) })))
    expect(those(without.statuses(rows), 'violated')).toContain('splitting-gap')
  })

  it('is inconclusive while its rows are missing', () => {
    const missing = [...solvable, 'splitting-gap']
    expect(those(trial.statuses([]), 'inconclusive').sort()).toEqual(missing.sort())
    expect(those(trial.statuses(trial.without('gaussian')), 'inconclusive')).toEqual([
      'gaussian-is-easy',
    ])
  })
})
