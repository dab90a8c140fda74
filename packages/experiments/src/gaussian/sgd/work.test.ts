import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import { findExperiment } from '../../registry.js'
import type { FixedMeasured } from './fixed-sample.js'
import type { SampleComparison } from '@nonconvex/gaussian-theory'
import { etaOf, type Params } from './experiment.js'
import type { RunMeasured } from './figures.js'

interface RunsMeasured {
  readonly runs: readonly RunMeasured[]
}
type Measured =
  | RunsMeasured
  | SampleComparison
  | { readonly gaps: readonly number[] }
  | FixedMeasured

const all = ['empirical-landscape', 'sgd-constant-step', 'sgd-unbiased']
const params = {
  k: 2,
  m: 3,
  seeds: 40,
  batch: [8, 16],
  samples: 10_000,
  maxSteps: 3000,
  fixed: [4, 60],
  fixedSeeds: 10,
}
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('gaussian/sgd', params)
})

describe('the conclusion on SGD', () => {
  it('holds at the default learning rate', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  const broken: [string, (m: Measured) => Measured | undefined][] = [
    [
      'sgd-unbiased',
      (m) => ('exact' in m ? { ...m, exact: m.exact.map((x) => x + 1) } : undefined),
    ],
    [
      'sgd-constant-step',
      (m) =>
        'runs' in m ? { runs: m.runs.map((run) => ({ ...run, arrived: false })) } : undefined,
    ],
    ['empirical-landscape', (m) => ('gaps' in m ? { gaps: m.gaps.map(() => 0.1) } : undefined)],
  ]
  it.each(broken)('violates %s, and nothing else, when its numbers are broken', (claim, change) => {
    const statuses = trial.statuses(trial.changed(change))
    expect(those(statuses, 'violated')).toEqual([claim])
    expect(those(statuses, 'holds')).toEqual(all.filter((other) => other !== claim))
  })

  it('does not apply to one weight, nor to larger learning rates', async () => {
    const single = await Trial.run('gaussian/sgd', { ...params, m: 1, maxSteps: 200 })
    expect(those(single.statuses(), 'inapplicable')).toEqual(['sgd-constant-step'])
    expect(trial.statuses(trial.rows, { etaB: [1, 5] })['sgd-constant-step']).toBe('inapplicable')
  })

  it('is inconclusive while rows are missing, and with few runs', async () => {
    expect(those(trial.statuses([]), 'inconclusive')).toEqual(all)
    expect(trial.statuses(trial.without('gap=100'))['empirical-landscape']).toBe('inconclusive')
    const few = await Trial.part('gaussian/sgd', 'runs', { ...params, seeds: 5 })
    expect(few.statuses()['sgd-constant-step']).toBe('inconclusive')
  })

  it('survives learning rates that are far too large', async () => {
    const far = { ...params, etaB: [20], seeds: 3, maxSteps: 50 }
    const wild = await Trial.part('gaussian/sgd', 'runs', far)
    expect(wild.statuses()['sgd-constant-step']).toBe('inapplicable')
  })

  it('needs one learning rate, or one for each batch size', () => {
    const { params: schema } = findExperiment('gaussian/sgd')
    expect(() => schema.parse({ batch: [8, 16], etaB: [1, 1, 1] })).toThrow(
      /^parameter etaB: expected .* for each of 2 batch sizes, got 3$/,
    )
    const each = schema.parse({ batch: [8, 16], etaB: [1, 0.5] }) as unknown as Params
    expect([8, 16].map((size) => etaOf(each, size))).toEqual([1, 0.5])
    expect(etaOf(schema.parse({ etaB: [2] }) as unknown as Params, 32)).toBe(2)
  })

  it.each([
    [{ samples: 0 }, 'parameter samples'],
    [{ fixed: [0] }, 'parameter fixed'],
    [{ batch: [0] }, 'parameter batch'],
    [{ etaB: [0] }, 'parameter etaB'],
    [{ fixed: [] }, 'parameter fixed'],
  ])('refuses %j', (given, message) => {
    expect(() => findExperiment('gaussian/sgd').params.parse(given)).toThrow(message)
  })

  it('draws batches afresh, so that one may be larger than the sample of the gradient', async () => {
    const large = { batch: [1024], samples: 100, seeds: 2, fixed: [1], fixedSeeds: 2 }
    const run = await Trial.part('gaussian/sgd', 'runs', { ...params, ...large })
    const rows = run.rows.filter(({ key }) => key.startsWith('batch=1024/'))
    expect(rows.flatMap(({ measured }) => (measured as unknown as RunsMeasured).runs)).toHaveLength(
      2,
    )
  })

  it('classifies where descent on a fixed sample ends', () => {
    const ends = (n: number) =>
      trial.rows
        .filter(({ key }) => key.startsWith(`fixed=${n}/`))
        .flatMap(({ measured }) => (measured as unknown as FixedMeasured).ends)
    for (const n of [4, 60]) expect(ends(n)).toHaveLength(10)
    for (const { outcome, distance, loss } of [...ends(4), ...ends(60)]) {
      expect(outcome === 'teacher').toBe(distance < 1e-4)
      if (outcome === 'other-fit') expect(loss).toBeLessThan(1e-12)
      if (outcome === 'flat' || outcome === 'kink') expect(loss).toBeGreaterThan(1e-12)
    }
    // four examples of a filter of three leave some runs elsewhere; sixty leave none
    expect(ends(4).some(({ outcome }) => outcome !== 'teacher')).toBe(true)
    expect(ends(60).every(({ outcome }) => outcome === 'teacher')).toBe(true)
  })
})
