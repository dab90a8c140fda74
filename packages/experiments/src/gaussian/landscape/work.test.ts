import { beforeAll, describe, expect, it } from 'vitest'
import type { GradientSearch, KindsProved } from '@nonconvex/gaussian-theory'
import { those, Trial } from '../../../test/verdicts.js'
import type { PointsMeasured } from './work.js'

interface ProofsMeasured {
  readonly kinds: KindsProved | null
}
interface SaddleMeasured {
  readonly falls: readonly number[]
}
type Measured =
  | PointsMeasured
  | ProofsMeasured
  | SaddleMeasured
  | { readonly slopes: readonly number[] }
  | GradientSearch

const all = [
  'kinds-proved',
  'minimum-at-teacher',
  'peak-at-origin',
  'saddle-looks-flat',
  'third-order-descent',
  'three-critical-points',
]
const small = { search: 81, grid: 21, directions: 24 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/landscape', small)
})

describe('the conclusion on the landscape', () => {
  it.each([{ k: 2 }, { k: 50 }, { m: 7 }])('holds for %j', async (params) => {
    const other = await Trial.run('gaussian/landscape', { ...small, ...params })
    expect(those(other.statuses(), 'holds')).toEqual(all)
  })

  const kinds =
    (change: Partial<KindsProved>) =>
    (m: Measured): Measured => {
      const { kinds: found } = m as ProofsMeasured
      return { kinds: found && { ...found, ...change } }
    }
  const broken: [string, string, (m: Measured) => Measured][] = [
    ['three-critical-points', 'search=2', (m) => ({ ...m, smallest: 1e-3 })],
    [
      'three-critical-points',
      'proofs',
      kinds({ others: { across: [-2, -1], along: [0.4, 0.5], proved: false } }),
    ],
    ['kinds-proved', 'proofs', kinds({ slopes: [0.1, 0.2] })],
    ['peak-at-origin', 'origin', () => ({ slopes: [-0.3, -0.2] })],
    [
      'minimum-at-teacher',
      'points',
      (m) => ({
        ...(m as PointsMeasured),
        minimum: { ...(m as PointsMeasured).minimum, loss: 1e-9 },
      }),
    ],
    [
      'saddle-looks-flat',
      'points',
      (m) => {
        const { saddle, ...rest } = m as PointsMeasured
        // a strict saddle, as the leaky network has one
        return { ...rest, saddle: saddle && { ...saddle, eigenvalues: [-1e-6, 0.45] } }
      },
    ],
    [
      'third-order-descent',
      'saddle',
      (m) => ({ falls: (m as SaddleMeasured).falls.map((fall) => 1.01 * fall) }),
    ],
    [
      'third-order-descent',
      'saddle',
      (m) => ({ falls: (m as SaddleMeasured).falls.map((fall) => -fall) }),
    ],
  ]
  it.each(broken)('violates %s, and nothing else, when %s is broken', (claim, key, change) => {
    const rows = trial.changed<Measured>((m, at) => (at === key ? change(m) : undefined))
    const statuses = trial.statuses(rows)
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('violates what has k in it when rows of one k are judged with the constants of another', () => {
    expect(those(trial.statuses(trial.rows, { k: 6 }), 'violated')).toEqual([
      'minimum-at-teacher',
      'peak-at-origin',
      'saddle-looks-flat',
      'third-order-descent',
    ])
  })

  it.each([{ k: 1 }, { m: 1 }])('does not apply for %j', async (params) => {
    const outside = await Trial.run('gaussian/landscape', { ...small, ...params })
    expect(those(outside.statuses(), 'inapplicable')).toEqual(all)
  })

  it('is inconclusive where an enclosure contains both signs', () => {
    const rows = trial.changed<Measured>((m, key) =>
      key === 'proofs' ? kinds({ slopes: [-1, 0.1] })(m) : undefined,
    )
    expect(those(trial.statuses(rows), 'inconclusive')).toEqual(['kinds-proved'])
  })

  it('is inconclusive exactly where a row is missing', () => {
    const missing = (prefix: string): string[] =>
      those(trial.statuses(trial.without(prefix)), 'inconclusive')
    expect(missing('search=3')).toEqual(['three-critical-points'])
    expect(missing('origin')).toEqual(['peak-at-origin'])
    expect(missing('points')).toEqual(['minimum-at-teacher', 'saddle-looks-flat'])
    expect(missing('proofs')).toEqual(['kinds-proved', 'three-critical-points'])
    expect(missing('saddle')).toEqual(['third-order-descent'])
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
  })
})
