import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { DemoMeasured } from './measured.js'

const all = [
  'demo-ambiguous-objects',
  'demo-attention-looks',
  'demo-gain-is-context',
  'demo-recall',
]
const params = { train: 60, test: 40, steps: 10, hidden: 4, seeds: 1 }
/** With so much training networks are asked to have learned. */
const long = { train: 500, steps: 200 }
let trial: Trial

type Change = (m: DemoMeasured, key: string) => Partial<DemoMeasured>

/**
 * What a run with enough training finds: the joint network has almost all, single objects half, at
 * random among others.
 */
const healthy: Change = (m, key) => {
  const joint = key.startsWith('attention')
  const most = (total: number, i: number): number => (i % 4 === 0 ? total >> 1 : total)
  const half = (total: number, i: number): number => (total + (i % 2)) >> 1
  return {
    right: m.confusable.map(joint ? most : half),
    rightExchanged: m.confusable.map(half).map((x, i) => (joint && i % 3 === 0 ? x >> 1 : x)),
    hits: m.relations.map(joint ? most : half),
    attention: joint ? { mean: 0.2, error: 0.02, even: 0.2 } : null,
  }
}

const rowsWith = (...changes: readonly Change[]) =>
  trial.changed<DemoMeasured>((m, key) =>
    changes.reduce((found, change) => ({ ...found, ...change(found, key) }), m),
  )

/** A change of the joint network alone. */
const joint =
  (change: (m: DemoMeasured) => Partial<DemoMeasured>): Change =>
  (m, key) =>
    key.startsWith('attention') ? change(m) : {}
const half = (all: readonly number[]): number[] => all.map((total, i) => (total + (i % 2)) >> 1)

beforeAll(async () => {
  trial = await Trial.run('structured/demo', params)
})

describe('the conclusion on scenes with names', () => {
  it('holds with the numbers of a healthy run', () => {
    expect(those(trial.statuses(rowsWith(healthy), long), 'holds')).toEqual(all)
  })

  const broken: [string, Change, readonly string[]][] = [
    ['demo-recall', joint((m) => ({ hits: half(m.relations) })), []],
    // without a gain there is nothing to lose
    [
      'demo-ambiguous-objects',
      joint((m) => ({ right: half(m.confusable) })),
      ['demo-gain-is-context'],
    ],
    ['demo-gain-is-context', joint((m) => ({ rightExchanged: m.right })), []],
    [
      'demo-attention-looks',
      joint(() => ({ attention: { mean: -0.1, error: 0.02, even: 0.2 } })),
      [],
    ],
  ]
  it.each(broken)('violates %s when its number is broken', (claim, change, idle) => {
    const statuses = trial.statuses(rowsWith(healthy, change), long)
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'inapplicable')).toEqual(idle)
    expect(those(statuses, 'holds')).toEqual(
      all.filter((other) => other !== claim && !idle.includes(other)),
    )
  })

  it('asks nothing of networks that were hardly trained', () => {
    const idle = all.filter((claim) => claim !== 'demo-gain-is-context')
    for (const little of [
      { ...long, steps: 199 },
      { ...long, train: 499 },
    ])
      expect(those(trial.statuses(rowsWith(healthy), little), 'inapplicable')).toEqual(idle)
  })

  it('does not apply where single objects have all that there is', () => {
    const easy: Change = (m) => ({ right: m.confusable, hits: m.relations })
    const statuses = trial.statuses(rowsWith(healthy, easy), long)
    expect(those(statuses, 'inapplicable')).toEqual(
      all.filter((claim) => claim !== 'demo-attention-looks'),
    )
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const rows = rowsWith(healthy)
    const without = (part: string) => rows.filter(({ key }) => !key.startsWith(part))
    const comparing = all.filter((claim) => claim !== 'demo-attention-looks')
    expect(those(trial.statuses(without('rule'), long), 'inconclusive')).toEqual(comparing)
    expect(those(trial.statuses(without('attention'), long), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(rows, { ...long, seeds: 2 }), 'inconclusive')).toEqual(all)
  })

  it('counts every way to predict on the same scenes', () => {
    const rows = trial.rows.map(({ measured }) => measured as unknown as DemoMeasured)
    expect(rows).toHaveLength(4)
    for (const row of rows) {
      expect([row.confusable, row.relations]).toEqual([rows[0].confusable, rows[0].relations])
      for (const [counts, totals] of [
        [row.right, row.confusable],
        [row.rightExchanged, row.confusable],
        [row.rightWithoutRelations, row.confusable],
        [row.hits, row.relations],
        [row.hitsKnown, row.relations],
        [row.hitsWithoutRelations, row.relations],
      ] as const) {
        expect(counts).toHaveLength(40)
        counts.forEach((count, i) => expect(count >= 0 && count <= totals[i]).toBe(true))
      }
    }
    // who sees one object at a time does not care where it stands, nor what is said of pairs
    for (const { right, rightExchanged, rightWithoutRelations } of rows.slice(0, 2)) {
      const sum = (x: readonly number[]) => x.reduce((total, each) => total + each, 0)
      expect([sum(rightExchanged), sum(rightWithoutRelations)]).toEqual([sum(right), sum(right)])
    }
    expect(trial.table('results')).toHaveLength(4)
    expect(trial.table('attention')).toHaveLength(1)
  })
})
