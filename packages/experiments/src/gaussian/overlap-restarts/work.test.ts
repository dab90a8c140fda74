import { beforeAll, describe, expect, it } from 'vitest'
import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { restartsSuffice } from '@nonconvex/gaussian-theory/restarts'
import { those, Trial } from '../../../test/verdicts.js'
import { findExperiment } from '../../registry.js'
import type { TeacherMeasured } from './found.js'

type RestartsMeasured = { readonly teachers: readonly TeacherMeasured[] }

const all = [
  'few-restarts-suffice',
  'no-overlap-never-stuck',
  'overlap-descent',
  'restart-shares',
  'stuck-at-minima',
  'stuck-certified',
]
const grid = { networks: 'grid', directions: 0 }
let trial: Trial
beforeAll(async () => {
  // two networks of the table of rates, with overlap and without
  trial = await Trial.run('gaussian/overlap-restarts', {
    ...grid,
    m: [4],
    stride: [1, 4],
    k: [4],
    teachers: 8,
    starts: 40,
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
    status: 'certified',
    rigor: 'float64',
    gradientBound: 1e-10,
    message: 'a minimum',
    smallestEigenvalue: [0.1, 0.1],
    radius: 0.01,
    convexity: 0.05,
    minimumWithin: 2e-9,
    minimumValue: [0.1, 0.1],
  }
  const trapped = { w: [0, 0, 0, 1], loss: 0.1, gradientNorm: 0, count: 1, certificate }
  const certificates =
    (change: Partial<CertificateRecord>) =>
    (t: TeacherMeasured): TeacherMeasured => ({
      ...t,
      clusters: t.clusters.map((c) => ({ ...c, certificate: { ...c.certificate, ...change } })),
    })
  const broken: [string, string, (t: TeacherMeasured) => TeacherMeasured][] = [
    [
      'no-overlap-never-stuck',
      's=4',
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
      expect(those(found, 'violated')).toEqual([claim])
      expect(those(found, 'holds')).toEqual(all.filter((other) => other !== claim))
    },
  )

  /** So large a rate of each teacher's starts arrives. */
  const successful =
    (rate: number) =>
    (t: TeacherMeasured): TeacherMeasured => {
      const starts = t.steps.length
      const global = Math.round(rate * starts)
      const more = { reached: Math.round(rate * 120), starts: 120 }
      return { ...t, counts: { ...t.counts, global, stuck: starts - global }, more }
    }
  const rates = (rate: number, of: string): ReturnType<Trial['statuses']> =>
    trial.statuses(
      trial.changed<RestartsMeasured>((m, key) =>
        key.includes(of) ? each(successful(rate))(m) : undefined,
      ),
    )

  it('violates few-restarts-suffice at a success rate of 1/20, and is inconclusive at 1/5', () => {
    // 1 − 0.95^20 = 0.64 is not 99 %; the rates are not those of the table, then
    expect(those(rates(0.05, 's=1'), 'violated')).toEqual([
      'few-restarts-suffice',
      'restart-shares',
    ])
    expect(rates(0.2, 's=1')['few-restarts-suffice']).toBe('inconclusive')
    expect(rates(0.05, 's=1,k=4/alternating')['few-restarts-suffice']).toBe('violated')
  })

  it('violates few-restarts-suffice by a single teacher without solution', () => {
    const rows = trial.changed<RestartsMeasured>((m, key) =>
      key.includes('s=1,k=4/teachers=0')
        ? { teachers: m.teachers.map((t, i) => (i === 3 ? successful(0)(t) : t)) }
        : undefined,
    )
    expect(trial.verdict('few-restarts-suffice', rows)).toMatchObject({
      status: 'violated',
      witness: [{ name: 'random teacher 3 of m = 4, stride 1, k = 4', reached: 0, starts: 160 }],
    })
  })

  it('adds runs where the first do not decide', async () => {
    const shape = { m: [2], stride: [1], k: [20] }
    const run = { ...grid, ...shape, teachers: 1, starts: 10, directions: 6 }
    const few = await Trial.run('gaussian/overlap-restarts', run)
    const numbers = new Set<number>()
    few.changed<RestartsMeasured>(({ teachers }) => {
      for (const { counts, steps, more } of teachers) {
        const first = { reached: counts.global, starts: steps.length }
        expect(more.starts > 0).toBe(restartsSuffice(first, 8) === undefined)
        numbers.add(more.starts)
      }
      return undefined
    })
    expect(numbers.size).toBeGreaterThan(2)
    expect(few.statuses()['few-restarts-suffice']).toBe('holds')
  })

  it('violates restart-shares, and nothing else, by the teachers or by the runs of one of them', () => {
    for (const [rate, of] of [
      [0.5, 's=1,k=4/teachers'],
      [1, 's=1,k=4/alternating'],
    ] as const) {
      const statuses = rates(rate, of)
      expect(those(statuses, 'violated'), of).toEqual(['restart-shares'])
      expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== 'restart-shares'))
    }
  })

  it('compares no rates of networks without a reference, or of another step size', async () => {
    for (const change of [{ k: [3] }, { step: 0.9 }, { maxSteps: 19_000 }]) {
      const other = await Trial.run('gaussian/overlap-restarts', {
        ...grid,
        m: [4],
        stride: [2, 4],
        k: [4],
        teachers: 2,
        starts: 4,
        ...change,
      })
      expect(other.statuses()['restart-shares']).toBe('inapplicable')
    }
  })

  it('does not apply descent to larger step sizes', async () => {
    const long = await Trial.run('gaussian/overlap-restarts', {
      ...grid,
      m: [2],
      stride: [1],
      k: [3],
      teachers: 2,
      starts: 10,
      step: 1.5,
    })
    expect(long.statuses()['overlap-descent']).toBe('inapplicable')
    // still descent, and to the same minima
    expect(long.statuses()['stuck-certified']).toBe('holds')
  })

  it('finds the directions with failures', async () => {
    const plane = await Trial.run('gaussian/overlap-restarts', {
      networks: 'grid',
      m: [2],
      stride: [1],
      k: [2, 20],
      teachers: 1,
      starts: 20,
      directions: 36,
    })
    const table = plane.table('directions')
    const columns = ['k', 'directions', 'from', 'to']
    expect(table.map((row) => columns.map((name) => row[name]))).toEqual([
      [2, '5 of 36', 125, 145],
      [20, '27 of 36', 70, 200],
    ])
  })

  it('runs the networks of the reference table: those with m·k ≤ 64, or all', () => {
    const networks = (of: string): number => {
      const cells = findExperiment('gaussian/overlap-restarts').cells(
        findExperiment('gaussian/overlap-restarts').params.parse({ networks: of }),
      )
      return new Set(cells.map(({ key }) => key.slice(0, key.indexOf('/')))).size
    }
    expect([networks('short'), networks('table')]).toEqual([14, 18])
  })

  it('counts what is not certified, and is inconclusive then', () => {
    for (const change of [
      { status: 'inconclusive' },
      { status: 'gradient-too-large' },
      { minimumValue: [-1e-15, 1e-15] },
    ] as const) {
      const rows = trial.changed<RestartsMeasured>(each(certificates(change)))
      expect(those(trial.statuses(rows), 'inconclusive')).toEqual(['stuck-certified'])
    }
  })

  it('does not apply what is about overlap to networks without, and vice versa', async () => {
    const apart = await Trial.run('gaussian/overlap-restarts', {
      ...grid,
      m: [3],
      stride: [3],
      k: [2],
      teachers: 2,
      starts: 5,
    })
    expect(those(apart.statuses(), 'inapplicable')).toEqual([
      'few-restarts-suffice',
      'restart-shares',
      'stuck-at-minima',
      'stuck-certified',
    ])
    const dense = await Trial.run('gaussian/overlap-restarts', {
      ...grid,
      m: [2],
      stride: [1],
      k: [3],
      teachers: 5,
      starts: 20,
    })
    expect(those(dense.statuses(), 'inapplicable')).toEqual([
      'no-overlap-never-stuck',
      'restart-shares',
    ])
    const single = await Trial.run('gaussian/overlap-restarts', {
      ...grid,
      m: [1],
      stride: [1],
      k: [3],
      teachers: 2,
      starts: 5,
    })
    expect(single.statuses()['no-overlap-never-stuck']).toBe('inapplicable')
  })

  it('is inconclusive while teachers are missing, and says what is violated so far', () => {
    expect(those(trial.statuses(trial.rows.slice(1)), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const off = trial.changed<RestartsMeasured>(each((t) => ({ ...t, breaches: 1 }))).slice(1)
    expect(trial.verdict('overlap-descent', off)).toMatchObject({
      status: 'inconclusive',
      statement: expect.stringMatching(/^violated so far: /) as string,
    })
  })
})
