import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { measureEnds, measureModes, measureResidual, measureSaddles } from './measure.js'

type Saddles = ReturnType<typeof measureSaddles>

const all = [
  'factorization-escape',
  'linear-critical-values',
  'linear-flat-saddle',
  'linear-minimum',
  'linear-strict-saddles',
  'residual-gradient',
  'residual-gradient-attained',
  'residual-solution',
  'saxe-half-times',
]
const params = { starts: 3, searches: 8, modes: [3, 1], layers: [3], u0: 0.01, eta: 0.005 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/linear-nets', params)
})

const violates = (rows: Parameters<Trial['statuses']>[0], ...claims: string[]) => {
  expect(those(trial.statuses(rows), 'violated')).toEqual(claims)
}

describe('the conclusion on linear networks', () => {
  it('holds, for other sizes too, wide hidden layers and one layer among them', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const wide = await Trial.run('gaussian/linear-nets', { ...params, p: 6, outputs: 3 })
    expect(those(wide.statuses(), 'holds')).toEqual(all)
    const values = trial.table('values').map(({ found }) => Number(found))
    expect(values.reduce((a, b) => a + b)).toBeGreaterThan(4)
  })

  it('is violated by other losses, and by a saddle without descent', () => {
    violates(
      trial.changedIn<ReturnType<typeof measureEnds>>('ends', (m) => ({
        ...m,
        ends: m.ends.map((end, i) => (i === 0 ? { ...end, loss: 1.01 * end.loss } : end)),
      })),
      'linear-minimum',
    )
    const points = (of: (p: Saddles['found'][0]) => Saddles['found'][0]) =>
      trial.changedIn<Saddles>('saddles', (m) => ({ ...m, found: m.found.map(of) }))
    violates(
      points((p) => (p.curvature < -0.1 ? { ...p, loss: 1.01 * p.loss } : p)),
      'linear-critical-values',
    )
    violates(
      points((p) => ({ ...p, curvature: 0 })),
      'linear-strict-saddles',
    )
    violates(
      trial.changedIn<Saddles>('saddles', (m) => ({
        ...m,
        flat: { ...m.flat, curvature: 0.1 },
        wrong: m.wrong.map((one) => ({ ...one, curvature: 1.01 * one.curvature })),
      })),
      'factorization-escape',
      'linear-flat-saddle',
    )
  })

  it('is violated by other times and gradients', () => {
    violates(
      trial.changedIn<ReturnType<typeof measureModes>>('modes', (m) => ({
        ...m,
        modes: m.modes.map((mode) => ({ ...mode, time: 1.1 * (mode.time ?? 0) })),
      })),
      'saxe-half-times',
    )
    type Residual = ReturnType<typeof measureResidual>
    const weaker = (p: Residual['path'][0]) => ({ ...p, gradient: 0.4 * p.gradient })
    violates(
      trial.changedIn<Residual>('residual', (m) => ({ ...m, path: m.path.map(weaker) })),
      'residual-gradient',
    )
    violates(
      trial.changedIn<Residual>('residual', (m) => ({ ...m, attained: m.attained.map(weaker) })),
      'residual-gradient-attained',
    )
    violates(
      trial.changedIn<Residual>('residual', (m) => ({
        ...m,
        solution: { ...m.solution, loss: 1e-6 },
      })),
      'residual-solution',
    )
  })

  it('does not apply to inputs without full rank or layers far from the identity', async () => {
    await expect(
      Trial.run('gaussian/linear-nets', { ...params, samples: 3 }).then((t) => t.statuses()),
    ).resolves.toMatchObject({ 'linear-minimum': 'inconclusive' })
    const one = await Trial.run('gaussian/linear-nets', { ...params, outputs: 6 })
    expect(those(one.statuses(), 'inapplicable')).toEqual([
      'linear-critical-values',
      'linear-minimum',
      'linear-strict-saddles',
    ])
    const single = await Trial.run('gaussian/linear-nets', { ...params, layers: [1] })
    expect(those(single.statuses(), 'inapplicable')).toEqual(['residual-gradient'])
  })

  it('is undecided where the modes had too few steps', () => {
    const rows = trial.changedIn<ReturnType<typeof measureModes>>('modes', (m) => ({
      ...m,
      modes: m.modes.map((mode) => ({ ...mode, time: null })),
    }))
    expect(those(trial.statuses(rows), 'inconclusive')).toEqual(['saxe-half-times'])
  })
})
