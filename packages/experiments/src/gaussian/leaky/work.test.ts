import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import { leakyThreshold } from '@nonconvex/gaussian-theory/leaky'
import { findExperiment } from '../../registry.js'
import type { LeakyMeasured } from './work.js'

const all = [
  'leaky-escape',
  'leaky-potential',
  'leaky-strict-saddle',
  'leaky-threshold',
  'leaky-threshold-proved',
]
const params = { k: [3], starts: 5, leaks: [0, 0.05, 0.5] }
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/leaky', params)
})

describe('the conclusion on leaky ReLU', () => {
  it('holds on both sides of the threshold, for other numbers of patches too', async () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
    const more = { ...params, k: [2, 12], leaks: [0, 0.01, 0.1, 0.3, 1] }
    const other = await Trial.run('gaussian/leaky', more)
    expect(those(other.statuses(), 'holds')).toEqual(all)
    // all starts reach the teacher, whatever the leak
    for (const { measured } of other.rows.filter(({ key }) => key !== 'threshold'))
      expect((measured as unknown as LeakyMeasured).starts.reached).toBe(params.starts)
  })

  it('names its case, and how many are outside the hypotheses', () => {
    expect(trial.verdict('leaky-strict-saddle').statement).toMatch(
      /^k = 3, \w+ 0\.05: .*; 2 of 3 cases are outside the hypotheses$/,
    )
    expect(trial.verdict('leaky-threshold').statement).toMatch(/k = 3, \w+ 0\.5: /)
  })

  // of the pairs on the side of the threshold that a claim is about, or of all
  const threshold = leakyThreshold(3)
  const point = (change: Partial<LeakyMeasured['point']>) => (m: LeakyMeasured) =>
    m.leak > 0 && m.leak < threshold ? { ...m, point: { ...m.point, ...change } } : undefined
  const ray = (change: Partial<LeakyMeasured['ray']>) => (m: LeakyMeasured) => ({
    ...m,
    ray: { ...m.ray, ...change },
  })
  const broken: [string, (m: LeakyMeasured) => LeakyMeasured | undefined][] = [
    ['leaky-strict-saddle', point({ gradientNorm: 1e-9 })],
    ['leaky-strict-saddle', point({ eigenvalues: [0, 0.4] })],
    ['leaky-threshold', ray({ flattest: -1e-3 })],
    ['leaky-potential', (m) => ({ ...m, potential: { ...m.potential, loss: 1 } })],
    ['leaky-escape', (m) => ({ ...m, escape: [40, 400, 4000, 40_000] })],
  ]
  it.each(broken)('violates %s, and nothing else, when its number is broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply on the other side of the threshold, to one patch or one weight', async () => {
    const statuses = async (change: object) =>
      (await Trial.run('gaussian/leaky', { ...params, ...change })).statuses()
    const below = ['leaky-escape', 'leaky-strict-saddle']
    expect(those(await statuses({ leaks: [0.5] }), 'inapplicable')).toEqual(below)
    const ofRuns = all.filter((claim) => !/potential|threshold-proved/.test(claim))
    expect(those(await statuses({ leaks: [0] }), 'inapplicable')).toEqual(ofRuns)
    expect(those(await statuses({ leaks: [0.05] }), 'inapplicable')).toEqual(['leaky-threshold'])
    for (const change of [{ k: [1] }, { m: 1 }])
      expect(those(await statuses(change), 'inapplicable')).toEqual(ofRuns)
  })

  it.each([
    [{ leaks: [-0.1] }, 'parameter leaks'],
    [{ leaks: [1.1] }, 'parameter leaks'],
    [{ leaks: [] }, 'parameter leaks'],
    [{ k: [0] }, 'parameter k'],
    [{ k: 4.5 }, 'parameter k'],
  ])('refuses %j', (given, message) => {
    expect(() => findExperiment('gaussian/leaky').params.parse(given)).toThrow(message)
  })

  it('is inconclusive where a run did not escape within its steps', () => {
    const rows = trial.changed<LeakyMeasured>((m) => ({ ...m, escape: [40, 400, 4000, null] }))
    expect(those(trial.statuses(rows), 'inconclusive')).toEqual(['leaky-escape'])
  })

  it('is inconclusive while its part is missing', () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(those(trial.statuses(trial.without('k=3/leak=0.5')), 'holds')).toEqual([
      'leaky-threshold-proved',
    ])
  })
})
