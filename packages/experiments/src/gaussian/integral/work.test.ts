import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import { findExperiment } from '../../registry.js'
import type { KernelErrors } from '@nonconvex/gaussian-theory/integral'
import type { AngleMeasured, PairMeasured } from './figures.js'

type Measured =
  | { readonly angles: readonly AngleMeasured[] }
  | KernelErrors
  | { readonly pair: PairMeasured }

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

  const angles = (change: (at: AngleMeasured) => Partial<AngleMeasured>) => (m: Measured) =>
    'angles' in m ? { angles: m.angles.map((at) => ({ ...at, ...change(at) })) } : undefined
  const digits = (change: Partial<KernelErrors>) => (m: Measured) =>
    'naive' in m && m.phi < 2e-8 ? { ...m, ...change } : undefined
  const broken: [string, (m: Measured) => Measured | undefined][] = [
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

  it('does not apply to inputs of another distribution, which would give another mean', async () => {
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
    expect(those(trial.statuses(trial.without('pair')), 'inconclusive')).toEqual([
      'kernel-closed-form',
      'kernel-quadrature',
    ])
    const few = await Trial.run('gaussian/integral', { ...params, samples: 100 })
    expect(few.statuses()['kernel-closed-form']).toBe('inconclusive')
  })

  const pairOf = (run: Trial) =>
    (
      run.rows.find(({ key }) => key === 'pair')?.measured as unknown as {
        readonly pair: PairMeasured
      }
    ).pair

  it('gives the mean of the pair of the reference values', () => {
    expect(pairOf(trial).closed).toBeCloseTo(0.198374812987506, 14)
    expect(pairOf(trial).theta).toBeCloseTo(2.24414794404166, 14)
  })

  it('takes any pair but compares none that is too near to opposite', async () => {
    for (const [u, v, closed] of [
      [[3], [2], 3],
      [[1, 0], [0, 1], 1 / (2 * Math.PI)],
      [[1, 2], [-1, -2], 0],
      [[1000, 0], [-1000, 1e-3], 0],
    ] as const) {
      const other = await Trial.run('gaussian/integral', { ...params, u, v })
      expect(pairOf(other).closed).toBeCloseTo(closed, 6)
      expect(those(other.statuses(), 'holds')).toEqual(all)
    }
  })

  const pair = (change: (at: AngleMeasured) => Partial<AngleMeasured>) => (m: Measured) =>
    'pair' in m ? { pair: { ...m.pair, ...change(m.pair) } } : undefined
  it('violates its claims when the numbers of the pair alone are broken', () => {
    const sampled = pair(({ closed, error }) => ({ mean: closed + 5 * error }))
    expect(those(trial.statuses(trial.changed(sampled)), 'violated')).toEqual([
      'kernel-closed-form',
    ])
    const integrated = pair(({ closed }) => ({ quadrature: closed * (1 + 2e-8) }))
    expect(those(trial.statuses(trial.changed(integrated)), 'violated')).toEqual([
      'kernel-quadrature',
    ])
  })

  it.each([
    [{ u: [1, 2] }, 'parameter v: expected as many numbers as u, 2, got 3'],
    [{ u: [0, 0, 0] }, 'parameter u: expected a vector that has an angle, got zero'],
    [{ v: '0,0,0' }, 'parameter v: expected a vector that has an angle, got zero'],
    [{ u: [1, NaN, 2] }, 'parameter u: expected 1 to 50 numbers in [-1000, 1000]'],
    [{ u: [] }, 'parameter u: expected 1 to 50 numbers'],
    [{ u: [1e9, 0, 0] }, 'parameter u: expected 1 to 50 numbers in [-1000, 1000]'],
    [{ samples: 0 }, 'parameter samples'],
  ])('refuses %j', (given, message) => {
    expect(() => findExperiment('gaussian/integral').params.parse(given)).toThrow(message)
  })
})
