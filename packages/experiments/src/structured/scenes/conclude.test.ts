import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { NetworkMeasured, ScenesMeasured } from './measure.js'

const all = ['below-joint-bound', 'context-helps', 'single-below-bound']
const params = { train: 1000, test: 300, steps: 300, hidden: 32, seeds: 1 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/scenes', params)
})

const of = (kind: string, change: Partial<NetworkMeasured>) => (m: ScenesMeasured, key: string) =>
  key.startsWith(`${kind}/`) ? { ...m, ...change } : undefined

describe('the conclusion on scenes', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: ScenesMeasured, key: string) => ScenesMeasured | undefined][] = [
    ['context-helps', of('attention', { overSingle: { mean: 0.01, error: 0.01 } })],
    ['below-joint-bound', of('invariant', { overJoint: { mean: 0.03, error: 0.01 } })],
    ['single-below-bound', of('single', { overSingle: { mean: 0.03, error: 0.01 } })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply where context is worth nothing', async () => {
    const weak = { ...params, steps: 20, kappa: 0.5, relation: 0 }
    const found = await Trial.run('structured/scenes', weak)
    expect(found.statuses()['context-helps']).toBe('inapplicable')
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('rules')), 'inconclusive')).toEqual(['context-helps'])
    expect(trial.statuses(trial.rows, { seeds: 2 })['single-below-bound']).toBe('inconclusive')
  })
})
