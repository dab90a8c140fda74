import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { Row } from '../../define/experiment.js'
import { pack, unpack } from '../../result/packed.js'
import type { GivenMeasured, NetworkMeasured, RulesMeasured } from './work.js'

type ScenesMeasured = RulesMeasured | NetworkMeasured | GivenMeasured

const all = ['below-joint-bound', 'context-helps', 'joint-above-per-object', 'single-below-bound']
/** those that one initialization of each network decides */
const single = all.filter((claim) => claim !== 'joint-above-per-object')
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
    expect(those(trial.statuses(), 'holds')).toEqual(single)
    expect(those(trial.statuses(), 'inconclusive')).toEqual(['joint-above-per-object'])
  })

  const broken: [string, (m: ScenesMeasured, key: string) => ScenesMeasured | undefined][] = [
    ['context-helps', of('attention', () => shifted(rules().own, -1))],
    ['below-joint-bound', of('invariant', () => shifted(rules().joint, 1))],
    ['single-below-bound', of('single', () => shifted(rules().own, 1))],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(single.filter((other) => other !== claim))
  })

  it('has an interval on joint networks from two initializations on', () => {
    const claim = 'joint-above-per-object'
    // the rows of a second initialization with the numbers of the first
    const twice = (rows: readonly Row[]): Row[] => [
      ...rows,
      ...rows.flatMap((row) =>
        row.key.endsWith('seed=0') ? [{ ...row, key: row.key.replace(/0$/, '1') }] : [],
      ),
    ]
    expect(those(trial.statuses(twice(trial.rows), { seeds: 2 }), 'holds')).toEqual(all)
    for (const kind of ['invariant', 'attention']) {
      const worse = trial.changed<ScenesMeasured>((m, key) =>
        key.startsWith(`${kind}/`) && 'each' in m
          ? { ...m, each: pack(Float64Array.from(unpack(m.each), (x) => x * 0.2)) }
          : undefined,
      )
      expect(those(trial.statuses(twice(worse), { seeds: 2 }), 'violated')).toEqual([claim])
    }
  })

  it('shows the difference of each joint network', () => {
    const rows = trial.table('joint-gain')
    expect(rows).toMatchObject(Array(2).fill({ images: 300, seeds: 1, low: null, high: null }))
    for (const { gain } of rows) expect(gain).toBeGreaterThan(0)
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
    for (const { r10, ceiling } of rows) {
      expect(r10).toBeGreaterThan(0)
      expect(Number(r10)).toBeLessThanOrEqual(Number(ceiling))
    }
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('rules')), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('single')), 'holds')).toEqual(['context-helps'])
    expect(trial.statuses(trial.rows, { seeds: 2 })['single-below-bound']).toBe('inconclusive')
  })
})
