import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type { PointMeasured } from './measure.js'

const all = [
  'gradient-closed-form',
  'hessian-eigenvalues',
  'loss-closed-form',
  'slide-form',
  'top-curvature',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/no-overlap', { samples: 10_000, points: 4 })
})

describe('the conclusion on closed forms', () => {
  it('holds for the network that the formulas are about, at k = 1 and m = 1 too', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const one = await Trial.run('gaussian/no-overlap', { k: 1, m: 1, samples: 10_000, points: 2 })
    expect(those(one.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: PointMeasured) => PointMeasured][] = [
    [
      'loss-closed-form',
      // the constant γ‖w*‖²/k² left out, as on the slide, is more than samples allow; so is 10 %
      (m) => ({ ...m, loss: 1.1 * m.loss + 0.1 }),
    ],
    ['gradient-closed-form', (m) => ({ ...m, gradient: m.gradient.map((g) => g + 0.2) })],
    ['slide-form', (m) => ({ ...m, slideOff: 2e-13 })],
    ['hessian-eigenvalues', (m) => ({ ...m, eigenvaluesOff: 2e-12 })],
    ['top-curvature', (m) => ({ ...m, top: m.top * (1 + 1e-9) })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to a hundred samples, whose means are not normal', async () => {
    const few = await Trial.run('gaussian/no-overlap', { k: 1, samples: 100, points: 2 })
    expect(those(few.statuses(), 'inapplicable')).toEqual([
      'gradient-closed-form',
      'loss-closed-form',
    ])
  })

  it('counts no overlap for a single patch', async () => {
    const single = await Trial.run('gaussian/no-overlap', {
      k: 1,
      overlap: 2,
      samples: 10_000,
      points: 2,
    })
    expect(those(single.statuses(), 'holds')).toEqual(all)
  })

  it('violates the largest curvature when rows of one k are judged with the constant of another', () => {
    expect(those(trial.statuses(trial.rows, { k: 5 }), 'violated')).toEqual(['top-curvature'])
  })

  it('does not apply to overlapping patches, whose samples disagree', async () => {
    const overlapping = await Trial.run('gaussian/no-overlap', {
      overlap: 3,
      samples: 20_000,
      points: 2,
    })
    const statuses = overlapping.statuses()
    expect(those(statuses, 'inapplicable')).toEqual(['gradient-closed-form', 'loss-closed-form'])
    expect(those(statuses, 'holds')).toEqual(all.slice(1).filter((c) => c !== 'loss-closed-form'))
    // judged as if they did not overlap, the closed form is wrong
    expect(those(overlapping.statuses(overlapping.rows, { overlap: 0 }), 'violated')).toContain(
      'gradient-closed-form',
    )
  })

  it('is inconclusive while points are missing, with what is violated so far', () => {
    expect(those(trial.statuses(trial.rows.slice(1)), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    const off = trial.changed<PointMeasured>((m) => ({ ...m, slideOff: 1 })).slice(1)
    expect(trial.statuses(off)['slide-form']).toBe('inconclusive')
    expect(trial.verdict('slide-form', off).statement).toMatch(/^violated so far: /)
  })
})
