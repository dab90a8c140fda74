import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { WidthMeasured } from './work.js'

const all = ['diversity-hurts-linear', 'width-harmless-on-digits', 'width-hurts-linear']
const params = { k: [1, 50], sets: 6, test: 1000, splits: 4, train: 100 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('overparam/width', params)
})

/** Error rates in place of those of the runs, by the key of the cell and the number of its data. */
const erring = (rate: (key: string, set: number) => number | undefined) =>
  trial.changed<WidthMeasured>((m, key) => {
    const found = rate(key, Number(key.split('/')[1]))
    return found === undefined ? undefined : { ...m, errors: Math.round(found * m.tested) }
  })
/** A little from data set to data set. */
const spread = (set: number): number => 0.004 * (set % 3)
/** What is true of many data sets. */
const known = (key: string, set: number): number =>
  key.startsWith('digits/')
    ? (key.endsWith('k=1') ? 0.3 : 0.05) + spread(set)
    : (key.endsWith('k=50') ? 0.02 : 0.008) + spread(set) / 4

describe('the conclusion on widths', () => {
  it('has more errors of wide networks on planted data, by their own numbers', () => {
    expect(trial.statuses()['width-hurts-linear']).toBe('holds')
    const [narrow, wide] = trial.table('widths')
    expect(narrow).toMatchObject({ k: 1, sets: 6, growth: 0 })
    expect(wide['growth']).toBeGreaterThan(0)
  })

  it('holds where the numbers are those of many data sets', () => {
    expect(those(trial.statuses(erring(known)), 'holds')).toEqual(all)
  })

  it.each([
    ['width-hurts-linear', 'planted/', 'k=1', 0.04, 'violated'],
    ['width-hurts-linear', 'planted/', 'k=1', 0.019, 'inconclusive'],
    ['diversity-hurts-linear', 'planted/', 'zero', 0.04, 'violated'],
    ['width-harmless-on-digits', 'digits/', 'k=1', 0.054, 'inconclusive'],
  ] as const)('%s, and nothing else, is changed by another error of %s…%s', (...given) => {
    const [claim, part, end, error, status] = given
    const rows = erring((key, set) =>
      key.startsWith(part) && key.endsWith(end) ? error + spread(set) / 2 : known(key, set),
    )
    expect(trial.statuses(rows)).toMatchObject(
      Object.fromEntries(all.map((each) => [each, each === claim ? status : 'holds'])),
    )
  })

  it('violates width-harmless-on-digits by what splits with common images do not explain', () => {
    const wide = erring((key) =>
      key.startsWith('digits/') ? (key.endsWith('k=1') ? 0.1 : 0.4) : undefined,
    )
    expect(trial.statuses(wide)['width-harmless-on-digits']).toBe('violated')
  })

  it('does not apply to runs that were cut off, or to few data sets', async () => {
    const cut = trial.changed<WidthMeasured>((m) => ({ ...m, converged: false }))
    expect(those(trial.statuses(cut), 'inapplicable')).toEqual(all)
    const few = await Trial.run('overparam/width', { ...params, sets: 3, test: 100, digits: false })
    expect(those(few.statuses(), 'inapplicable')).toEqual(all.filter((id) => !/digits/.test(id)))
  })

  it('is inconclusive while rows are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(trial.statuses(trial.without('planted/5'))['width-hurts-linear']).toBe('inconclusive')
  })
})
