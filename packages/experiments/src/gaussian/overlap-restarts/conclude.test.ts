import { beforeAll, describe, expect, it } from 'vitest'
import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { those, Trial } from '../../../test/verdicts.js'
import type { RestartsMeasured, TeacherMeasured } from './measure.js'

const all = [
  'few-restarts-suffice',
  'no-overlap-never-stuck',
  'overlap-descent',
  'stuck-at-minima',
  'stuck-certified',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/overlap-restarts', {
    m: [3],
    stride: [1, 3],
    k: [4],
    teachers: 6,
    starts: 20,
  })
})

const each =
  (change: (t: TeacherMeasured) => TeacherMeasured) =>
  ({ teachers }: RestartsMeasured): RestartsMeasured => ({ teachers: teachers.map(change) })

describe('the conclusion on restarts', () => {
  it('holds on a run', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const certificate: CertificateRecord = {
    ...{ status: 'certified', rigor: 'float64', gradientBound: 1e-10, message: 'a minimum' },
    ...{ smallestEigenvalue: [0.1, 0.1], radius: 0.01, convexity: 0.05 },
    ...{ minimumWithin: 2e-9, minimumValue: [0.1, 0.1] },
  }
  const trapped = { w: [0, 0, 1], loss: 0.1, gradientNorm: 0, count: 1, certificate }
  const certificates =
    (change: Partial<CertificateRecord>) =>
    (t: TeacherMeasured): TeacherMeasured => ({
      ...t,
      clusters: t.clusters.map((c) => ({ ...c, certificate: { ...c.certificate, ...change } })),
    })
  const broken: [string, string, (t: TeacherMeasured) => TeacherMeasured][] = [
    [
      'few-restarts-suffice',
      's=1',
      (t) => ({ ...t, counts: { ...t.counts, global: 0, stuck: t.steps.length } }),
    ],
    [
      'no-overlap-never-stuck',
      's=3',
      (t) => ({ ...t, clusters: [{ ...trapped, smallestEigenvalue: 0.1 }] }),
    ],
    [
      'stuck-at-minima',
      's=1',
      (t) => ({ ...t, clusters: t.clusters.map((c) => ({ ...c, smallestEigenvalue: -0.1 })) }),
    ],
    ['stuck-certified', 's=1', certificates({ status: 'hessian-not-definite' })],
    ['overlap-descent', 's=1', (t) => ({ ...t, breaches: 1 })],
  ]
  it.each(broken)(
    'violates %s, and nothing else, when its numbers are broken',
    (claim, of, change) => {
      const rows = trial.changed<RestartsMeasured>((m, key) =>
        key.includes(of) ? each(change)(m) : undefined,
      )
      const found = trial.statuses(rows)
      if (claim === 'few-restarts-suffice') expect(found[claim]).not.toBe('holds')
      else expect(those(found, 'violated')).toEqual([claim])
      expect(those(found, 'holds')).toEqual(all.filter((other) => other !== claim))
    },
  )

  it('counts what is not certified, and leaves the claim undecided then', () => {
    for (const change of [
      { status: 'inconclusive' },
      { status: 'gradient-too-large' },
      { minimumValue: [-1e-15, 1e-15] },
    ] as const) {
      const rows = trial.changed<RestartsMeasured>(each(certificates(change)))
      expect(those(trial.statuses(rows), 'inconclusive')).toEqual(['stuck-certified'])
    }
  })

  it('does not apply what is about overlap to networks without, and the other way round', async () => {
    const apart = await Trial.run('gaussian/overlap-restarts', {
      ...{ m: [3], stride: [3], k: [2], teachers: 2, starts: 5 },
    })
    expect(those(apart.statuses(), 'inapplicable')).toEqual([
      'few-restarts-suffice',
      'stuck-at-minima',
      'stuck-certified',
    ])
    const dense = await Trial.run('gaussian/overlap-restarts', {
      ...{ m: [2], stride: [1], k: [3], teachers: 5, starts: 20 },
    })
    expect(those(dense.statuses(), 'inapplicable')).toEqual(['no-overlap-never-stuck'])
    const single = await Trial.run('gaussian/overlap-restarts', {
      ...{ m: [1], stride: [1], k: [3], teachers: 2, starts: 5 },
    })
    expect(single.statuses()['no-overlap-never-stuck']).toBe('inapplicable')
  })

  it('is inconclusive while teachers are missing, but a violation stands', () => {
    expect(those(trial.statuses(trial.rows.slice(1)), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const off = trial.changed<RestartsMeasured>(each((t) => ({ ...t, breaches: 1 }))).slice(1)
    expect(trial.statuses(off)['overlap-descent']).toBe('violated')
  })
})
