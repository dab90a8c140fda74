import { beforeAll, describe, expect, it } from 'vitest'
import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { those, Trial } from '../../../test/verdicts.js'
import type { Row } from '../../define/experiment.js'
import { resultDigest } from '../../engine/conclude.js'
import { runExperiment } from '../../engine/run.js'
import { findExperiment } from '../../registry.js'
import { verifyResult } from '../../verify/verify.js'
import type { AtlasMeasured } from './figures.js'
import { overlapAtlas } from './experiment.js'

const all = ['atlas-minima', 'atlas-minima-proved', 'atlas-saddles']
const params = { m: [2, 3], stride: [1], k: [3], teachers: 2, starts: 30, searches: 300 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/overlap-atlas', params)
})

/** The certificate of every minimum but the first of each teacher with a change. */
const certificates =
  (change: Partial<CertificateRecord>) =>
  (m: AtlasMeasured): AtlasMeasured => ({
    ...m,
    minima: m.minima.map((each, i) =>
      i === 0 ? each : { ...each, certificate: { ...each.certificate, ...change } },
    ),
  })

describe('the conclusion on the atlas', () => {
  it('holds on a run', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('lists every saddle with its index, an enclosure of an eigenvalue, and the adjacent minima', () => {
    const saddles = trial.table('saddles')
    const minima = trial.table('minima')
    const found = trial.rows.flatMap((row) => (row.measured as unknown as AtlasMeasured).saddles)
    expect(saddles).toHaveLength(found.length)
    expect(saddles.length).toBeGreaterThan(5)
    for (const row of saddles) {
      const [low, high] = [Number(row['leastLow']), Number(row['leastHigh'])]
      expect(high).toBeLessThan(0)
      expect(high - low).toBeLessThan(1e-9)
      const own = ['m', 'stride', 'k', 'teacher'] as const
      const same = minima.filter((minimum) => own.every((name) => minimum[name] === row[name]))
      const beside = [row['one'], row['other']].map((number) =>
        same.find((minimum) => minimum['number'] === number),
      )
      if (row['index'] !== 1) expect(beside).toEqual([undefined, undefined])
      else
        expect(Number(row['loss']) - Number(row['barrier'])).toBeCloseTo(
          Math.max(...beside.map((minimum) => Number(minimum?.['loss']))),
          14,
        )
    }
  })

  const broken: [string, (m: AtlasMeasured) => AtlasMeasured][] = [
    ['atlas-minima', certificates({ status: 'hessian-not-definite' })],
    // the discs reach over the other minima
    ['atlas-minima', certificates({ radius: 10 })],
    ['atlas-saddles', (m) => ({ ...m, saddles: m.saddles.map((s) => ({ ...s, loss: 0 })) })],
  ]
  it.each(broken)('violates %s, and nothing else, when its numbers are broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed<AtlasMeasured>(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  const open: [string, (m: AtlasMeasured) => AtlasMeasured][] = [
    ['atlas-minima', certificates({ status: 'inconclusive' })],
    // points whose minima may be ten units away may be one and the same, and may not
    ['atlas-minima', certificates({ minimumWithin: 10 })],
    ['atlas-saddles', (m) => ({ ...m, saddles: m.saddles.slice(1) })],
    ['atlas-saddles', (m) => ({ ...m, saddles: m.saddles.map((s) => ({ ...s, flattest: 0 })) })],
  ]
  it.each(open)(
    'leaves %s undecided, and nothing else, when something is missing',
    (claim, change) => {
      const statuses = trial.statuses(trial.changed<AtlasMeasured>(change))
      expect(those(statuses, 'inconclusive')).toEqual([claim])
    },
  )

  it('uses networks with overlap only, and does not apply without any', async () => {
    const mixed = await Trial.run('gaussian/overlap-atlas', { ...params, stride: [1, 3] })
    expect(mixed.rows.map(({ key }) => key)).toEqual(trial.rows.map(({ key }) => key))
    const apart = await Trial.run('gaussian/overlap-atlas', { ...params, stride: [3], searches: 5 })
    expect(those(apart.statuses(), 'inapplicable')).toEqual(all)
  })

  it('refuses a number twice in a list', () => {
    expect(() => overlapAtlas.params.parse({ m: '2,2', stride: [1, 2], k: [3, 8, 3] })).toThrow(
      'parameter m: expected each number once, got 2 more than once\nparameter k: expected each number once, got 3 more than once',
    )
  })

  it('detects a missing minimum, with its own message', async () => {
    const atlas = findExperiment('gaussian/overlap-atlas')
    const result = await runExperiment(atlas, {
      seed: 1,
      params: { ...params, m: [2], teachers: 0 },
    })
    const [row] = result.rows
    const measured = row.measured as unknown as AtlasMeasured
    const rows = [
      { ...row, measured: { ...measured, minima: measured.minima.slice(0, 1) } },
    ] as unknown as Row[]
    const draft = { ...result, rows }
    const { findings } = await verifyResult({ ...draft, digest: resultDigest(draft) })
    expect(findings).toEqual([
      expect.objectContaining({
        path: 'rows[0].measured.minima.length',
        recorded: 1,
        recomputed: 2,
      }),
      {
        path: 'verdicts',
        message:
          'gaussian/overlap-atlas concludes nothing from rows of this form; see rows[0].measured.minima.length',
      },
    ])
  })

  it('is inconclusive while teachers are missing, and says what is violated so far', () => {
    expect(those(trial.statuses(trial.rows.slice(1)), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const rows = trial.changed(certificates({ status: 'hessian-not-definite' })).slice(0, -1)
    expect(trial.verdict('atlas-minima', rows)).toMatchObject({
      status: 'inconclusive',
      statement: expect.stringMatching(/^violated so far: /) as string,
    })
  })
})
