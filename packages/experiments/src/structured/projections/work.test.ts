import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import { kinds } from './experiment.js'
import type { KindMeasured } from './measure.js'

const all = [
  'projection-gradients',
  'projection-gradients-at-kinks',
  'projections-feasible',
  'projections-nearest',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/projections', { draws: 20, points: 2, cases: 15 })
})

describe('the conclusion on projections', () => {
  it('holds, with ties and ends of every exact kind', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const table = trial.table('kinds')
    expect(table.map(({ kinks, cases }) => [kinks, cases])).toEqual(
      kinds.map((kind) => [kind === 'sigmoid' || kind === 'laplace' ? 0 : 15, 15]),
    )
  })

  const broken: [string, Partial<KindMeasured>][] = [
    ['projections-feasible', { violation: 1e-5 }],
    ['projections-nearest', { inequality: 1e-4 }],
    ['projection-gradients', { error: 0.01 }],
    ['projection-gradients-at-kinks', { kinkError: 0.01 }],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, how) => {
    const rows = trial.changedIn<KindMeasured>('kind', (m) => ({ ...m, ...how }))
    expect(those(trial.statuses(rows), 'violated')).toEqual([claim])
  })
})
