import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { ClosedForm, Searched } from './measure.js'

const all = [
  'extra-dimension-keeps',
  'extra-neuron-minimum-proved',
  'orthonormal-ends-proved',
  'orthonormal-ends-symmetric',
  'orthonormal-minimum-proved',
  'orthonormal-missed-fraction',
  'orthonormal-published-loss',
  'split-escapes',
  'teacher-spectrum',
]
const params = { k: [7, 8], runs: 40 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/safran-shamir', params)
})

const saddle = (found: CertificateRecord): CertificateRecord => ({
  ...found,
  status: 'hessian-not-definite',
})

interface Certified {
  readonly found: CertificateRecord
}
interface Minimum extends Certified {
  readonly loss: number
  readonly split: { readonly measured: number; readonly end: string }
  readonly added: { readonly added: number }
}

describe('the conclusion on orthonormal teachers', () => {
  it('holds for seven and eight neurons', () => {
    expect(those(trial.statuses(), 'holds').toSorted()).toEqual(all)
    expect(trial.table('ends').every(({ status }) => status === 'certified')).toBe(true)
    expect(trial.table('ends').map(({ family }) => family)).toContain('II₁')
    expect(trial.table('extra').map(({ end }) => end)).toEqual(['local minimum', 'local minimum'])
  })

  it('is violated by saddles in place of minima', () => {
    const minimum = trial.changedIn<Certified>('minimum', (m) => ({ ...m, found: saddle(m.found) }))
    expect(those(trial.statuses(minimum), 'violated')).toEqual(['orthonormal-minimum-proved'])
    const extra = trial.changedIn<Certified>('extraNeuron', (m) => {
      return { ...m, found: saddle(m.found) }
    })
    expect(those(trial.statuses(extra), 'violated')).toEqual(['extra-neuron-minimum-proved'])
    const ends = trial.changedIn<Searched>('search', (m) => ({
      ...m,
      families: m.families.map((family) => ({ ...family, found: saddle(family.found) })),
    }))
    expect(those(trial.statuses(ends), 'violated')).toEqual(['orthonormal-ends-proved'])
  })

  it('is violated by other losses, fractions and spectra', () => {
    const violated = (rows: ReturnType<Trial['changedIn']>) =>
      those(trial.statuses(rows), 'violated')
    const minimum = (change: (m: Minimum) => object) =>
      violated(trial.changedIn<Minimum>('minimum', (m) => ({ ...m, ...change(m) })))
    // the certificate contradicts another loss, too
    expect(minimum(({ loss }) => ({ loss: loss + 1e-8 }))).toEqual([
      'orthonormal-minimum-proved',
      'orthonormal-published-loss',
    ])
    const split = (change: object) => minimum((m) => ({ split: { ...m.split, ...change } }))
    expect(split({ end: 'local minimum' })).toEqual(['split-escapes'])
    expect(split({ flattest: 0.01 })).toEqual(['split-escapes'])
    expect(split({ measured: -0.19 })).toEqual(['split-escapes'])
    expect(minimum((m) => ({ added: { ...m.added, added: -0.1 } }))).toEqual([
      'extra-dimension-keeps',
    ])
    expect(violated(trial.changedIn('teacher', () => ({ largest: 1e-9 })))).toEqual([
      'teacher-spectrum',
    ])
    const missed = trial.changedIn<Searched>('search', (m) => ({ ...m, missed: 30 }))
    expect(violated(missed)).toEqual(['orthonormal-missed-fraction'])
    const others = trial.changedIn<{ points: readonly ClosedForm[] }>('families', (m) => ({
      points: m.points.map((point) => ({ ...point, loss: 2 * point.loss })),
    }))
    expect(violated(others)).toEqual(['orthonormal-ends-symmetric'])
  })

  it('is inconclusive after too few steps, and without an end that misses the teacher', async () => {
    const short = await Trial.run('gaussian/safran-shamir', { ...params, runs: 3, maxSteps: 50 })
    expect(those(short.statuses(), 'inconclusive').toSorted()).toEqual([
      'extra-neuron-minimum-proved',
      'orthonormal-ends-proved',
      'orthonormal-ends-symmetric',
      'orthonormal-missed-fraction',
      'split-escapes',
    ])
    expect(those(short.statuses(), 'violated')).toEqual([])
  })

  it('does not apply to five neurons, where there is a saddle', async () => {
    const five = await Trial.run('gaussian/safran-shamir', { k: [5], runs: 5, extra: [0] })
    expect(those(five.statuses(), 'inapplicable').toSorted()).toEqual([
      'extra-dimension-keeps',
      'extra-neuron-minimum-proved',
      'orthonormal-minimum-proved',
      'orthonormal-missed-fraction',
      'orthonormal-published-loss',
      'split-escapes',
    ])
    expect(five.table('minimum').map(({ status }) => status)).toEqual(['hessian-not-definite'])
  })
})
