import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { AngleMeasured, DigitsMeasured, IntegralMeasured } from './measure.js'

const all = ['kernel-arc-cosine', 'kernel-closed-form', 'kernel-digits', 'kernel-quadrature']
const params = { angles: 40, samples: 20_000, pairs: 5 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/integral', params)
})

describe('the conclusion on the integral', () => {
  it.each([{}, { m: 7 }])('holds for %j', async (change) => {
    const other = await Trial.run('gaussian/integral', { ...params, ...change })
    expect(those(other.statuses(), 'holds')).toEqual(all)
  })

  const angles =
    (change: (at: AngleMeasured) => Partial<AngleMeasured>) => (m: IntegralMeasured) =>
      'angles' in m ? { angles: m.angles.map((at) => ({ ...at, ...change(at) })) } : undefined
  const digits = (change: Partial<DigitsMeasured>) => (m: IntegralMeasured) =>
    'naive' in m && m.phi < 2e-8 ? { ...m, ...change } : undefined
  const broken: [string, (m: IntegralMeasured) => IntegralMeasured | undefined][] = [
    ['kernel-closed-form', angles(({ closed, error }) => ({ mean: closed + 5 * error }))],
    ['kernel-quadrature', angles(({ closed }) => ({ quadrature: closed * (1 + 2e-8) }))],
    ['kernel-digits', digits({ stable: 1e-5 })],
    ['kernel-arc-cosine', digits({ naive: 1e-3 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to inputs of another law, which would give another mean', async () => {
    const uniform = await Trial.run('gaussian/integral', { ...params, inputs: 'uniform' })
    expect(those(uniform.statuses(), 'inapplicable')).toEqual(['kernel-closed-form'])
    expect(uniform.statuses(uniform.rows, { inputs: 'normal' })['kernel-closed-form']).toBe(
      'violated',
    )
  })

  it('is inconclusive while rows are missing, and with few samples', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('angles=0')), 'inconclusive')).toEqual([
      'kernel-closed-form',
      'kernel-quadrature',
    ])
    const few = await Trial.run('gaussian/integral', { ...params, samples: 100 })
    expect(few.statuses()['kernel-closed-form']).toBe('inconclusive')
  })
})
