import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import { overlapMinimum } from './experiment.js'

const all = [
  'opposite-critical',
  'overlap-hessian-lipschitz',
  'overlap-lags',
  'overlap-minimum',
  'overlap-minimum-certified',
  'overlap-minimum-every-k',
  'overlap-minimum-proved',
  'overlap-minimum-three-weights',
  'overlap-smoothness',
  'overlap-trap',
  'reflected-teacher',
]
const params = { k: [3], grid: 5, points: 20, starts: 50 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/overlap-minimum', params)
})

describe('the conclusion on the local minimum', () => {
  it('holds for few patches, for many, and for lists of numbers', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const other = await Trial.run('gaussian/overlap-minimum', { ...params, k: [2, 20] })
    expect(those(other.statuses(), 'holds')).toEqual(all)
    expect(other.verdict('overlap-minimum').statement).toContain('k = 20')
    expect(other.table('minimum').map(({ k, kind }) => [k, kind])).toEqual([
      [2, 'minimum'],
      [20, 'minimum'],
    ])
  })

  it('gives the loss in one unit, also where the teacher is no unit vector', async () => {
    const custom = { ...params, teacher: 'custom', custom: [-30, 30] }
    for (const one of [trial, await Trial.run('gaussian/overlap-minimum', custom)]) {
      const said = ['overlap-minimum', 'overlap-minimum-certified'].map((claim) =>
        Number(
          /loss ℓ (?:=|at the minimum at least) ([\d.]+)/.exec(one.verdict(claim).statement)?.[1],
        ),
      )
      const R2 = one === trial ? 2 : 1800
      const fraction = Number(one.table('minimum')[0]['loss'])
      for (const loss of said) expect(Math.abs(loss / R2 / fraction - 1)).toBeLessThan(1e-3)
    }
  })

  it('takes the weakest verdict over all numbers of patches, without one patch', async () => {
    const several = await Trial.run('gaussian/overlap-minimum', { ...params, k: [1, 2, 3] })
    expect(those(several.statuses(), 'holds')).toEqual(all)
    const rows = several.changed<object>((m, key) =>
      key === 'k=2/trap' ? { ...m, trapped: 49 } : undefined,
    )
    expect(those(several.statuses(rows), 'violated')).toEqual(['overlap-trap'])
  })

  it('classifies the point opposite to other teachers, and claims no minimum there', async () => {
    const kinds: [string, [number, string][]][] = [
      [
        '(1,1)',
        [
          [2, 'saddle'],
          [10, 'saddle'],
        ],
      ],
      [
        '(-1,0,1)',
        [
          [5, 'saddle'],
          [10, 'minimum'],
        ],
      ],
    ]
    for (const [teacher, expected] of kinds) {
      const k = expected.map(([n]) => n)
      const other = await Trial.run('gaussian/overlap-minimum', { ...params, teacher, k })
      expect(other.table('minimum').map((row) => [row['k'], row['kind']])).toEqual(expected)
      expect(those(other.statuses(), 'inapplicable')).toEqual([
        'overlap-minimum',
        'overlap-minimum-certified',
        'overlap-minimum-every-k',
        'overlap-minimum-proved',
        'overlap-trap',
      ])
      expect(other.statuses()['opposite-critical']).toBe('holds')
      expect(those(other.statuses(), 'violated')).toEqual([])
    }
  })

  it('refuses a list without the custom teacher', async () => {
    const run = Trial.run('gaussian/overlap-minimum', { ...params, custom: [1, 2] })
    await expect(run).rejects.toThrow(
      /^parameter custom: expected teacher=custom .*got teacher=\(-1,1\)/,
    )
    // as a result records it
    const whole = { ...params, teacher: '(1,1)', custom: [-1, 0.5] }
    expect(overlapMinimum.params.parse(whole)).toMatchObject(whole)
  })

  it('takes a custom teacher: one like (−1, 1) as that, and no other', async () => {
    const custom = (list: number[]): Promise<Trial> =>
      Trial.run('gaussian/overlap-minimum', { ...params, teacher: 'custom', custom: list })
    const same = await custom([-3, 3])
    expect(those(same.statuses(), 'holds')).toEqual(all)
    expect(same.table('minimum')[0]?.['loss']).toBeCloseTo(
      trial.table('minimum')[0]?.['loss'] as number,
      14,
    )
    const other = await custom([-1, 0.5, 2, 1])
    expect(those(other.statuses(), 'inapplicable')).toContain('opposite-critical')
    expect(other.table('minimum')[0]?.['kind']).toBe('no critical point')
    await expect(custom([0, 0])).rejects.toThrow('expected a teacher that is not zero')
  })

  type Rows = (of: Trial) => ReturnType<Trial['changedIn']>
  const changed =
    (part: string, change: object): Rows =>
    (of) =>
      of.changedIn<object>(part, (m) => ({ ...m, ...change }))
  const certificates =
    (which: 'float64' | 'proof', change: Partial<CertificateRecord>): Rows =>
    (of) =>
      of.changedIn<{ [rigor in typeof which]: CertificateRecord }>('certificates', (m) => ({
        ...m,
        [which]: { ...m[which], ...change },
      }))
  /** the certificate for k = 50 with another status */
  const everyK =
    (status: CertificateRecord['status']): Rows =>
    (of) =>
      of.changedIn<readonly { readonly k: number; readonly found: CertificateRecord }[]>(
        'everyK',
        (m) => m.map((one) => (one.k === 50 ? { ...one, found: { ...one.found, status } } : one)),
      )
  const broken: [string, Rows][] = [
    ['overlap-minimum', changed('point', { eigenvalues: [-0.1, 0.4] })],
    ['overlap-minimum', changed('point', { loss: 0 })],
    ['overlap-minimum-certified', certificates('float64', { status: 'hessian-not-definite' })],
    ['overlap-minimum-proved', certificates('proof', { status: 'hessian-not-definite' })],
    ['overlap-minimum-every-k', everyK('hessian-not-definite')],
    ['overlap-trap', changed('trap', { trapped: 49 })],
    ['overlap-trap', changed('trap', { flattest: 0.1 })],
    ['reflected-teacher', changed('formulas', { reflected: 0.3 })],
    ['overlap-lags', changed('formulas', { lagOff: 1e-12 })],
    ['overlap-hessian-lipschitz', changed('formulas', { lipschitz: 1.01 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(change(trial))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('violates both claims on the point when there is a slope', () => {
    const slope = (gradientNorm: number): string[] =>
      those(trial.statuses(changed('point', { gradientNorm })(trial)), 'violated')
    expect(slope(1e-12)).toEqual(['opposite-critical'])
    expect(slope(1e-6)).toEqual(['opposite-critical', 'overlap-minimum'])
  })

  it('is inconclusive where a certificate fails otherwise, or the loss may be 0', () => {
    for (const change of [
      { status: 'gradient-too-large' },
      { status: 'inconclusive' },
      { minimumValue: [-1e-15, 1e-15] },
    ] as const) {
      const statuses = trial.statuses(certificates('proof', change)(trial))
      expect(those(statuses, 'inconclusive')).toEqual(['overlap-minimum-proved'])
    }
    const open = trial.statuses(everyK('inconclusive')(trial))
    expect(those(open, 'inconclusive')).toEqual(['overlap-minimum-every-k'])
  })

  it('does not apply to one patch, nor to patches that do not overlap', async () => {
    for (const change of [{ k: [1] }, { stride: 2 }]) {
      const other = await Trial.run('gaussian/overlap-minimum', { ...params, ...change })
      expect(those(other.statuses(), 'inapplicable')).toEqual([
        'opposite-critical',
        'overlap-minimum',
        'overlap-minimum-certified',
        // proved for every k, whichever k the run has
        ...('stride' in change ? ['overlap-minimum-every-k'] : []),
        'overlap-minimum-proved',
        'overlap-trap',
      ])
      expect(those(other.statuses(), 'violated')).toEqual([])
    }
  })

  it('is inconclusive while its part is missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('k=3/trap')), 'inconclusive')).toEqual([
      'overlap-trap',
    ])
    expect(those(trial.statuses(trial.without('k=3/certificates')), 'inconclusive')).toEqual([
      'overlap-minimum-certified',
      'overlap-minimum-proved',
    ])
  })
})
