import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { M3nCheck } from '@nonconvex/structured/learning'
import type { FitMeasured } from './work.js'

const all = [
  'crf-certificate',
  'crf-certificate-attained',
  'crf-is-optimal',
  'm3n-certificate',
  'm3n-certificate-attained',
  'm3n-gap',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/training-certificates', {
    lambdas: [0.1],
    sequences: 8,
    passes: 80,
  })
})

describe('the conclusion on training', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('is violated where a certificate is below the gap, or not an identity', () => {
    const broken: [string, (m: FitMeasured) => FitMeasured][] = [
      ['crf-certificate', (m) => ({ ...m, crf: m.crf.map((one) => ({ ...one, certificate: 0 })) })],
      [
        'crf-certificate-attained',
        (m) => ({ ...m, far: { ...m.far, certificate: 2 * m.far.certificate } }),
      ],
      ['m3n-certificate-attained', (m) => ({ ...m, pairwise: { ...m.pairwise, dual: 0 } })],
      ['crf-is-optimal', (m) => ({ ...m, certificate: 1 })],
      ['m3n-certificate', (m) => ({ ...m, checks: m.checks.map((one) => ({ ...one, gap: 0 })) })],
    ]
    for (const [claim, how] of broken)
      expect(those(trial.statuses(trial.changedIn('fit', how)), 'violated')).toContain(claim)
  })

  it('has a duality gap that is red as soon as it is false', () => {
    const { checks, pairwise, enumerated } = trial.rows[0].measured as unknown as FitMeasured
    expect(pairwise.primal - pairwise.dual).toBeLessThan(1e-6)
    const last = checks[checks.length - 1]
    expect(Math.abs(enumerated - last.primal)).toBeLessThan(1e-12)
    const red = (how: (check: M3nCheck) => M3nCheck): boolean =>
      those(
        trial.statuses(
          trial.changedIn<FitMeasured>('fit', (m) => ({
            ...m,
            checks: [...m.checks.slice(0, -1), how(last)],
          })),
        ),
        'violated',
      ).includes('m3n-gap')
    const slack = pairwise.primal - last.dual
    // a dual value below P* is not false
    const raised = (by: number) => (c: M3nCheck) => ({
      ...c,
      dual: c.dual + by,
      gap: c.gap - by,
      averaged: c.averaged,
    })
    expect(red(raised(0.999 * slack))).toBe(false)
    expect(red(raised(slack + 1e-7))).toBe(true)
    for (const by of [1e-7, -1e-7]) {
      expect(red((c) => ({ ...c, gap: c.gap + by }))).toBe(true)
      expect(red((c) => ({ ...c, primal: c.primal + by, gap: c.gap + by }))).toBe(true)
    }
    expect(
      red((c) => ({ ...c, dual: checks[0].dual - 1e-7, gap: c.primal - checks[0].dual + 1e-7 })),
    ).toBe(true)
  })
})
