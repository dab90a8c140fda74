import type { SizeSides } from '@nonconvex/gaussian-theory/baum'
import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { RunMeasured } from './figures.js'

type Runs = { readonly runs: readonly RunMeasured[] }
type Curve = { readonly errors: readonly (readonly (number | null)[])[] }

const all = ['baum-asymmetric', 'baum-sample-size', 'baum-sizes', 'baum-symmetric']
const curve = { dims: [2, 3], sizes: [200, 400, 800, 1600], curveRuns: 20 }
const params = { runs: 3, first: 5000, second: 3000, test: 4000, ...curve }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/baum', params)
})

const on = (kind: string, change: Partial<RunMeasured>) => () =>
  trial.changed<Runs>((m, key) =>
    key.startsWith(`${kind}/`) ? { runs: m.runs.map((run) => ({ ...run, ...change })) } : undefined,
  )

const errors = (change: (error: number | null, size: number) => number | null) => () =>
  trial.changedIn<Curve>('curve', (m) => ({ errors: m.errors.map((run) => run.map(change)) }))

describe('the conclusion on Baum’s algorithm', () => {
  it('holds on symmetric inputs, and fails on lifted ones as it must', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    for (const inputs of ['laplace', 'lifted-symmetrised'])
      expect(trial.statuses(trial.rows, { inputs })['baum-symmetric']).toBe('holds')
  })

  const broken: [string, () => ReturnType<Trial['changed']>][] = [
    ['baum-symmetric', on('gaussian', { errors: 400 })],
    ['baum-symmetric', on('gaussian', { status: 'step2-infeasible' })],
    ['baum-asymmetric', on('lifted', { status: 'learnt', residual: null })],
    ['baum-asymmetric', on('lifted', { residual: 0.1 })],
    ['baum-sample-size', errors(() => 40)],
    ['baum-sample-size', errors((error, size) => 80 - 10 * size + (error ?? 0))],
    ['baum-sample-size', errors((error, size) => (size === 3 ? null : error))],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, rows) => {
    const statuses = trial.statuses(rows())
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to inputs that are not symmetric', () => {
    for (const inputs of ['exponential', 'shift', 'lifted'])
      expect(trial.statuses(trial.rows, { inputs })['baum-symmetric']).toBe('inapplicable')
    for (const inputs of ['exponential', 'shift'])
      expect(trial.statuses(trial.rows, { inputs })['baum-sample-size']).toBe('inapplicable')
  })

  it('does not apply to fewer examples than are known to suffice', async () => {
    const few = { runs: 4, first: 10, second: 10, test: 10_000, dims: [2], curveRuns: 2 }
    const small = await Trial.run('gaussian/baum', few)
    // sizes are those of the guarantee, not of the run
    expect(those(small.statuses(), 'inapplicable')).toEqual(
      all.filter((claim) => claim !== 'baum-sizes'),
    )
    // n m₂/2 examples of step 1 for the largest m₂
    expect(trial.statuses(trial.rows, { first: 2400 })['baum-sample-size']).toBe('holds')
    expect(trial.statuses(trial.rows, { first: 2399 })['baum-sample-size']).toBe('inapplicable')
  })

  it('violates baum-sizes by sizes that the proof does not allow, or that are far too large', () => {
    for (const factor of [0.1, 10]) {
      const rows = trial.changedIn<{ readonly sizes: readonly SizeSides[] }>(
        'sizes',
        ({ sizes }) => ({
          sizes: sizes.map((one) => ({ ...one, size: factor * one.size })),
        }),
      )
      expect(those(trial.statuses(rows), 'violated')).toEqual(['baum-sizes'])
    }
  })

  it('is undecided, not violated, with few test points', async () => {
    const few = await Trial.run('gaussian/baum', { ...params, runs: 1, test: 100, ...curve })
    expect(few.statuses()).toMatchObject({
      'baum-symmetric': 'inconclusive',
      'baum-sample-size': 'inconclusive',
    })
  })

  it('is inconclusive while runs are missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(trial.statuses(trial.rows, { runs: 6 })['baum-symmetric']).toBe('inconclusive')
    expect(trial.statuses(trial.without('curve/n=3'))['baum-sample-size']).toBe('inconclusive')
    expect(trial.statuses(trial.rows, { dims: [2, 3, 5] })['baum-sample-size']).toBe('inconclusive')
  })
})
