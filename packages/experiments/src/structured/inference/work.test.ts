import { beforeAll, describe, expect, it } from 'vitest'
import { those, Trial } from '../../../test/verdicts.js'
import type {
  ForestsMeasured,
  GraphMeasured,
  GraphsMeasured,
  K4Measured,
  TriangleMeasured,
} from './work.js'

const all = [
  'agreement-proves-map',
  'bp-converges',
  'bp-oscillates',
  'converged-is-not-correct',
  'exact-inference-agrees',
  'log-partition-sandwich',
  'mean-field-ascends',
  'partition-bounds-attained',
]
let trial: Trial
beforeAll(async () => {
  trial = await Trial.run('structured/inference', { models: 20, nodes: 4 })
})

const inGraphs = (change: Partial<GraphMeasured>) =>
  trial.changedIn<GraphsMeasured>('graphs', ({ graphs }) => ({
    graphs: graphs.map((one) => ({ ...one, ...change })),
  }))

describe('the conclusion on inference', () => {
  it('holds', () => {
    expect(those(trial.statuses(), 'holds')).toEqual(all)
  })

  it('is violated where a number is broken, and nothing else', () => {
    const broken: [string, ReturnType<typeof inGraphs>][] = [
      ['log-partition-sandwich', inGraphs({ elbo: 1e3 })],
      ['log-partition-sandwich', inGraphs({ upper: -1e3 })],
      [
        'partition-bounds-attained',
        trial.changedIn<ForestsMeasured>('forests', (m) => ({ ...m, tree: 1e-6 })),
      ],
      ['mean-field-ascends', inGraphs({ decrease: 1e-9 })],
      ['agreement-proves-map', inGraphs({ certified: true, difference: 1e-6 })],
      ['agreement-proves-map', inGraphs({ slack: -1e-6 })],
      ['bp-converges', inGraphs({ spectralRadius: 0.5, residual: 1e-3 })],
      [
        'exact-inference-agrees',
        trial.changedIn<ForestsMeasured>('forests', (m) => ({ ...m, marginal: 1e-6 })),
      ],
      ['bp-oscillates', trial.changedIn<K4Measured>('k4', (m) => ({ ...m, status: 'converged' }))],
      [
        'converged-is-not-correct',
        trial.changedIn<TriangleMeasured>('triangle', (m) => ({ ...m, error: 0 })),
      ],
    ]
    for (const [claim, rows] of broken)
      expect(those(trial.statuses(rows), 'violated')).toEqual([claim])
  })

  it('does not apply where ρ is at least 1', () => {
    const statuses = trial.statuses(inGraphs({ spectralRadius: 1.5 }))
    expect(those(statuses, 'inapplicable')).toEqual(['bp-converges'])
  })
})
