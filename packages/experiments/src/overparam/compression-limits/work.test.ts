import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { AtCount, SizeMeasured } from './work.js'

const all = [
  'blocks-near-floor',
  'bounds-above-floor',
  'bounds-above-floor-proved',
  'clopper-pearson-exact',
  'clopper-pearson-proved',
  'closed-forms-relax',
  'codes-attained',
  'leave-one-out-attained',
  'smaller-bound-fails',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('overparam/compression-limits', { n: [20, 100], counts: 10 })
})

const changed = (change: (one: AtCount) => Partial<AtCount>) =>
  trial.changedIn<SizeMeasured>('size', ({ at, ...more }) => ({
    ...more,
    at: at.map((one) => ({ ...one, ...change(one) })),
  }))

describe('the conclusion on the limits of compression', () => {
  it('holds, for another δ too', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const other = await Trial.run('overparam/compression-limits', { n: [30], delta: 0.3 })
    expect(those(other.statuses(), 'holds')).toEqual(all)
  })

  it.each([
    ['bounds-above-floor', changed, (m: AtCount) => ({ subset: m.subset / 4 })],
    ['bounds-above-floor', changed, (m: AtCount) => ({ blocks: m.blocks / 4 })],
    ['clopper-pearson-exact', changed, (m: AtCount) => ({ tail: 1.001 * m.tail })],
  ] as const)('violates %s, and nothing else, by a wrong factor', (claim, rows, change) => {
    expect(those(trial.statuses(rows(change)), 'violated')).toEqual([claim])
  })

  it.each([0.9, 1.1])(
    'violates leave-one-out-attained, and nothing else, by the factor %d',
    (factor) => {
      const rows = trial.changedIn<SizeMeasured>('size', ({ leaveOneOut, ...more }) => ({
        ...more,
        // below the mean error, or farther above it than the frequent example accounts for
        leaveOneOut: leaveOneOut.map((one) => ({
          ...one,
          bound: factor * (factor < 1 ? one.error : one.bound),
        })),
      }))
      expect(those(trial.statuses(rows), 'violated')).toEqual(['leave-one-out-attained'])
    },
  )

  it.each([0.25, 0.9, 1.5])('violates codes-attained, and nothing else, by the factor %d', (by) => {
    const rows = trial.changedIn<SizeMeasured>('size', (measured) => ({
      ...measured,
      codes: measured.codes.map((one) => ({ ...one, value: by * one.value })),
    }))
    expect(those(trial.statuses(rows), 'violated')).toEqual(['codes-attained'])
  })

  it.each(['stable', 'published', 'growth', 'max-margin'])(
    'violates closed-forms-relax, and nothing else, by a wrong factor of the form: %s',
    (which) => {
      for (const by of [0.25, 4]) {
        const rows = trial.changedIn<SizeMeasured>('size', (measured) => ({
          ...measured,
          forms: measured.forms.map((one) =>
            one.bound.startsWith(which) ? { ...one, value: by * one.value } : one,
          ),
        }))
        expect(those(trial.statuses(rows), 'violated')).toEqual(['closed-forms-relax'])
      }
    },
  )

  it('violates blocks-near-floor by a bound that gives too much away', () => {
    const loose = changed(({ blocks }) => ({ blocks: Math.min(1, 4 * blocks) }))
    expect(those(trial.statuses(loose), 'violated')).toEqual(['blocks-near-floor'])
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
  })
})
