import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { GivenMeasured, NetworkMeasured, RulesMeasured } from './work.js'

type ScenesMeasured = RulesMeasured | NetworkMeasured | GivenMeasured

const all = ['below-joint-bound', 'context-helps', 'single-below-bound']
const params = { train: 1000, test: 300, steps: 150, hidden: 16, seeds: 1 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/scenes', params)
})

/** Right objects of every scene: those of a rule, and in each second scene one more or less. */
const shifted = (rule: string, by: number): string =>
  Array.from(rule, (digit, b) => Math.max(0, Math.min(5, Number(digit) + (b % 2) * by))).join('')
const rules = (): RulesMeasured =>
  trial.rows.find(({ key }) => key === 'rules')?.measured as RulesMeasured

const of =
  (kind: string, right: () => string) =>
  (m: ScenesMeasured, key: string): ScenesMeasured | undefined =>
    key.startsWith(`${kind}/`) && 'right' in m ? { ...m, right: right() } : undefined

describe('the conclusion on scenes', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: ScenesMeasured, key: string) => ScenesMeasured | undefined][] = [
    ['context-helps', of('attention', () => shifted(rules().own, -1))],
    ['below-joint-bound', of('invariant', () => shifted(rules().joint, 1))],
    ['single-below-bound', of('single', () => shifted(rules().own, 1))],
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

  it('names recall for both tasks, below its ceiling', () => {
    const rows = trial.table('recall')
    expect(rows.map(({ task }) => String(task).split(':')[0])).toEqual([
      ...Array<string>(3).fill('PredCls'),
      ...Array<string>(3).fill('SGCls'),
    ])
    for (const { r100, ceiling } of rows) {
      expect(r100).toBeGreaterThan(0)
      expect(Number(r100)).toBeLessThanOrEqual(Number(ceiling))
    }
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('rules')), 'inconclusive')).toEqual(all)
    expect(trial.statuses(trial.rows, { seeds: 2 })['single-below-bound']).toBe('inconclusive')
  })
})
