import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { EscapeMeasured, LeakyMeasured, PointMeasured, RayMeasured } from './measure.js'

const all = ['leaky-escape', 'leaky-strict-saddle', 'leaky-threshold']
const params = { k: 3, starts: 5, below: 0.05 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/leaky', params)
})

describe('the conclusion on the leak', () => {
  it('holds on both sides of the threshold, for other numbers of windows too', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    for (const k of [2, 12]) {
      const other = await Trial.run('gaussian/leaky', { ...params, k })
      expect(those(other.statuses(), 'holds')).toEqual(all)
    }
  })

  const point = (change: Partial<PointMeasured>) => (m: LeakyMeasured) =>
    'eigenvalues' in m ? { ...m, ...change } : undefined
  const ray = (change: Partial<RayMeasured>) => (m: LeakyMeasured) =>
    'flattest' in m ? { ...m, ...change } : undefined
  const escape = (change: (m: EscapeMeasured) => EscapeMeasured) => (m: LeakyMeasured) =>
    'relu' in m ? change(m) : undefined
  const broken: [string, (m: LeakyMeasured) => LeakyMeasured | undefined][] = [
    ['leaky-strict-saddle', point({ gradientNorm: 1e-9 })],
    ['leaky-strict-saddle', point({ eigenvalues: [0, 0.4] })],
    ['leaky-threshold', ray({ flattest: -1e-3 })],
    ['leaky-escape', escape((m) => ({ ...m, leaky: m.relu }))],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply on the other side of the threshold, to one window or one weight', async () => {
    const swapped = await Trial.run('gaussian/leaky', { ...params, below: 0.5, above: 0.05 })
    expect(those(swapped.statuses(), 'inapplicable')).toEqual(all)
    for (const change of [{ k: 1 }, { m: 1 }]) {
      const other = await Trial.run('gaussian/leaky', { ...params, ...change })
      expect(those(other.statuses(), 'inapplicable')).toEqual(all)
    }
    const none = await Trial.run('gaussian/leaky', { ...params, below: 0 })
    expect(those(none.statuses(), 'inapplicable')).toEqual(['leaky-escape', 'leaky-strict-saddle'])
  })

  it('is inconclusive while its part is missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('ray')), 'inconclusive')).toEqual(['leaky-threshold'])
  })
})
