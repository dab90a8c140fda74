import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { DisplacedMeasured, InstanceMeasured } from './measured.js'

const id = 'overparam/tightness'
const small = {
  gamma: 0.2,
  alphas: [0.3, 1],
  smallAlphas: [0.3, 0.6],
  largeAlphas: [0.01, 0.03],
  opposite: [3],
  widths: [1, 3],
  seeds: 1,
}
const all = [
  'displacement-bound-attained',
  'displacement-bound-holds',
  'displacement-forms',
  'initial-term-attained',
  'orthonormal-attained',
  'potentials-attained',
  'published-attained',
  'published-loose',
  'published-order',
  'quadratic-attained',
  'slope-bound-attained',
  'two-examples-grow',
  'width-free-attained',
]
/** those that do not run in rational arithmetic */
const ofInstances = all.filter((claim) => !/orthonormal|two-examples/.test(claim))
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run(id, small)
})

/** The rows with the instances of some sets changed. */
const changed = (sets: RegExp, change: (m: InstanceMeasured) => Partial<InstanceMeasured>) =>
  trial.changed<InstanceMeasured>((m, key) => (sets.test(key) ? { ...m, ...change(m) } : undefined))

describe('the conclusion on tightness', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const bound = (factor: number) => (m: InstanceMeasured) => ({ slope: factor * m.slope })
  it.each([
    ['slope-bound-attained', /set=(any|small|large)/, bound(0.9)],
    ['slope-bound-attained', /set=(any|small|large)/, bound(1.1)],
    ['initial-term-attained', /set=opposite/, bound(0.9)],
    ['initial-term-attained', /set=opposite/, bound(1.1)],
  ] as const)(
    'violates %s, and nothing else, by a wrong factor of the bound',
    (claim, sets, by) => {
      const statuses = trial.statuses(changed(sets, by))
      expect(those(statuses, 'violated')).toEqual([claim])
      expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
    },
  )

  it('violates published-attained by a wrong factor of the published bound', () => {
    const wrong = (factor: number) =>
      trial.statuses(changed(/set=(any|small)/, (m) => ({ paper: factor * m.paper })))
    for (const factor of [0.5, 0.9, 1.1, 2])
      expect(those(wrong(factor), 'violated')).toEqual(['published-attained'])
  })

  it('violates quadratic-attained by a wrong factor of the bound', () => {
    const wrong = (factor: number) =>
      trial.statuses(changed(/set=(any|small)/, (m) => ({ quad: factor * m.quad })))
    for (const factor of [0.3, 0.9, 1.1, 2])
      expect(those(wrong(factor), 'violated')).toEqual(['quadratic-attained'])
  })

  it('violates displacement-forms by a coarse bound beyond the other times 1 + e, or below it', () => {
    for (const factor of [0.1, 10]) {
      const rows = changed(/set=(any|small)/, (m) => ({ disp: factor * m.disp }))
      expect(those(trial.statuses(rows), 'violated')).toEqual(['displacement-forms'])
    }
    const random = trial.changedIn<DisplacedMeasured>('displaced', ({ runs }) => ({
      runs: runs.map((one) => (one.start === 'zero' ? { ...one, coarse: 1.01 * one.coarse } : one)),
    }))
    expect(those(trial.statuses(random), 'violated')).toEqual(['displacement-forms'])
  })

  it('violates potentials-attained where an inequality keeps a distance, or is exceeded', () => {
    for (const factor of [0.9, 1.1]) {
      const rows = changed(/set=(any|small)/, ({ potentials }) => ({
        potentials: potentials.map((one) => ({ ...one, reached: factor * one.reached })),
      }))
      expect(those(trial.statuses(rows), 'violated')).toEqual(['potentials-attained'])
    }
  })

  it('violates the claims on the displacement bound by a wrong factor', () => {
    const wrong = (factor: number) =>
      those(
        trial.statuses(
          changed(/set=(any|small|opposite)/, (m) => ({ displaced: factor * m.displaced })),
        ),
        'violated',
      )
    expect(wrong(0.9)).toEqual([
      'displacement-bound-attained',
      'displacement-bound-holds',
      'displacement-forms',
    ])
    expect(wrong(1.2)).toContain('displacement-bound-attained')
    const random = trial.changedIn<DisplacedMeasured>('displaced', ({ runs }) => ({
      runs: runs.map((one) => ({ ...one, displaced: one.updates - 1 })),
    }))
    expect(those(trial.statuses(random), 'violated')).toContain('displacement-bound-holds')
  })

  it('violates the orders of growth where updates grow otherwise', () => {
    const times = (factor: number) => (m: InstanceMeasured) => ({
      updates: factor * m.updates,
      slope: factor * m.slope,
      displaced: factor * m.displaced,
      paper: factor * m.paper,
      quad: factor * m.quad,
      disp: factor * m.disp,
    })
    const steeper = changed(/alpha=0.01.*set=large|set=large.*alpha=0.01/, times(3))
    expect(those(trial.statuses(steeper), 'violated')).toEqual(['published-loose'])
    const flatter = changed(/alpha=0.3.*set=small|set=small.*alpha=0.3/, times(0.5))
    expect(those(trial.statuses(flatter), 'violated')).toEqual(['published-order'])
  })

  it('violates width-free-attained by one update more', () => {
    const more = changed(/k=3/, (m) => ({ updates: m.updates + 1 }))
    expect(those(trial.statuses(more), 'violated')).toEqual(['width-free-attained'])
  })

  it('does not apply to data that are not as built', () => {
    const off = changed(/set=/, (m) => ({ margin: 1.001 * m.margin }))
    // the displacement bound is one for all data
    expect(those(trial.statuses(off), 'inapplicable')).toEqual(
      ofInstances.filter((claim) => !/displacement-(bound-holds|forms)/.test(claim)),
    )
  })

  it('is inconclusive while rows are missing, or where a budget ended a run', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const cut = changed(/set=/, () => ({ converged: false }))
    // how two forms of a bound compare does not depend on the run
    expect(those(trial.statuses(cut), 'inconclusive')).toEqual(
      ofInstances.filter((claim) => claim !== 'displacement-forms'),
    )
  })

  it('refuses instances that are too large, and says what to change', async () => {
    await expect(
      Trial.run(id, { ...small, gamma: 0.02, smallAlphas: [0.01, 0.1] }),
    ).rejects.toThrow(/parameter gamma: .*take a larger gamma/)
  })
})
