import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { CertificateRecord } from '@nonconvex/gaussian-theory'
import type {
  CertificatesMeasured,
  FormulasMeasured,
  MinimumMeasured,
  PointMeasured,
  TrapMeasured,
} from './measure.js'

const all = [
  'overlap-hessian-lipschitz',
  'overlap-lags',
  'overlap-minimum',
  'overlap-minimum-certified',
  'overlap-minimum-proved',
  'overlap-trap',
  'reflected-teacher',
]
const params = { k: 3, grid: 5, points: 20, starts: 50 }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/overlap-minimum', params)
})

describe('the conclusion on the local minimum', () => {
  it('holds for a few windows and for many', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    for (const k of [2, 20]) {
      const other = await Trial.run('gaussian/overlap-minimum', { ...params, k })
      expect(those(other.statuses(), 'holds')).toEqual(all)
    }
  })

  const point = (change: Partial<PointMeasured>) => (m: MinimumMeasured) =>
    't0' in m ? { ...m, ...change } : undefined
  const formulas = (change: Partial<FormulasMeasured>) => (m: MinimumMeasured) =>
    'lagOff' in m ? { ...m, ...change } : undefined
  const certificates =
    (which: keyof CertificatesMeasured, change: Partial<CertificateRecord>) =>
    (m: MinimumMeasured) => {
      const found = 'proof' in m ? m[which] : null
      return found
        ? { ...(m as CertificatesMeasured), [which]: { ...found, ...change } }
        : undefined
    }
  const trap = (change: Partial<TrapMeasured>) => (m: MinimumMeasured) =>
    'trapped' in m ? { ...m, ...change } : undefined
  const broken: [string, (m: MinimumMeasured) => MinimumMeasured | undefined][] = [
    ['overlap-minimum', point({ gradientNorm: 1e-6 })],
    ['overlap-minimum', point({ eigenvalues: [-0.1, 0.4] })],
    ['overlap-minimum', point({ loss: 0 })],
    ['overlap-minimum-certified', certificates('float64', { status: 'hessian-not-definite' })],
    ['overlap-minimum-proved', certificates('proof', { status: 'hessian-not-definite' })],
    ['overlap-trap', trap({ trapped: 49 })],
    ['overlap-trap', trap({ flattest: 0.1 })],
    ['reflected-teacher', formulas({ reflected: 0.3 })],
    ['overlap-lags', formulas({ lagOff: 1e-12 })],
    ['overlap-hessian-lipschitz', formulas({ lipschitz: 1.01 })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('undecides what a certificate refuses otherwise, or where the loss may be 0', () => {
    for (const change of [
      { status: 'gradient-too-large' },
      { status: 'inconclusive' },
      { minimumValue: [-1e-15, 1e-15] },
    ] as const) {
      const statuses = trial.statuses(trial.changed(certificates('proof', change)))
      expect(those(statuses, 'inconclusive')).toEqual(['overlap-minimum-proved'])
    }
  })

  it('does not apply to one window, nor to windows that do not overlap', async () => {
    for (const change of [{ k: 1 }, { stride: 2 }]) {
      const other = await Trial.run('gaussian/overlap-minimum', { ...params, ...change })
      expect(those(other.statuses(), 'inapplicable')).toEqual([
        'overlap-minimum',
        'overlap-minimum-certified',
        'overlap-minimum-proved',
        'overlap-trap',
      ])
      expect(those(other.statuses(), 'violated')).toEqual([])
    }
  })

  it('is inconclusive while its part is missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('trap')), 'inconclusive')).toEqual(['overlap-trap'])
    expect(those(trial.statuses(trial.without('certificates')), 'inconclusive')).toEqual([
      'overlap-minimum-certified',
      'overlap-minimum-proved',
    ])
  })
})
